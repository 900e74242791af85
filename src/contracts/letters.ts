/** Notices and letters as the record, the router and the dispatcher hand them to one another. */
import type { CaseId, OfficialId, PartyId } from '../domain/model/ids';
import type { Notice } from '../domain/obligations/notices';
import type { Instant } from '../domain/calendar/time';
import type { Mechanism } from './mechanism/mechanism';

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
  /** Whose command it comes from; absent: time, or the system. */
  readonly by?: { readonly official: OfficialId; readonly party: PartyId } | null;
  /** How many like it the same official has caused in this case within `repeatsWithinMs`; counted up to `repeatsAtOnce`. */
  readonly repeats?: number;
}

/** An official whose doing tells the same people of the same kind of thing again and again is told of once in a while. */
export const repeatsAtOnce = 3;
export const repeatsWithinMs = 600_000;
/** What is told together in the end has an id of its own: it is closed once it is being sent, as a digest is. */
const foldedMark = ':many:';
export const foldedId = (caseId: CaseId, what: string, receiver: string, at: Instant): string =>
  `${caseId}${foldedMark}${what}:${receiver}:${at}`;
/** Takes no more notices once it is on its way. */
export const mayBeClosed = ({ kind, id }: Pick<NewLetter, 'kind' | 'id'>): boolean =>
  kind === 'digest' || id.includes(foldedMark);

/** `notice`: one mail about one notice, or about several of one official's doing. `webhook`: one message to a party's own system. */
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
  /** Before other letters about safety. */
  readonly goes_first?: boolean;
  /** The party whose official caused it: letters of one party take turns with those of others. */
  readonly cause?: PartyId;
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

/**
 * `first`: a medical emergency, a sign of life that is missing. `alarm`: other mail that concerns safety. Each has a way
 * of its own, so that it never waits behind the next.
 */
export type MailLane = 'first' | 'alarm' | 'mail';
export type Lane = MailLane | 'webhook';
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
  readonly first: boolean;
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
  readonly goesFirst: boolean;
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
