/** When a letter that was not sent is tried again, and when it is given up. */
import type { Failure } from './delivery';

/** Refusals before an address counts as wrong: a 5xx may be a mistake of the server's that somebody mends. */
export const giveUpAfter = 5;
/** As long as mail servers themselves try. Nothing that could not be had at all is ever given up. */
const maxDeferralMs = 4 * 86_400_000;
/** Long enough for whoever runs the receiver's server to see that it calls good names bad. */
const maxDoubtMs = 86_400_000;
/** A safety alarm outlives every other letter, whatever stands against it. */
const maxSafetyLifeMs = 14 * 86_400_000;

const firstMs = 5_000;
/** A refusal is mended by a person, not by waiting seconds. */
const firstAfterRefusalMs = 60_000;
const maxMs = 3_600_000;
/** A child's safety waits no longer than this for the mail server. */
const maxSafetyMs = 60_000;
/** Where nobody is by that name, or a system asks for a pause: once a minute for weeks would be an attack. */
const maxSafetyPauseMs = 300_000;

/** Doubles from `first` to an hour, give or take a quarter, so that a backlog does not return all at once. */
export function retryInMs(
  attempts: number,
  safety: boolean,
  {
    first = firstMs,
    longest = safety ? maxSafetyMs : maxMs,
    chance = Math.random,
  }: { first?: number; longest?: number; chance?: () => number } = {},
): number {
  const wait = Math.min(first * 2 ** Math.min(attempts - 1, 30), longest);
  return Math.round(wait * (0.75 + chance() / 2));
}

/** Undefined: not again. `waitedMs` is how long it should have been out. */
export function nextTryInMs(
  failure: Failure,
  { attempts, safety, waitedMs }: { attempts: number; safety: boolean; waitedMs: number },
): number | undefined {
  if (failure.delivery === 'gone') return undefined;
  // The lane as a whole waits; a letter must not wait an hour longer than its server was away.
  if (failure.delivery === 'unreachable') return Math.min(retryInMs(attempts, safety), maxSafetyMs);
  if (waitedMs > (safety ? maxSafetyLifeMs : lifeOf(failure))) return undefined;
  if (failure.delivery === 'refused') {
    if (safety) return retryInMs(attempts, true, { longest: maxSafetyPauseMs });
    return isAddressWrong(failure, attempts)
      ? undefined
      : retryInMs(attempts, false, { first: firstAfterRefusalMs });
  }
  const asked = failure.retryInMs ?? 0;
  return Math.max(safety ? Math.min(asked, maxSafetyPauseMs) : asked, retryInMs(attempts, safety));
}

const lifeOf = (failure: Failure): number =>
  failure.delivery === 'deferred' && failure.isLikelyWrong === true ? maxDoubtMs : maxDeferralMs;

/** It is told of then, whether or not the letter itself lives on. */
export const isAddressWrong = ({ delivery }: Failure, attempts: number): boolean =>
  delivery === 'gone' || (delivery === 'refused' && attempts >= giveUpAfter);
