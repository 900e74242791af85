/**
 * Working days: a party's calendar as plain numbers, and timeframes counted in it. The offsets of its time zone are
 * part of the calendar, so no library and no clock of the machine has a say, and a replay counts as its day did.
 */
import { addDuration, isDuration } from './time';
import type { Instant, Timeframe } from './time';

export interface WorkingCalendar {
  /** Days of the week without work, 0 Sunday to 6 Saturday; never all seven. */
  readonly weekend: readonly number[];
  /** Working hours, in minutes of the local day; `opens` lies before `closes`. */
  readonly opens: number;
  readonly closes: number;
  /** Days since 1970-01-01, ascending. */
  readonly holidays: readonly number[];
  /** Days of a weekend that are worked, the same way; absent where none is. */
  readonly workingDays?: readonly number[];
  /** Pairs, ascending: seconds since 1970 from which it holds, and minutes east of UTC. */
  readonly offsets: readonly number[];
}

/** A time zone, as far as the rules need it. */
type Clocks = Pick<WorkingCalendar, 'offsets'>;

const workingDaysForm = /^([1-9]\d{0,2}) working days?$/;

/** The number of working days in `5 working days`; undefined for a duration. */
export const findWorkingDays = (timeframe: Timeframe): number | undefined => {
  const count = workingDaysForm.exec(timeframe)?.[1];
  return count === undefined ? undefined : Number(count);
};

export const isTimeframe = (text: string): boolean => isDuration(text) || workingDaysForm.test(text);

/**
 * The instant at which a timeframe is up: for working days the end of working hours of the last of them, the day
 * of `at` not counted. Without a calendar every day is a working day and a day is 24 hours. Throws RangeError.
 */
export function addTimeframe(at: Instant, timeframe: Timeframe, calendar?: WorkingCalendar): Instant {
  const days = findWorkingDays(timeframe);
  if (days === undefined) return addDuration(at, timeframe);
  return calendar ? addWorkingDays(at, days, calendar) : addDuration(at, `P${days}D`);
}

/** As `addTimeframe`, for a number of working days. */
export function addWorkingDays(at: Instant, days: number, calendar: WorkingCalendar): Instant {
  let day = localDayOf(at, calendar);
  for (let left = days; left > 0;) {
    day += 1;
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return instantOfLocal(day, calendar.closes, calendar);
}

/** `day` counts from 1970-01-01, which was a Thursday. */
export const isWorkingDay = (day: number, { weekend, holidays, workingDays }: WorkingCalendar): boolean =>
  workingDays?.includes(day) === true ||
  (!weekend.includes((((day + 4) % 7) + 7) % 7) && !holidays.includes(day));

const secondsOf = (at: Instant): number => Date.parse(at) / 1000;

/** The calendar day on which the party's clocks stand, in days since 1970-01-01. */
export const localDayOf = (at: Instant, calendar: Clocks): number =>
  Math.floor((secondsOf(at) + offsetAt(secondsOf(at), calendar) * 60) / 86_400);

/** Minutes east of UTC; before the first pair, the first pair's. */
function offsetAt(seconds: number, { offsets }: Clocks): number {
  let offset = offsets[1] ?? 0;
  for (let pair = 0; (offsets[pair] ?? Infinity) <= seconds; pair += 2) offset = offsets[pair + 1] ?? offset;
  return offset;
}

/**
 * The instant at which the party's clocks show this minute of this day: the first, where they show it twice; where
 * they leave it out, as much later as they jump.
 */
export function instantOfLocal(day: number, minute: number, calendar: Clocks): Instant {
  const local = day * 86_400 + minute * 60;
  // No clock is more than a day from UTC, and none is changed twice in two days.
  const before = offsetAt(local - 86_400, calendar);
  const after = offsetAt(local + 86_400, calendar);
  const early = local - before * 60;
  const late = local - after * 60;
  const isShown = (seconds: number, offset: number): boolean => offsetAt(seconds, calendar) === offset;
  const seconds = isShown(early, before) || !isShown(late, after) ? early : late;
  return new Date(seconds * 1000).toISOString();
}
