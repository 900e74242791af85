/**
 * What a mechanism has closed: nothing new may begin at a closed site or place, nor with a closed party. What was planned
 * or placed before, and what has happened, stands; so these are asked only where something new is named.
 */
import { findLivePlan } from './agreement';
import type { Instant, LocalDate } from '../calendar/time';
import type { ReturnCase } from '../model/case';
import type { PartyId, PlaceId, SiteId } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules, Site, SiteState } from '../model/mechanism';
import { omitUndefined } from '../model/omit-undefined';
import { dayBegins } from './days';

interface Asked {
  readonly rules: MechanismRules;
  readonly at: Instant;
}

const since = (
  closed: LocalDate | undefined,
  zone: string | undefined,
  rules: MechanismRules,
): Instant | undefined => (closed === undefined ? undefined : dayBegins(closed, zone ?? '', rules));
const isSince = (closesAt: Instant | undefined, { at }: Asked): boolean =>
  closesAt !== undefined && closesAt <= at;

const stateOf = ({ capacity, beds, closures, closed }: SiteState): SiteState =>
  omitUndefined({ capacity, beds, closures, closed });

/**
 * The rules of a case, and what is open by a later version of the same mechanism: a border that closes is no rule, and waits
 * for no case to be moved. What the later version has besides is no part of the case. Source: docs/rules.md, "Closing".
 */
export function withClosingsOf(later: MechanismRules, rules: MechanismRules): MechanismRules {
  const { placesClosed: _before, ...rest } = rules;
  const placesClosed = Object.entries(later.placesClosed ?? {}).filter(([place]) =>
    rules.places.includes(place),
  );
  return {
    ...rest,
    parties: rules.parties.map(({ closed: _own, ...party }) => {
      const since = findParty(later, party.id)?.closed;
      return { ...party, ...(since !== undefined && { closed: since }) };
    }),
    sites: rules.sites.map((site): Site => {
      const { capacity: _1, beds: _2, closures: _3, closed: _4, ...lasting } = site;
      return { ...lasting, ...stateOf(later.sites.find(({ id }) => id === site.id) ?? site) };
    }),
    ...(placesClosed.length > 0 && { placesClosed: Object.fromEntries(placesClosed) }),
  };
}

/** By the party's own clocks. */
function partyClosesAt(id: PartyId, rules: MechanismRules): Instant | undefined {
  const party = findParty(rules, id);
  return since(party?.closed, party?.timeZone, rules);
}
export const isPartyClosed = (id: PartyId, asked: Asked): boolean =>
  isSince(partyClosesAt(id, asked.rules), asked);

/**
 * When the site closes, alone or with its host; undefined where it stays open. By the clocks of the site, which are its
 * host's unless it has a zone of its own.
 */
export function siteClosesAt(id: SiteId, rules: MechanismRules): Instant | undefined {
  const site = rules.sites.find((one) => one.id === id);
  if (!site) return undefined;
  const own = since(site.closed, site.timeZone ?? findParty(rules, site.party)?.timeZone, rules);
  const withHost = partyClosesAt(site.party, rules);
  return own !== undefined && (withHost === undefined || own < withHost) ? own : withHost;
}
export const isSiteClosed = (id: SiteId, asked: Asked): boolean =>
  isSince(siteClosesAt(id, asked.rules), asked);

/** By the clocks of the place; without a zone of its own it has the mediator's. */
export function isPlaceClosed(id: PlaceId, asked: Asked): boolean {
  const { placesClosed, placeZones, parties } = asked.rules;
  const zone = placeZones?.[id] ?? parties.find(({ kind }) => kind === 'mediator')?.timeZone;
  return isSince(since(placesClosed?.[id], zone, asked.rules), asked);
}

/** A place that will be closed by the time at which it is to be used, and what has to be changed: the plan, or its legs. */
export interface ClosedAhead {
  readonly place: PlaceId;
  readonly part: 'plan' | 'legs';
}

/**
 * The handover place of a plan that is not travelled yet, by the days of its window: the last one while nothing else is said,
 * the first once legs say when. Legs that lie ahead, by their own hours.
 */
export function closedAhead(state: ReturnCase, rules: MechanismRules): ClosedAhead[] {
  const { journey, legs } = state;
  const plan = findLivePlan(state);
  if (!plan || state.handover.at || journey?.arrivedAt || journey?.turningBack) return [];
  const closed = rules.placesClosed?.[plan.handoverPlace];
  const latestUse = legs.length > 0 ? plan.window.from : plan.window.to;
  const isPlanLate = !journey && closed !== undefined && closed <= latestUse;
  const uses = legs
    .filter(({ id }) => !journey?.completedLegs.includes(id))
    .flatMap(({ from, to, departAt, arriveAt }) => [
      { place: from, at: departAt },
      { place: to, at: arriveAt },
    ]);
  const late = uses.filter(({ place, at }) => isPlaceClosed(place, { rules, at })).map(({ place }) => place);
  return [
    ...(isPlanLate ? [{ place: plan.handoverPlace, part: 'plan' } as const] : []),
    ...[...new Set(late)]
      .filter((place) => !(isPlanLate && place === plan.handoverPlace))
      .map((place) => ({ place, part: 'legs' }) as const),
  ];
}
