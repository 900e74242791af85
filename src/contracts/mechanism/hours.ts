/**
 * The parts of a mechanism's file that say when people work and when they may be written to: calendars, quiet hours,
 * digests. Times of day are local to whom they concern.
 */
import { z } from 'zod';
import type { WorkingCalendar } from '../../domain/calendar/working-days';
import { isDuration } from '../../domain/calendar/time';
import { calendarDate, isWithinTwentyYears } from '../dates';
import { zoneOffsetsOf } from '../zone-offsets';

/** In the order of their numbers, 0 to 6. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export type Weekday = (typeof weekdays)[number];

const clockTime = z
  .string()
  // Aborts, so that no check between sections has to reckon with what is no time.
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "must be a time of day such as '08:30'", abort: true })
  .describe("Time of day, local: '08:30'");

/** Minutes of the local day in `08:30`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const calendarShape = z
  .strictObject({
    weekend: z.array(z.enum(weekdays)).max(7),
    workingHours: z.strictObject({ from: clockTime, to: clockTime }),
    holidays: z.array(calendarDate).max(1000).default([]),
    /** Days of a weekend that are worked, as where a government moves a day. */
    workingDays: z.array(calendarDate).max(1000).default([]),
  })
  .describe('Working days of the party; without it every day is one');
export type CalendarFile = z.infer<typeof calendarShape>;
/** Most governments move no day. */
type WorkedCalendar = Omit<CalendarFile, 'workingDays'> & Partial<Pick<CalendarFile, 'workingDays'>>;

export const quietHoursShape = z
  .union([
    z.literal('none'),
    z.strictObject({
      from: clockTime,
      to: clockTime,
      /** Days off are quiet too. */
      daysOff: z.boolean().default(true),
    }),
  ])
  .describe('When no mail goes but that of safety; none: it always may');
/** Local to the official. `from` may lie after `to`: then they span midnight. */
export type QuietHours = z.infer<typeof quietHoursShape>;

export const digestShape = z
  .union([
    z.literal('at-once'),
    z.strictObject({ every: z.literal('day'), at: clockTime }),
    z.strictObject({ every: z.literal('week'), on: z.enum(weekdays), at: clockTime }),
    z.strictObject({
      every: z
        .string()
        .refine(isDuration, {
          error: 'must be day, week or an ISO 8601 duration such as PT2S',
          abort: true,
        })
        .refine(isWithinTwentyYears, { error: 'must not be longer than twenty years', abort: true }),
    }),
  ])
  .describe('When an official is written to: at-once, daily, weekly, or every so often in a rehearsal');
export type DigestTimes = z.infer<typeof digestShape>;

/** Of a calendar date, wherever one is. */
export const weekdayOfDate = (date: string): Weekday =>
  weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sunday';

/** Days since 1970-01-01, ascending, each once. */
const dayNumbers = (dates: readonly string[]): number[] =>
  [...new Set(dates.map((date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000))].sort((a, b) => a - b);

/** The calendar as the rules count with it: sorted, each day once, the offsets of the zone with it. */
export const workingCalendarOf = (
  { weekend, workingHours, holidays, workingDays = [] }: WorkedCalendar,
  timeZone: string,
): WorkingCalendar => ({
  weekend: [...new Set(weekend.map((day) => weekdays.indexOf(day)))].sort((a, b) => a - b),
  opens: minutesOf(workingHours.from),
  closes: minutesOf(workingHours.to),
  holidays: dayNumbers(holidays),
  ...(workingDays.length > 0 && { workingDays: dayNumbers(workingDays) }),
  offsets: zoneOffsetsOf(timeZone),
});
