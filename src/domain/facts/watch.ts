/**
 * How closely a child on the way is watched. A leg may ask for signs of life more often than the mechanism, never less
 * often, unless the mediator's lead gave a reason and a second person confirmed it. Whoever is watched loosens nothing.
 */
import type { ReturnCase } from '../model/case';
import type { Leg } from '../model/commands';
import type { MechanismRules } from '../model/mechanism';
import type { ObligationKind } from '../model/obligation-kinds';
import { addDuration, earliest } from '../calendar/time';
import type { Duration, Instant } from '../calendar/time';

const anyInstant: Instant = '2024-01-01T00:00:00.000Z';
/** Both counted from one instant, as months differ in length. */
const isLonger = (one: Duration, other: Duration): boolean =>
  addDuration(anyInstant, one) > addDuration(anyInstant, other);

export const isLaxer = ({ checkInEvery }: Leg, rules: MechanismRules): boolean =>
  checkInEvery !== undefined && isLonger(checkInEvery, rules.checkInEvery);

/** A longer interval that two people agreed to, for this very stretch. */
export const isGranted = (state: ReturnCase, leg: Leg): boolean =>
  (state.grantedLegs ?? []).includes(leg.id) &&
  state.legs.some(
    ({ id, from, to, checkInEvery }) =>
      id === leg.id && from === leg.from && to === leg.to && checkInEvery === leg.checkInEvery,
  );

/** Of the first leg not completed. What an old plan of legs says beyond the mechanism does not count. */
export function checkInDueOf(
  state: ReturnCase,
  rules: MechanismRules,
  lastSignAt: Instant,
  legs: readonly Leg[] = state.legs,
): Instant {
  const leg = legs.find(({ id }) => !state.journey?.completedLegs.includes(id));
  const usual = addDuration(lastSignAt, rules.checkInEvery);
  if (!leg?.checkInEvery) return usual;
  const own = addDuration(lastSignAt, leg.checkInEvery);
  return isGranted(state, leg) ? own : (earliest([own, usual]) ?? usual);
}

/** Alarms about those who owe them: they meet them, and do not put them off. */
const watchKinds = ['check-in', 'write-welfare-note'] as const satisfies readonly ObligationKind[];
export const isWatch = (kind: ObligationKind): boolean =>
  (watchKinds as readonly ObligationKind[]).includes(kind);
