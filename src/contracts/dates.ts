/**
 * Calendar dates, instants and durations as every door takes them: real ones, in years that somebody can mean. What
 * has no end says so in a word; a year such as 9999 would leave the calendar in the next sum.
 */
import { z } from 'zod';
import { telling } from './field-errors';
import { addDuration, firstYear, isDuration, lastYear, unlimited } from '../domain/calendar/time';

const outOfYears = telling('out-of-years', { from: firstYear, to: lastYear });
const years = `must lie between the years ${firstYear} and ${lastYear}`;
const isSane = (date: string): boolean => date >= `${firstYear}` && date < `${lastYear + 1}`;

/** A calendar date that exists, from 1900 to 2199. On whose calendar it is read: `domain/facts/days.ts`. */
export const calendarDate = z.iso.date().refine(isSane, { error: years, ...outOfYears });

/** The last day on which something holds, or `unlimited` for what has no end. */
export const lastDay = z
  .union([calendarDate, z.literal(unlimited)], {
    error: `must be a calendar date such as 2026-11-27 that lies between the years ${firstYear} and ${lastYear}, or ${unlimited}`,
  })
  .meta({ description: 'Last day of validity, or unlimited for what has no end', example: '2026-11-27' });

/** Any ISO instant with its offset; travels in the one form the rules compare. */
export const givenInstant = z.iso
  .datetime({ offset: true, abort: true })
  // Aborts, so that what is no instant is not brought into the form of one.
  .refine((given) => isSaneInstant(Date.parse(given)), { error: years, abort: true, ...outOfYears })
  .transform((given) => new Date(given).toISOString());

const earliest = Date.UTC(firstYear, 0, 1);
const end = Date.UTC(lastYear + 1, 0, 1);
const isSaneInstant = (at: number): boolean => at >= earliest && at < end;

/** Longer ones are typing errors, and the longest leave the calendar. */
export function isWithinTwentyYears(duration: string): boolean {
  try {
    return addDuration('2000-01-01T00:00:00.000Z', duration) <= '2020-01-01T00:00:00.000Z';
  } catch {
    return false;
  }
}

/** A duration that somebody can mean. */
export const givenDuration = z
  .string()
  .max(40)
  .refine(isDuration, {
    error: 'must be an ISO 8601 duration such as PT4H',
    abort: true,
    ...telling('invalid-format', { form: 'duration' }),
  })
  .refine(isWithinTwentyYears, {
    error: 'must not be longer than twenty years',
    ...telling('too-big', { atMost: 'P20Y' }),
  });
