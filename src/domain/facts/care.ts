/** In whose care a child is once it has left, and what was seen of it since. Source: docs/rules.md, never-rules 12 and 14. */
import type { Incident, ReturnCase } from '../model/case';
import type { InterimCareKind, Leg } from '../model/commands';
import type { PlaceId, SiteId } from '../model/ids';
import { asksFor } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { ReturnPlan } from '../model/plan';
import { hasSetOut } from './transfer';
import type { Instant } from '../calendar/time';

/** `present-carer`: whoever had it when it was located; `themselves`: an adult who came home on their own. */
export const careCodes = [
  'unknown',
  'present-carer',
  'host',
  'escort',
  'interim-care',
  'recipient',
  'themselves',
] as const;
export type CareCode = (typeof careCodes)[number];
/** Never-rule 12: in whose care a child is, where, and since when. */
export type Care = { readonly since: Instant } & (
  | { readonly with: 'unknown' | 'present-carer' | 'recipient' | 'themselves' }
  | { readonly with: 'host'; readonly site: SiteId }
  /** `place`: where it was last heard to be. */
  | { readonly with: 'escort'; readonly place?: PlaceId; readonly isSafePoint?: true }
  | { readonly with: 'interim-care'; readonly kind: InterimCareKind; readonly place: PlaceId }
);

export function careOf(
  state: Pick<
    ReturnCase,
    'handover' | 'reunion' | 'interimCare' | 'journey' | 'stay' | 'locatedAt' | 'openedAt'
  >,
): Care {
  const { handover, reunion, interimCare, journey, stay, locatedAt, openedAt } = state;
  if (handover.at) return { with: handover.own ? 'themselves' : 'recipient', since: handover.at };
  if (interimCare) return { with: 'interim-care', ...interimCare };
  // On the way they are accompanied, and the child is theirs.
  if (reunion) return { with: 'recipient', since: reunion.at };
  if (journey && hasSetOut({ journey })) {
    const { place, isSafePoint: isSafe } = journey.lastPlace ?? {};
    return {
      with: 'escort',
      since: journey.takenAt ?? journey.departedAt,
      ...(place !== undefined && { place }),
      ...(isSafe && { isSafePoint: isSafe }),
    };
  }
  if (stay?.status === 'occupied') return { with: 'host', site: stay.site, since: stay.since };
  return locatedAt ? { with: 'present-carer', since: locatedAt } : { with: 'unknown', since: openedAt };
}

/** Where the child may wait in safety by the plan of this journey: ends of legs that are named so, and the handover. */
export const isSafePoint = (
  legs: readonly Leg[],
  plan: Pick<ReturnPlan, 'handoverPlace'> | undefined,
  place: PlaceId,
): boolean => place === plan?.handoverPlace || legs.some((leg) => leg.safePoint === true && leg.to === place);

/** Where an arrival is that names no site: where a place was kept, or where the plan leads. */
export const expectedSiteOf = ({ stay, plan }: Pick<ReturnCase, 'stay' | 'plan'>): SiteId | undefined =>
  stay?.site ?? plan?.site ?? undefined;

/** Departed, and neither handed over nor in interim care yet. */
export const isOnTheWay = (state: ReturnCase): boolean =>
  state.journey !== undefined && !state.handover.at && !state.interimCare;

/** Trouble of this journey that the mediator has not answered. */
export const openIncidentsOf = ({ journey }: ReturnCase): readonly Incident[] =>
  (journey?.incidents ?? []).filter(({ over }) => !over);

/** Placed where the journey ended otherwise than with the recipient, until somebody is found to stay with. */
export const isInInterimCare = (state: ReturnCase): boolean =>
  state.interimCare !== undefined && !state.handover.at;

/** Since when the child is followed up where it is now; undefined while it is not. */
export const followedUpSince = ({ handover, interimCare }: ReturnCase): Instant | undefined =>
  handover.at ?? interimCare?.since;

/** A visit counts when the child was seen. */
export const isVisited = ({ visits }: ReturnCase, visit: number): boolean =>
  visits.some((one) => one.visit === visit && one.outcome !== 'not-met');

/** Within a month of coming home it is planned what the child needs; rules of before did not ask. */
export const isToBePlanned = ({ reintegration }: ReturnCase, rules: MechanismRules): boolean =>
  asksFor(rules, 'plan-reintegration') && !reintegration;

/** When the last visit was made of those that are owed; undefined while one is not. */
export function visitedSince(state: ReturnCase, visits: number): Instant | undefined {
  const since = followedUpSince(state);
  if (since === undefined) return undefined;
  const numbers = Array.from({ length: visits }, (_, index) => index + 1);
  if (!numbers.every((visit) => isVisited(state, visit))) return undefined;
  return state.visits.reduce((last, { at }) => (at > last ? at : last), since);
}
