/** In whose care a child is once it has left, and what was seen of it since. Source: docs/rules.md, never-rules 12 and 14. */
import type { ReturnCase } from '../model/case';
import type { Instant } from '../calendar/time';

/** Departed, and neither handed over nor in interim care yet. */
export const isOnTheWay = (state: ReturnCase): boolean =>
  state.journey !== undefined && !state.handover.at && !state.interimCare;

/** Placed where the journey ended otherwise than with the recipient, until somebody is found to stay with. */
export const isInInterimCare = (state: ReturnCase): boolean =>
  state.interimCare !== undefined && !state.handover.at;

/** Since when the child is followed up where it is now; undefined while it is not. */
export const followedUpSince = ({ handover, interimCare }: ReturnCase): Instant | undefined =>
  handover.at ?? interimCare?.since;

/** A visit counts when the child was seen. */
export const isVisited = ({ visits }: ReturnCase, visit: number): boolean =>
  visits.some((one) => one.visit === visit && one.outcome !== 'not-met');

/** When the last visit was made of those that are owed; undefined while one is not. */
export function visitedSince(state: ReturnCase, visits: number): Instant | undefined {
  const since = followedUpSince(state);
  if (since === undefined) return undefined;
  const numbers = Array.from({ length: visits }, (_, index) => index + 1);
  if (!numbers.every((visit) => isVisited(state, visit))) return undefined;
  return state.visits.reduce((last, { at }) => (at > last ? at : last), since);
}
