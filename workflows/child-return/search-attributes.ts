/**
 * What operators filter cases by in the Temporal UI: stage, whom a case waits for, since when, due, stalled. They
 * stay readable to anyone with access to Temporal, so none of them may speak of a person.
 *
 * SQL visibility has room for ten keywords but only three each of the other types; these are all that is used.
 */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const searchAttributes = {
  stage: defineSearchAttributeKey('HomewardStage', SearchAttributeType.KEYWORD),
  /** Mechanism id and version, `doha@1`. */
  mechanism: defineSearchAttributeKey('HomewardMechanism', SearchAttributeType.KEYWORD),
  /** How a closed case ended. */
  outcome: defineSearchAttributeKey('HomewardOutcome', SearchAttributeType.KEYWORD),
  /** The last fault the process met, until it passed. */
  trouble: defineSearchAttributeKey('HomewardTrouble', SearchAttributeType.KEYWORD),
  /** Parties that owe the case something. */
  waitingOn: defineSearchAttributeKey('HomewardWaitingOn', SearchAttributeType.KEYWORD_LIST),
  /** Since when the case waits for what is due first. */
  since: defineSearchAttributeKey('HomewardSince', SearchAttributeType.DATETIME),
  due: defineSearchAttributeKey('HomewardDue', SearchAttributeType.DATETIME),
  stalled: defineSearchAttributeKey('HomewardStalled', SearchAttributeType.BOOL),
  urgent: defineSearchAttributeKey('HomewardUrgent', SearchAttributeType.BOOL),
  /** Kinds of everything owed now. */
  waitingFor: defineSearchAttributeKey('HomewardWaitingFor', SearchAttributeType.KEYWORD_LIST),
  /** What time alone makes true, see `marks.ts`: `overdue-safety`, `russia-over-30-days`. */
  marks: defineSearchAttributeKey('HomewardMarks', SearchAttributeType.KEYWORD_LIST),
  /** Why the process was started anew from the record, if it was. */
  rebuilt: defineSearchAttributeKey('HomewardRebuilt', SearchAttributeType.KEYWORD),
  /** Who has the child now: a code, never where. */
  careWith: defineSearchAttributeKey('HomewardCareWith', SearchAttributeType.KEYWORD),
  /** At least one hold is active. */
  held: defineSearchAttributeKey('HomewardHeld', SearchAttributeType.BOOL),
} as const;
