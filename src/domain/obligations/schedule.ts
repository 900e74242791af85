/** When time itself next has something to do in a case: the due instant of the workflow's one timer. */
import { standingApprovalsOf } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { datedOf, expiryNoticesOf, lapsesAt } from '../facts/expiries';
import { safeConductEndsOf } from '../facts/safe-conduct';
import { nextStepInstantOf } from './ladder';
import type { MechanismRules } from '../model/mechanism';
import { foreseenObligationsOf } from './obligations';
import type { Obligation } from './obligations';
import { stallsAt } from './stalled';
import { addDuration, earliest, millisecondsBetween } from '../calendar/time';
import type { Instant } from '../calendar/time';

/** Instants at which agreed or attested things end by themselves. Nothing lapses once the child is on the way. */
export function expiriesOf(state: ReturnCase, rules: MechanismRules): Instant[] {
  if (state.journey || state.handover.at || state.closure) return [];
  return [
    ...standingApprovalsOf(state).flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : [expiresAt])),
    ...safeConductEndsOf(state).map(({ until }) => until),
    ...datedOf(state).flatMap((dated) => lapsesAt(dated, state, rules) ?? []),
  ];
}

/**
 * The instant at which the process looks at the clock next (may lie before `now`); undefined when never. It is the
 * earliest at which `observeTime` would yield events; reminders that are not of safety may be looked for up to
 * `reminderSpread` later, each case by an offset of its own, so that thousands of cases do not wake at once.
 */
export function nextInstantOf(state: ReturnCase, rules: MechanismRules, now: Instant): Instant | undefined {
  if (state.closure) return undefined;
  const later = spreadOf(state, rules);
  const steps = foreseenObligationsOf(state, rules, now).map((obligation) => {
    const at = wakeInstantOf(state, obligation, rules, now);
    return obligation.safety ? at : later(at);
  });
  const stalls = stallsAt(state, rules);
  return earliest([
    ...expiriesOf(state, rules),
    ...steps,
    ...expiryNoticesOf(state, rules).map(({ at, lapsesAt: ends }) => (later(at) < ends ? later(at) : at)),
    ...(stalls === undefined ? [] : [isUrgent(state) ? stalls : later(stalls)]),
  ]);
}

/** The same for the child's safety alone: the earliest instant at which an alarm may be due. */
export const nextSafetyInstantOf = (
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
): Instant | undefined =>
  earliest(
    foreseenObligationsOf(state, rules, now)
      .filter(({ safety }) => safety)
      .map((obligation) => wakeInstantOf(state, obligation, rules, now)),
  );

function wakeInstantOf(
  state: ReturnCase,
  obligation: Obligation,
  rules: MechanismRules,
  now: Instant,
): Instant {
  const step = nextStepInstantOf(state, obligation, rules, now);
  return step > obligation.since ? step : obligation.since;
}

/** A stall that concerns a child's safety is noticed when it is one. */
const isUrgent = ({ medicallyUrgent, stay }: ReturnCase): boolean =>
  medicallyUrgent || stay?.status === 'occupied';

function spreadOf({ id }: ReturnCase, { reminderSpread }: MechanismRules): (at: Instant) => Instant {
  if (reminderSpread === undefined) return (at) => at;
  const share = fractionOf(id);
  return (at) => {
    const spread = millisecondsBetween(at, addDuration(at, reminderSpread));
    return new Date(Date.parse(at) + Math.floor(spread * share)).toISOString();
  };
}

/** From 0 up to 1, the same for the same text and evenly spread over different ones: FNV-1a, mixed once more. */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
