/**
 * Who gets the next bed. Each case has an instant from which its wait counts, which lies the earlier the more it presses;
 * who counts from the earliest is first. That instant never moves while a case waits as it does, and nobody is put before it
 * by more than `furthestAhead`: whoever asks later than that stands behind, however urgent. So nobody starves.
 * Source: docs/rules.md, "Beds and nights".
 */
import { addDuration, before, millisecondsBetween } from '../calendar/time';
import type { Instant } from '../calendar/time';
import type { CaseId } from '../model/ids';

export interface WaitingForBed {
  readonly case: CaseId;
  /** When a bed was asked for. */
  readonly since: Instant;
  readonly medicallyUrgent: boolean;
  /** All its siblings wait for the same site, have a bed there, or it has none: nobody of them would wait there for another. */
  readonly siblingsComplete: boolean;
}

/** By so much earlier its wait counts. */
export const headStarts = { medicallyUrgent: 'P14D', siblingsComplete: 'P3D' } as const;
/** The sum of all: who asks so much later than a case can't come before it. */
export const furthestAhead = 'P17D';

/** From when the wait counts. */
export const countsFrom = (waiting: WaitingForBed): Instant =>
  (Object.keys(headStarts) as (keyof typeof headStarts)[])
    .filter((reason) => waiting[reason])
    .reduce((at, reason) => before(at, headStarts[reason]), waiting.since);

/** First come the first to be offered a bed. */
export const inTurn = <Waiting extends WaitingForBed>(waiting: readonly Waiting[]): Waiting[] =>
  [...waiting].sort((one, other) => {
    const [from, otherFrom] = [countsFrom(one), countsFrom(other)];
    if (from !== otherFrom) return from < otherFrom ? -1 : 1;
    return one.case < other.case ? -1 : 1;
  });

/** A bed that nobody has tonight, and since when. */
export interface FreeBed {
  readonly number: number;
  /** Absent where nobody ever had it. */
  readonly since?: Instant;
}
export interface BedOffer {
  readonly case: CaseId;
  readonly number: number;
  /** Then the next in turn is offered it, unless it is taken. */
  readonly until: Instant;
}

/** How long a bed is kept for who is offered it. */
export const offerValidFor = 'PT12H';

/**
 * To whom each free bed is offered now: from the moment on in which it is free and somebody waits, to the first in turn; when
 * that has not been taken up, to the next, and after the last to the first again. Nobody is offered two.
 */
export function offersOf(
  waiting: readonly WaitingForBed[],
  free: readonly FreeBed[],
  now: Instant,
): BedOffer[] {
  const offers: BedOffer[] = [];
  const length = millisecondsBetween(now, addDuration(now, offerValidFor));
  let left = inTurn(waiting).filter(({ since }) => since <= now);
  for (const { number, since } of free) {
    const asked = left.reduce((first, one) => (one.since < first ? one.since : first), now);
    if (left.length === 0) break;
    const from = since !== undefined && since > asked ? since : asked;
    const round = Math.max(0, Math.floor(millisecondsBetween(from, now) / length));
    const chosen = left[round % left.length];
    if (!chosen) break;
    const until = new Date(Date.parse(from) + (round + 1) * length).toISOString();
    offers.push({ case: chosen.case, number, until });
    left = left.filter((one) => one.case !== chosen.case);
  }
  return offers;
}
