/** Each deciding side owes its safe conduct once legs are planned, also for other legs on the way. */
import { missingSafeConductOf } from '../facts/safe-conduct';
import { latest } from './draft';
import type { DraftSource } from './draft';

export const safeConductDrafts: DraftSource = (state, rules, now) => {
  const { journey, preparingSince, legsPlannedAt, safeConductEndedAt } = state;
  const since = journey && !journey.arrivedAt && !journey.turningBack ? journey.departedAt : preparingSince;
  if (since === undefined || state.handover.at || state.interimCare) return [];
  const sides = new Set(missingSafeConductOf(state, rules, now).map(({ side }) => side));
  return [...sides].map((party) => ({
    kind: 'grant-safe-conduct',
    party,
    roles: ['decider'],
    since: latest(since, legsPlannedAt, safeConductEndedAt?.[party]),
    commands: ['grantSafeConduct'],
  }));
};
