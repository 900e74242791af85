/**
 * Coming of age, judged at an instant by the birth date of the dossier. The record notes milestones on the way there
 * (`MajorityNoted`), for ladders and letters; whatever decides over a person does not wait until it has.
 */
import type { ReturnCase } from '../model/case';
import { majorityMilestones } from '../model/commands';
import type { MajorityMilestone } from '../model/commands';
import { beginOf, dateIn } from './days';
import type { MechanismRules } from '../model/mechanism';
import type { Instant, LocalDate } from '../calendar/time';

const adultAt = 18;

/** The 18th birthday; of 29 February the day before 1 March, as consent asked for too early harms nobody. */
export function comesOfAgeOn(birthDate: LocalDate): LocalDate {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year + adultAt, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + adultAt, month - 1, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** Whole days until the birthday at `now`, on the calendar on which it comes first; 0 from that day on. */
export function daysToMajority(
  ofAgeOn: LocalDate,
  now: Instant,
  on: { readonly state: ReturnCase; readonly rules: MechanismRules },
): number {
  const today = dateIn('birthday', now, on);
  return Math.max(0, (Date.parse(ofAgeOn) - Date.parse(today)) / 86_400_000);
}

/** The nearest milestone that so many days have reached; undefined while none is near. */
export const milestoneOf = (daysLeft: number): MajorityMilestone | undefined =>
  majorityMilestones.filter((milestone) => milestone >= daysLeft).at(-1);

/** The case as whoever decides on it at `now` must see it: of age from the first instant of the birthday on. */
export function asOfAge(
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
  ofAgeOn: LocalDate | undefined,
): ReturnCase {
  if (ofAgeOn === undefined || state.majority?.daysLeft === 0) return state;
  const at = beginOf('birthday', ofAgeOn, { state, rules });
  return at > now ? state : { ...state, majority: { ...state.majority, daysLeft: 0, at } };
}
