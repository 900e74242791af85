/** What a command's own rules get to see, and what they answer. */
import type { ReturnCase } from '../model/case';
import type { CommandEnvelope, CommandOf, CommandType } from '../model/commands';
import type { DossierFacts } from '../model/dossier-facts';
import type { CaseEvent } from '../model/events';
import type { UnderWay } from '../facts/engagements';
import type { FindCredential } from '../model/escorts';
import type { SiblingStatus } from '../facts/gate';
import type { Sha256 } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import type { Actor, OfficialActor } from '../model/parties';
import type { PlanContent } from '../model/plan';
import type { Rejection } from '../model/rejections';
import type { Instant } from '../calendar/time';

export interface DecisionContext {
  readonly now: Instant;
  readonly mechanism: MechanismRules;
  /** SHA-256 over canonical JSON; given by the caller, as the rules have no cryptography. */
  readonly hashPlan: (content: PlanContent) => Sha256;
  /** Only the record's transaction knows them; elsewhere absent, and the gate is decided there again. */
  readonly siblings?: readonly SiblingStatus[];
  /** Read in the record's transaction for commands that `readsDossier`; papers are unknown where it is absent. */
  readonly dossier?: DossierFacts;
  /** What the newest mechanism says of an escort; rules hold no people. Absent where no command names one. */
  readonly credentialOf?: FindCredential;
  /** Of commands that send an escort on the way, where the rules ask; read in the record's transaction. */
  readonly underWay?: UnderWay;
  /** The rules a case is to go over to; read in the record's transaction. */
  readonly target?: MechanismRules;
}
export type Verdict = { readonly events: readonly CaseEvent[] } | { readonly rejection: Rejection };
export type Submission = Pick<CommandEnvelope, 'actor' | 'command' | 'expectedVersion' | 'expectedSeen'>;

export interface RuleContext extends DecisionContext {
  readonly actor: Actor;
}
export type Outcome = readonly CaseEvent[] | { readonly rejection: Rejection };
export type Handler<Type extends CommandType> = (
  state: ReturnCase,
  command: CommandOf<Type>,
  context: RuleContext,
) => Outcome;
export type HandlerTable<Types extends CommandType> = { readonly [Type in Types]: Handler<Type> };

/** The command table has let only officials through; this narrows the type. */
export function officialOf({ actor }: RuleContext): OfficialActor {
  if ('official' in actor) return actor;
  throw new Error('the command table admits only officials here');
}
