/** What people may do about an obligation short of meeting it, and what keeps word of it from them: the values. */
import type { OfficialId, PartyId } from './ids';
import type { NoticeKind } from './notice-kinds';
import type { ObligationKind } from './obligation-kinds';
import type { OfficialActor } from './parties';
import type { Instant } from '../calendar/time';

/** Codes, because events hold no free text; `other` needs a note. */
export const snoozeReasons = [
  'awaiting-document',
  'awaiting-authority',
  'awaiting-court',
  'awaiting-family',
  'public-holidays',
  'illness',
  'other',
] as const;
export type SnoozeReason = (typeof snoozeReasons)[number];

/** What is to be done with a stalled case. */
export const stalledNexts = [
  'keep-waiting',
  'press-again',
  'change-plan',
  'other-channel',
  'prepare-closure',
] as const;
export type StalledNext = (typeof stalledNexts)[number];

export const addressChannels = ['mail', 'webhook'] as const;
export type AddressChannel = (typeof addressChannels)[number];

/** A ladder that waits. It waits from `at` on: a clock set back before that finds it running. */
export interface Pause {
  readonly kind: 'acknowledged' | 'snoozed';
  readonly by: OfficialActor;
  readonly at: Instant;
  readonly until: Instant;
  /** Steps taken when it began: a promise not kept is followed by the next one at once, and only by one. */
  readonly step: number;
  /** How often this obligation has been snoozed. */
  readonly times: number;
}

/** Whose address: an official's, or without one the webhook of the party. */
export interface Address {
  readonly party: PartyId;
  readonly official?: OfficialId;
}
export interface AddressFault extends Address {
  readonly channel: AddressChannel;
  /** Why, as the channel says: `550`, `timeout`, `gone`. */
  readonly code: string;
  readonly since: Instant;
}

/** An official whom an alarm about a child's safety has not reached, and what it said. */
export interface UnheardAlarm {
  readonly party: PartyId;
  readonly official: OfficialId;
  /** Of the notice; an escalation is about an obligation. */
  readonly alarm: NoticeKind;
  readonly about?: ObligationKind;
  /** Why, as the mail server says. */
  readonly code: string;
}

export interface StalledReview {
  readonly next: StalledNext;
  readonly at: Instant;
  readonly reviewAt: Instant;
}
