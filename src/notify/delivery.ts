/** What became of a letter, whichever way it went. */
export type Delivery =
  | { readonly delivery: 'accepted' }
  /** The way itself is not to be had, for this letter as for any other on it. */
  | {
      readonly delivery: 'unreachable';
      readonly code: string;
      /** The other side may have taken it: the line broke after it was handed over, and before that was said. */
      readonly mayBeOut?: boolean;
    }
  /** May go another time: the receiver's side said so (4xx, greylisting). */
  | { readonly delivery: 'deferred'; readonly code: string; readonly retryInMs?: number }
  /** The receiver's side will not take it (5xx). */
  | { readonly delivery: 'refused'; readonly code: string }
  /** There is nobody any more, and the other side says so: not tried again. */
  | { readonly delivery: 'gone'; readonly code: string };
