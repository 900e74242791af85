/**
 * Days belong to places. A calendar date says no instant until somebody says on whose calendar it is read; the table
 * says so for every date the rules know, and the functions below are the only ones that make an instant of a date or
 * a date of an instant. docs/decisions/days-belong-to-places.md.
 */
import type { ReturnCase } from '../model/case';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { PartyId, PlaceId } from '../model/ids';
import { lastYear, unlimited } from '../calendar/time';
import type { Instant, LastDay, LocalDate } from '../calendar/time';
import { partiesOf } from './visibility';
import { instantOfLocal, localDayOf } from '../calendar/working-days';

/**
 * Whose calendar: of everybody the case concerns and every place its plan names, the one on which the day turns first
 * (so nothing that protects a child lasts longer, or comes later, than on the strictest of them); of where the child
 * is; of one party.
 */
type Whose = 'first-of-all' | 'whereabouts' | 'own';

export const readings = {
  /** Last day of attested evidence, travel documents, a clearance: over as soon as it is over for anybody. */
  validUntil: 'first-of-all',
  /** Last day on which the child may depart: the agreement of all ends with the first of them. */
  windowTo: 'first-of-all',
  /** First day on which the child may depart: when that day begins where the child is. */
  windowFrom: 'whereabouts',
  /** The 18th birthday: nobody decides over one who is of age anywhere. */
  birthday: 'first-of-all',
  /** "Today" of the checks: what ends or begins today anywhere does so for them. */
  checked: 'first-of-all',
  /** The date on a paper of the past: in the future only while it is so for everybody. */
  dated: 'first-of-all',
  /** The day on which a party said something. */
  said: 'own',
  /** By when a party means to look again at its hold, or at a stalled case. */
  reviewBy: 'own',
} as const satisfies Record<string, Whose>;
export type Reading = keyof typeof readings;

export interface Calendars {
  readonly state: ReturnCase;
  readonly rules: MechanismRules;
  /** Whose own calendar; needed for the readings `own`. */
  readonly party?: PartyId;
}

/** The first instant of this day. */
export const beginOf = (reading: Reading, date: LocalDate, calendars: Calendars): Instant =>
  first(zonesOf(reading, calendars).map((offsets) => instantOfLocal(dayOf(date), 0, { offsets })));

/** The first instant after this day; undefined for what has no end, and for what 0.2 took for a date and is none. */
export function endOf(reading: Reading, date: LastDay, calendars: Calendars): Instant | undefined {
  if (date === unlimited || date > `${lastYear}-12-31` || Number.isNaN(dayOf(date))) return undefined;
  return first(zonesOf(reading, calendars).map((offsets) => instantOfLocal(dayOf(date) + 1, 0, { offsets })));
}

/** Whether the day is over at `at`. */
export function isOver(reading: Reading, date: LastDay | undefined, at: Instant, on: Calendars): boolean {
  const ends = date === undefined ? undefined : endOf(reading, date, on);
  return ends !== undefined && ends <= at;
}

/** The calendar day it is at `at`: of several calendars the latest day. */
export const dateIn = (reading: Reading, at: Instant, calendars: Calendars): LocalDate =>
  zonesOf(reading, calendars)
    .map((offsets) => dateOfDay(localDayOf(at, { offsets })))
    .reduce((latest, date) => (date > latest ? date : latest));

/** The day it is by the clocks of this zone; of none, in UTC. */
export const dayAt = (at: Instant, zone: string | undefined, { zones }: MechanismRules): LocalDate =>
  dateOfDay(localDayOf(at, { offsets: zones?.[zone ?? ''] ?? [] }));

/** The first instant of this day by the clocks of this zone; or so many minutes of its clocks later. */
export const dayBegins = (
  date: LocalDate,
  zone: string | undefined,
  { zones }: MechanismRules,
  minute = 0,
): Instant => instantOfLocal(dayOf(date), minute, { offsets: zones?.[zone ?? ''] ?? [] });

/** The day so many days after this one. */
export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDay(dayOf(date) + days);

const dayOf = (date: LocalDate): number => Date.parse(date) / 86_400_000;
const dateOfDay = (day: number): LocalDate => new Date(day * 86_400_000).toISOString().slice(0, 10);
const first = (instants: readonly Instant[]): Instant =>
  instants.reduce((best, at) => (at < best ? at : best));

type Offsets = readonly number[];
/** Rules of 0.2 and before, which running processes still carry, know no zones: to them every day is a UTC day. */
const utc: readonly [Offsets] = [[]];

function zonesOf(reading: Reading, { state, rules, party }: Calendars): readonly Offsets[] {
  const { zones } = rules;
  if (!zones) return utc;
  const of: Record<Whose, () => readonly (string | undefined)[]> = {
    'first-of-all': () => [
      ...partiesOf(state, rules).map((id) => zoneOfParty(id, rules)),
      ...placesOf(state).map((place) => rules.placeZones?.[place]),
      zoneOfSite(state, rules),
    ],
    whereabouts: () => [zoneOfSite(state, rules) ?? zoneOfParty(state.holdingParty, rules)],
    own: () => [party === undefined ? undefined : zoneOfParty(party, rules)],
  };
  const names = new Set(of[readings[reading]]());
  const found = [...names].flatMap((name) => (name === undefined ? [] : [zones[name] ?? []]));
  return found.length > 0 ? found : utc;
}

const zoneOfParty = (id: PartyId, rules: MechanismRules): string | undefined =>
  findParty(rules, id)?.timeZone;

/** Of the site where the child is, or from which it is to set out; a site without a zone of its own has its host's. */
function zoneOfSite({ stay, plan }: ReturnCase, rules: MechanismRules): string | undefined {
  const id = stay?.status === 'occupied' ? stay.site : (plan?.site ?? undefined);
  const site = rules.sites.find((one) => one.id === id);
  return site && (site.timeZone ?? zoneOfParty(site.party, rules));
}

const placesOf = ({ plan, legs }: ReturnCase): PlaceId[] => [
  ...(plan ? [plan.handoverPlace] : []),
  ...legs.flatMap(({ from, to }) => [from, to]),
];
