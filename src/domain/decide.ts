/** `decide`: the one door through which a case changes. Pure: no clock, no I/O, no randomness. */
import type { CommandEnvelope } from './commands';
import type { CaseEvent } from './events';
import type { CaseId, Sha256 } from './ids';
import type { MechanismRules } from './mechanism';
import type { PlanContent } from './plan';
import type { ReturnCase } from './case';
import type { Rejection } from './rejections';
import type { Stage } from './stages';
import type { Instant } from './time';

/** A sibling as the departure gate sees it. */
export interface SiblingStatus {
  readonly case: CaseId;
  readonly stage: Stage;
  /** Nothing but its siblings keeps this child from departing, or it has departed. */
  readonly cleared: boolean;
}
export interface DecisionContext {
  readonly now: Instant;
  readonly mechanism: MechanismRules;
  /** SHA-256 over canonical JSON; given by the caller, as the rules have no cryptography. */
  readonly hashPlan: (content: PlanContent) => Sha256;
  /** Only the record's transaction knows them; elsewhere absent, and the gate is decided there again. */
  readonly siblings?: readonly SiblingStatus[];
}
export type Verdict = { readonly events: readonly CaseEvent[] } | { readonly rejection: Rejection };
export type Submission = Pick<CommandEnvelope, 'actor' | 'command' | 'expectedVersion'>;

export function decide(
  _state: ReturnCase | undefined,
  _submission: Submission,
  _context: DecisionContext,
): Verdict {
  throw new Error('being written');
}
