/**
 * Obligations that wait because somebody said so: how long they may, and whether one waits at an instant. A pause
 * belongs to an obligation's key, so it is void as soon as the obligation is met.
 */
import type { ReturnCase } from '../model/case';
import type { AcknowledgeLimits, MechanismRules, SnoozeLimits } from '../model/mechanism';
import type { Obligation } from './obligations';
import type { Pause } from '../model/reminding';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';

/** Of a mechanism that sets none. */
export const defaultAcknowledge: AcknowledgeLimits = { atMost: 'P14D', safetyAtMost: 'PT1H' };
export const defaultSnooze: SnoozeLimits = { atMost: 'P14D', times: 2 };

export const snoozeLimitsOf = ({ snooze }: MechanismRules): SnoozeLimits => snooze ?? defaultSnooze;

/** The latest instant that whoever acknowledges this obligation now may name. */
export function acknowledgeLimitOf({ safety }: Obligation, rules: MechanismRules, now: Instant): Instant {
  const { atMost, safetyAtMost } = rules.acknowledge ?? defaultAcknowledge;
  return addDuration(now, safety ? safetyAtMost : atMost);
}

export const findPause = (state: ReturnCase, { key }: Pick<Obligation, 'key'>): Pause | undefined =>
  state.pauses?.[key];

/** The pause that holds this obligation's ladder at `now`. */
export function findRunningPause(
  state: ReturnCase,
  obligation: Pick<Obligation, 'key'>,
  now: Instant,
): Pause | undefined {
  const pause = findPause(state, obligation);
  return pause && pause.at <= now && now < pause.until ? pause : undefined;
}

/** Somebody said they would see to it, and no step has followed since: when the time is up, one does. */
export const isUnansweredPromise = ({ kind, step }: Pause, taken: number): boolean =>
  kind === 'acknowledged' && step === taken;
