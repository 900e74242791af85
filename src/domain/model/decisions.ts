/** Decisions of the sides on a plan version, given directly or relayed by the mediator. */
import type { NoteId, PartyId, RecipientRef, Sha256 } from './ids';
import type { OfficialActor } from './parties';
import type { Instant, LocalDate } from '../calendar/time';

export const decisionActs = ['approve', 'object', 'withdraw'] as const;
/** `approve` with conditions is an approval whose conditions must each be met or waived before departure. */
export type DecisionAct = (typeof decisionActs)[number];

export const objectionReasons = [
  'child',
  'recipient',
  'custody',
  'route',
  'timing',
  'security',
  'legal',
  'other',
] as const;
export type ObjectionReason = (typeof objectionReasons)[number];

export interface Condition {
  /** Unique within the case, e.g. `c1`. */
  readonly id: string;
  readonly note: NoteId;
  readonly outcome?: {
    readonly settled: 'met' | 'waived';
    readonly at: Instant;
    readonly by: OfficialActor;
    /** Set when the settling was relayed; repudiating that relay withdraws the approval. */
    readonly relay?: string;
  };
}

/** What a side may have decided by note. */
export const relayedActs = [
  'approve',
  'object',
  'withdraw',
  'settle-condition',
  'approve-recipient',
  'grant-safe-conduct',
  'withdraw-safe-conduct',
] as const;
/** The safe direction: it counts as soon as one mediator enters it. */
export const isWithdrawal = (act: string | undefined): boolean =>
  act === 'withdraw' || act === 'withdraw-safe-conduct';
export const relayChannels = ['note-verbale', 'letter', 'call', 'meeting'] as const;
export type RelayChannel = (typeof relayChannels)[number];
/** How a side's decision reached the mediator. Its reference and document are what the side is held to. */
export interface RelaySource {
  readonly channel: RelayChannel;
  /** Of the note that holds the side's own reference; in events of 0.1 the reference itself. */
  readonly reference: string;
  /** Date of the note, letter or call. */
  readonly dated: LocalDate;
  readonly documentHash: Sha256;
}

/** One act of one side. Signature and sequence are carried for the decision ledger. */
export interface Decision {
  readonly party: PartyId;
  readonly act: DecisionAct;
  readonly planVersion: number;
  readonly planHash: Sha256;
  readonly at: Instant;
  readonly by: OfficialActor;
  /** Counts this party's decisions in this case from 1. */
  readonly sequence: number;
  readonly conditions: readonly Condition[];
  /** Approvals only: from this instant on it no longer counts. */
  readonly expiresAt?: Instant;
  readonly reason?: ObjectionReason;
  readonly note?: NoteId;
  /** Set when the decision was relayed; shown as relayed to every party. */
  readonly relay?: {
    readonly id: string;
    readonly source: RelaySource;
    readonly confirmedBy?: OfficialActor;
  };
  /** Why an approval no longer counts, if so. */
  readonly lapsed?: { readonly at: Instant; readonly reason: DecisionLapseReason };
}
export const decisionLapseReasons = [
  'expired',
  'plan-replaced',
  'plan-lapsed',
  'repudiated',
  'request-withdrawn',
] as const;
export type DecisionLapseReason = (typeof decisionLapseReasons)[number];

/** A relayed act that waits for its second mediator. */
export interface PendingRelay {
  readonly id: string;
  readonly party: PartyId;
  readonly act: RelayedAct;
  readonly source: RelaySource;
  readonly enteredBy: OfficialActor;
  readonly at: Instant;
}
/** What may be relayed. A relayed withdrawal counts at once, in the safe direction. */
export type RelayedAct =
  | {
      readonly act: 'approve';
      readonly planVersion: number;
      readonly planHash: Sha256;
      readonly conditions: readonly { readonly id: string; readonly note: NoteId }[];
    }
  | {
      readonly act: 'object';
      readonly planVersion: number;
      readonly planHash: Sha256;
      readonly reason: ObjectionReason;
      readonly note?: NoteId;
    }
  | { readonly act: 'withdraw'; readonly note?: NoteId }
  | { readonly act: 'settle-condition'; readonly condition: string; readonly outcome: 'met' | 'waived' }
  | { readonly act: 'approve-recipient'; readonly recipient: RecipientRef; readonly note?: NoteId }
  | {
      readonly act: 'grant-safe-conduct';
      readonly legs: readonly string[];
      readonly opens: Instant;
      readonly until: Instant;
    }
  | { readonly act: 'withdraw-safe-conduct'; readonly note?: NoteId };
