/** Notices and letters as the record, the router and the dispatcher hand them to one another. */
import type { CaseId, OfficialId, PartyId } from '../domain/ids';
import type { Notice } from '../domain/notices';
import type { Instant } from '../domain/time';
import type { Mechanism } from './mechanism';

/** A notice of which no letter has been made yet. */
export interface PendingNotice {
  /** The notice's key. */
  readonly id: string;
  readonly case: CaseId;
  readonly mechanism: string;
  readonly notice: Notice;
  readonly createdAt: Instant;
  /** Receivers who have it already or a letter that will bring it; officials also by another notice of the same occasion. */
  readonly told: readonly string[];
}

/** `notice`: one mail about one notice. `webhook`: one message to a party's own system. */
export type LetterKind = 'notice' | 'digest' | 'webhook';
/** A letter as the router makes it, in the columns of its table. */
export interface NewLetter {
  /** The receiver's key to recognise a repeat: notice and receiver, or the slot of a digest. */
  readonly id: string;
  readonly kind: LetterKind;
  readonly mechanism_id: string;
  readonly party: PartyId;
  readonly official: OfficialId | null;
  readonly safety: boolean;
  readonly send_at: Instant;
}
/** Which letter tells whom of which notice; `receiver` is the official or `webhook:<party>`. */
export interface LetterNotice {
  readonly notice_id: string;
  readonly receiver: string;
  readonly letter_id: string;
}

/** What a router is given: notices, the newest version of their mechanisms, the record's clock. */
export interface RoutingBatch {
  readonly notices: readonly PendingNotice[];
  readonly mechanisms: ReadonlyMap<string, Mechanism>;
  readonly now: Instant;
  /** Digests that take no more notices, because they are being sent or were. */
  readonly closed: ReadonlySet<string>;
}
export interface Routing {
  readonly letters: readonly NewLetter[];
  readonly links: readonly LetterNotice[];
  /** Notices for which there is nobody at all. */
  readonly nobody: readonly string[];
}
/** Asked again with more `closed` when a digest it chose takes no more. Must not write. */
export type PlanRouting = (batch: RoutingBatch) => Routing | Promise<Routing>;
export interface Routed {
  readonly routed: number;
  readonly nobody: readonly PendingNotice[];
}

/** `alarm` is mail that concerns safety; it never waits behind other mail. */
export type Lane = 'alarm' | 'mail' | 'webhook';
/** A party's own system: each is a way of its own. */
export interface System {
  readonly mechanism: string;
  readonly party: PartyId;
}
/** What there is to do now. */
export interface Due {
  readonly notices: boolean;
  /** Cases are to be told that an alarm has not reached somebody, or has after all. */
  readonly unheard: boolean;
  readonly alarm: boolean;
  readonly mail: boolean;
  readonly webhook: readonly System[];
}

export interface ShownNotice {
  readonly id: string;
  readonly case: CaseId;
  /** Of the case, by the event that implied it. */
  readonly version: number;
  readonly notice: Notice;
  readonly createdAt: Instant;
}
/** A letter in one dispatcher's hands until its lease ends. */
export interface ClaimedLetter {
  /** The same at every attempt. */
  readonly id: string;
  readonly kind: LetterKind;
  readonly mechanism: string;
  readonly party: PartyId;
  readonly official: OfficialId | null;
  readonly safety: boolean;
  readonly sendAt: Instant;
  /** Since then, by the record's clock. */
  readonly waitedMs: number;
  /** Counts this one. */
  readonly attempts: number;
  /** By an attempt before this one, whose end nobody heard of. */
  readonly mayBeOut: boolean;
  /** Those not met since, of safety first, then the oldest; none: the letter is not to be sent. */
  readonly notices: readonly ShownNotice[];
}
/** An answer counts only while the attempt is the letter's last. */
export type HeldLetter = Pick<ClaimedLetter, 'id' | 'attempts'>;
/** How an attempt failed. */
export interface LetterFailure {
  /** Names no address. */
  readonly code: string;
  /** Whose: the receiver's address, something that passes, or ours. */
  readonly fault: 'address' | 'passing' | 'ours';
  readonly address: string;
  /** The receiver may have it all the same. */
  readonly mayBeOut?: boolean;
  /** The mediator's office is told that this address reaches nobody, though the letter may live on. */
  readonly isAddressWrong?: boolean;
  /** Without it the letter is given up. */
  readonly retryInMs?: number;
}
