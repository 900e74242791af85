/** What became of a letter, whichever way it went. */
import type { Fault } from './smtp-answer';

export type Delivery =
  | { readonly delivery: 'accepted' }
  /** The way itself is not to be had, for this letter as for any other on it. */
  | {
      readonly delivery: 'unreachable';
      readonly code: string;
      /** The other side may have taken it: the line broke after it was handed over, and before that was said. */
      readonly mayBeOut?: boolean;
    }
  /** May go another time: the receiver's side said so (4xx, greylisting, full), or what is wrong is ours to mend. */
  | {
      readonly delivery: 'deferred';
      readonly code: string;
      readonly fault: Fault;
      /** What it is called once it has lasted as long as a letter lives; the same unless given. */
      readonly inTheEnd?: Fault;
      /** The address is doubted: tried for a shorter time. */
      readonly isLikelyWrong?: boolean;
      readonly retryInMs?: number;
    }
  /** Nobody is there by that address. */
  | { readonly delivery: 'refused'; readonly code: string }
  /** There is nobody any more, and the other side says so: not tried again. */
  | { readonly delivery: 'gone'; readonly code: string };

export type Failure = Exclude<Delivery, { delivery: 'accepted' }>;

/** Whose fault it is while it lasts, and once the letter is given up. */
export function faultOf(failure: Failure, isGivenUp: boolean): Fault {
  switch (failure.delivery) {
    case 'refused':
    case 'gone':
      return 'address';
    case 'unreachable':
      return 'ours';
    case 'deferred':
      return isGivenUp ? (failure.inTheEnd ?? failure.fault) : failure.fault;
  }
}
