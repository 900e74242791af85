/** When a letter that was not sent is tried again, and when it is given up. */
import type { Delivery } from './delivery';

/** Refusals before a letter is given up: a 5xx may be a mistake of the server's that somebody mends. */
export const giveUpAfter = 5;
/** As long as mail servers themselves try. Nothing that could not be had at all is ever given up. */
const longestDeferralMs = 4 * 86_400_000;

const firstMs = 5_000;
/** A refusal is mended by a person, not by waiting seconds. */
const firstAfterRefusalMs = 60_000;
const longestMs = 3_600_000;
/** A child's safety waits no longer than this for the mail server. */
const longestForSafetyMs = 60_000;

/** Doubles from `first` to an hour, give or take a quarter, so that a backlog does not return all at once. */
export function retryInMs(
  attempts: number,
  safety: boolean,
  { first = firstMs, chance = Math.random }: { first?: number; chance?: () => number } = {},
): number {
  const longest = safety ? longestForSafetyMs : longestMs;
  const wait = Math.min(first * 2 ** Math.min(attempts - 1, 30), longest);
  return Math.round(wait * (0.75 + chance() / 2));
}

/** Undefined: not again. `waitedMs` is how long it should have been out. */
export function nextTryInMs(
  delivery: Exclude<Delivery, { delivery: 'accepted' }>,
  { attempts, safety, waitedMs }: { attempts: number; safety: boolean; waitedMs: number },
): number | undefined {
  switch (delivery.delivery) {
    case 'gone':
      return undefined;
    case 'refused':
      return attempts >= giveUpAfter
        ? undefined
        : retryInMs(attempts, safety, { first: safety ? firstMs : firstAfterRefusalMs });
    case 'deferred':
      if (waitedMs > longestDeferralMs) return undefined;
      return Math.max(delivery.retryInMs ?? 0, retryInMs(attempts, safety));
    case 'unreachable':
      // The lane as a whole waits; a letter must not wait an hour longer than its server was away.
      return Math.min(retryInMs(attempts, safety), longestForSafetyMs);
  }
}
