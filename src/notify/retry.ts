/** When a mail that was not sent is tried again. */

/** Refusals before a notice is given up: a 5xx may be a mistake of the server's that somebody mends. */
export const giveUpAfter = 5;

const firstMs = 5_000;
const longestMs = 3_600_000;
/** A child's safety waits no longer than this for the mail server. */
const longestForSafetyMs = 60_000;

/** Doubles from five seconds to an hour, give or take a quarter, so that a backlog does not return all at once. */
export function retryInMs(attempts: number, safety: boolean, chance: () => number = Math.random): number {
  const longest = safety ? longestForSafetyMs : longestMs;
  const wait = Math.min(firstMs * 2 ** (attempts - 1), longest);
  return Math.round(wait * (0.75 + chance() / 2));
}
