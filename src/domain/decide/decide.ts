/** `decide`: the only way a case changes. Pure: no clock, no I/O, no randomness. */
import { allowedCommandsOf, facetOf, fitsStage, maySend } from '../facts/allowed-commands';
import { blockersFor } from '../readers/blocker-readers';
import type { ReturnCase } from '../model/case';
import { isUnrefusable } from '../model/commands';
import type { Command, CommandOf, CommandType } from '../model/commands';
import { agreementRules } from './agreement';
import { anyTimeRules } from './any-time';
import { consequencesOf } from './consequences';
import type {
  DecisionContext,
  Handler,
  HandlerTable,
  RuleContext,
  Outcome,
  Submission,
  Verdict,
} from './rule-context';
import { closingRules } from './closing';
import { hostingRules } from './hosting';
import { holdRules } from './holds';
import { journeyRules } from './journey';
import { timeEvents } from './observe-time';
import { officerRules } from './officers';
import { openingOf } from './opening';
import { confirmed, proposedOrDone, rejectedProposal } from './proposals';
import type { Act } from './proposals';
import { preparationRules } from './preparation';
import { stayRules } from './stays';
import { relayRules } from './relays';
import { remindingRules } from './reminding';
import { traceRules } from './trace';
import { tellingRules } from './telling';
import { transferRules } from './transfer';
import { safeConductRules } from './safe-conduct';
import { verificationRules } from './verification';
import { versionFor } from '../readers/event-readers';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import { isOfficial } from '../model/parties';
import type { Actor } from '../model/parties';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import { partiesOf } from '../facts/visibility';

const rules = {
  ...verificationRules,
  ...agreementRules,
  ...relayRules,
  ...preparationRules,
  ...stayRules,
  ...hostingRules,
  ...journeyRules,
  ...traceRules,
  ...safeConductRules,
  ...transferRules,
  ...tellingRules,
  ...anyTimeRules,
  ...holdRules,
  ...closingRules,
  ...remindingRules,
  ...officerRules,
  observeTime: (state, _command, context) => timeEvents(state, context),
} satisfies HandlerTable<Act['type']>;

/**
 * Events a command leads to, in order, or why it is not taken. Checks who, then stage, then staleness, then the
 * command's own rules; holds and withdrawals pass all but the first. What needs a second person becomes a proposal. An empty list means there was nothing to do.
 */
export function decide(
  state: ReturnCase | undefined,
  submission: Submission,
  given: DecisionContext,
): Verdict {
  const { actor, command } = submission;
  const { mechanism } = given;
  const context: RuleContext = { ...given, actor };
  if (command.type === 'openCase') return state ? rejected('case-exists') : openingOf(command, context);
  if (!state) return rejected('case-not-found');
  const refusal = refusalOf(state, submission, given);
  if (refusal) return refusal;
  const outcome = outcomeOf(state, command, context);
  if ('rejection' in outcome)
    return outcome.rejection.code === 'wrong-stage'
      ? wrongStage(state, actor, mechanism)
      : asToldTo(actor, state, mechanism, outcome.rejection);
  return { events: consequencesOf(state, outcome, context) };
}

/** Why `decide` would refuse it, without looking at what it would lead to. */
export function refusalFor(
  state: ReturnCase,
  { actor, command }: Submission & { readonly command: Exclude<Command, CommandOf<'openCase'>> },
  context: DecisionContext,
): Rejection | undefined {
  const refusal = refusalOf(state, { actor, command }, context);
  if (refusal) return refusal.rejection;
  const outcome = outcomeOf(state, command, { ...context, actor });
  return 'rejection' in outcome ? outcome.rejection : undefined;
}

function refusalOf(
  state: ReturnCase,
  submission: Submission,
  { mechanism }: DecisionContext,
): { rejection: Rejection } | undefined {
  const { actor, command, expectedVersion, expectedSeen } = submission;
  if (isOfficial(actor) && !partiesOf(state, mechanism).includes(actor.party))
    return rejected('case-not-found');
  const isClosed = state.stage === 'closed' && !fitsStage(command.type, state);
  if (isClosed)
    return rejected('case-closed', { stage: 'closed', allowed: allowedIn(state, actor, mechanism) });
  if (!maySend(command.type, actor, state, mechanism, facetOf(command))) return rejected('not-your-command');
  if (!fitsStage(command.type, state)) return wrongStage(state, actor, mechanism);
  const seen = versionSeenBy(actor, state, mechanism);
  const stale =
    (expectedVersion !== undefined && !isCurrent(state, expectedVersion)) ||
    (expectedSeen !== undefined && expectedSeen !== seen);
  return stale && !isUnrefusable(command) ? rejected('stale-version', { version: seen }) : undefined;
}

/** As far as a decision may rest on it: what the process did about the case since makes nothing stale. */
const isCurrent = ({ version, asides = 0 }: ReturnCase, seen: number): boolean =>
  seen <= version && seen >= version - asides;

function versionSeenBy(actor: Actor, state: ReturnCase, mechanism: MechanismRules): number {
  const kind = isOfficial(actor) ? findParty(mechanism, actor.party)?.kind : undefined;
  return isOfficial(actor) && kind ? versionFor({ party: actor.party, kind }, state) : state.version;
}

/** A refusal tells its sender nothing that they may not read: neither how often something happened nor what hinders. */
function asToldTo(
  actor: Actor,
  state: ReturnCase,
  mechanism: MechanismRules,
  rejection: Rejection,
): { rejection: Rejection } {
  const kind = isOfficial(actor) ? findParty(mechanism, actor.party)?.kind : undefined;
  const { code, blockers } = rejection;
  return {
    rejection: {
      ...rejection,
      ...(code === 'stale-version' && { version: versionSeenBy(actor, state, mechanism) }),
      ...(blockers && kind && { blockers: blockersFor(kind, blockers) }),
    },
  };
}

/** Names what the sender may do instead. */
const wrongStage = (state: ReturnCase, actor: Actor, mechanism: MechanismRules): { rejection: Rejection } =>
  rejected('wrong-stage', {
    stage: state.stage,
    ...(isOfficial(actor) ? { allowed: allowedIn(state, actor, mechanism) } : {}),
  });
const allowedIn = (state: ReturnCase, actor: Actor, mechanism: MechanismRules): CommandType[] =>
  isOfficial(actor) ? allowedCommandsOf(state, actor, mechanism) : [];

function outcomeOf(
  state: ReturnCase,
  command: Exclude<Command, CommandOf<'openCase'>>,
  context: RuleContext,
): Outcome {
  if (command.type === 'confirmProposal') return confirmed(state, command, context, judge);
  if (command.type === 'rejectProposal') return rejectedProposal(state, command, context);
  return proposedOrDone(state, command, judge(state, command, context), context);
}

function judge(state: ReturnCase, act: Act, context: RuleContext): Outcome {
  // The table gives each type its own rule; TypeScript can't follow the pairing through the index.
  const rule = rules[act.type] as Handler<CommandType>;
  return rule(state, act, context);
}
