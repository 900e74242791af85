/** What clocks show where a reader is, and which of their days are worked. Calendars are data; no clock is read. */
import { Temporal } from 'temporal-polyfill';
import { weekdays } from '../../contracts/mechanism/hours';
import type { CalendarFile, Weekday } from '../../contracts/mechanism/hours';

/** A party's days off, as its mechanism file has them. */
export type DaysOff = Pick<CalendarFile, 'weekend' | 'holidays'> & Partial<Pick<CalendarFile, 'workingDays'>>;
export const noDaysOff: DaysOff = { weekend: [], holidays: [] };

export const zonedAt = (instant: string, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);

/** In the one form of instants in Homeward. */
export const instantOf = (at: Temporal.ZonedDateTime): string => new Date(at.epochMilliseconds).toISOString();

/** Temporal counts Monday 1 to Sunday 7. */
export const weekdayOf = (date: Temporal.PlainDate): Weekday => weekdays[date.dayOfWeek % 7] ?? 'sunday';

export const isDayOff = (
  date: Temporal.PlainDate,
  { weekend, holidays, workingDays = [] }: DaysOff,
): boolean =>
  !workingDays.includes(date.toString()) &&
  (weekend.includes(weekdayOf(date)) || holidays.includes(date.toString()));

/**
 * The first instant of a day at which clocks show this time or later: the first of two where they show it twice,
 * the moment they jump where they leave it out.
 */
export function firstInstantAt(
  date: Temporal.PlainDate,
  time: string | Temporal.PlainTime,
  timeZone: string,
): Temporal.ZonedDateTime {
  const plainTime = Temporal.PlainTime.from(time);
  const found = date.toZonedDateTime({ timeZone, plainTime });
  if (found.toPlainTime().equals(plainTime)) return found;
  // Where it is the first minute that they leave out, what was found is the jump itself, which is not before itself.
  return found.add({ milliseconds: 1 }).getTimeZoneTransition('previous') ?? found;
}
