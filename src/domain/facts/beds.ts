/** Which beds a site has on which nights. Source: docs/rules.md, "Beds and nights". */
import type { Instant, LocalDate } from '../calendar/time';
import type { Bed, BedKind, Nights } from '../model/beds';
import { findParty } from '../model/mechanism';
import type { MechanismRules, Site } from '../model/mechanism';
import { dayAt, dayBegins } from './days';

/** Who may sleep where, the best first: what few need is given last to those who do not. */
const fitting: Readonly<Record<BedKind, readonly BedKind[]>> = {
  usual: ['usual', 'accessible'],
  cot: ['cot'],
  accessible: ['accessible'],
  carer: ['carer', 'usual'],
};
/** Of a child that stands in the door nobody asks what it was promised. */
const anyFitting: readonly BedKind[] = ['usual', 'accessible', 'cot', 'carer'];

const zoneOf = (site: Site | undefined, rules: MechanismRules): string | undefined =>
  site && (site.timeZone ?? findParty(rules, site.party)?.timeZone);

/** The day it is at the site, by its own clocks or else its host's. */
export function siteDayOf(site: Site | undefined, at: Instant, rules: MechanismRules): LocalDate {
  return dayAt(at, zoneOf(site, rules), rules);
}

/** When that day begins there. */
export const siteDayBegins = (site: Site | undefined, date: LocalDate, rules: MechanismRules): Instant =>
  dayBegins(date, zoneOf(site, rules), rules);

/** When the clocks there show this time, `HH:MM`, on this day. */
export function siteInstant(
  site: Site | undefined,
  date: LocalDate,
  time: string,
  rules: MechanismRules,
): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return dayBegins(date, zoneOf(site, rules), rules, hours * 60 + minutes);
}

/** By number, which counts from 1. */
export const bedOf = ({ beds = [] }: Site, number: number): Bed =>
  beds[number - 1] ?? { id: String(number), kind: 'usual' };

const numbersOf = ({ capacity }: Site): number[] => Array.from({ length: capacity }, (_, at) => at + 1);

/** Whether the bed is there on each of these nights; of nights without an end the first one says it. */
const isThere = ({ opens, closed }: Bed, { from, to }: Nights): boolean =>
  (opens === undefined || opens <= from) &&
  (closed === undefined || (to === undefined ? from < closed : to <= closed));

/** Whether the site is shut on any of these nights; of nights without an end the first one says it. */
export const isShut = ({ closures = [] }: Site, { from, to }: Nights): boolean =>
  closures.some((shut) => from < shut.to && (to === undefined ? from >= shut.from : shut.from < to));

interface Wanted {
  readonly nights: Nights;
  /** Any that a child can sleep in, unless named. */
  readonly kind?: BedKind;
  /** Beds in this room come first. */
  readonly room?: string;
}

/** Numbers of the beds that may be given for these nights, the best first. Taken ones are among them. */
export function bedsFor(site: Site, { nights, kind, room }: Wanted): number[] {
  if (isShut(site, nights)) return [];
  const kinds = kind === undefined ? anyFitting : fitting[kind];
  const rankOf = (number: number): number => {
    const bed = bedOf(site, number);
    return kinds.indexOf(bed.kind) * 2 + (room !== undefined && bed.room !== room ? 1 : 0);
  };
  return numbersOf(site)
    .filter((number) => kinds.includes(bedOf(site, number).kind) && isThere(bedOf(site, number), nights))
    .sort((one, other) => rankOf(one) - rankOf(other) || one - other);
}

/** Room in which so many of the free beds stand, if there is one: the smallest that does, so that large ones stay whole. */
export function roomFor(site: Site, free: readonly number[], count: number): string | undefined {
  const rooms = new Map<string, number>();
  for (const number of free) {
    const { room } = bedOf(site, number);
    if (room !== undefined) rooms.set(room, (rooms.get(room) ?? 0) + 1);
  }
  const [fit] = [...rooms]
    .filter(([, beds]) => beds >= count)
    .sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
  return fit?.[0];
}

/** Numbers of those that are no room for children. */
export const carerBedsOf = (site: Site): number[] =>
  numbersOf(site).filter((number) => bedOf(site, number).kind === 'carer');

/** How many children the site can take on this night. */
export function capacityOn(site: Site, date: LocalDate): number {
  const night: Nights = { from: date };
  if (isShut(site, night)) return 0;
  const { beds = [], capacity } = site;
  const listed = beds.slice(0, capacity).filter((bed) => bed.kind !== 'carer' && isThere(bed, night));
  return Math.max(0, capacity - beds.length) + listed.length;
}
