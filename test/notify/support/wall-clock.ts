/** Time as a person with a clock and a calendar on the wall sees it: minute by minute, without any library of ours. */
import fc from 'fast-check';
import { weekdays } from '../../../src/contracts/mechanism/hours';
import type { Weekday } from '../../../src/contracts/mechanism/hours';

export interface WallMinute {
  /** `2026-12-14` */
  readonly date: string;
  /** `08:30` */
  readonly time: string;
  readonly weekday: Weekday;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function minuteAt(at: number, timeZone: string): WallMinute {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'long',
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
    weekday: parts.weekday!.toLowerCase() as Weekday,
  };
}

const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 45, 59))
  .map(([hour, minute]) => `${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}`);
/** Around the nights in which clocks change, and on any other day. */
const nearChange = fc
  .tuple(
    fc.constantFrom('2026-03-29', '2026-10-25', '2027-03-28', '2026-03-08', '2026-11-01', '2026-04-05'),
    fc.integer({ min: -2 * 1440, max: 2 * 1440 }),
  )
  .map(([date, minutes]) => Date.parse(`${date}T00:00:00Z`) + minutes * 60_000);
const anyMinute = fc
  .integer({ min: 0, max: 2 * 365 * 1440 })
  .map((minutes) => Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000);

export const wallClock = {
  minuteAt,

  /** The first instant from `at` on at which it holds; `at` itself, or the start of a minute. At most a month. */
  walk(at: string, timeZone: string, holds: (minute: WallMinute) => boolean): string {
    const start = Date.parse(at);
    if (holds(minuteAt(start, timeZone))) return at;
    for (let minute = Math.floor(start / 60_000) + 1; minute < start / 60_000 + 31 * 1440; minute += 1)
      if (holds(minuteAt(minute * 60_000, timeZone))) return new Date(minute * 60_000).toISOString();
    throw new Error('not within a month');
  },

  cases: fc.record({
    at: fc.oneof(nearChange, anyMinute).map((instant) => new Date(instant).toISOString()),
    timeZone: fc.constantFrom(
      'Asia/Qatar',
      'Europe/Kyiv',
      'Europe/Moscow',
      'Europe/Zurich',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    ),
    weekend: fc.uniqueArray(fc.constantFrom(...weekdays), { maxLength: 4 }),
    holidays: fc.uniqueArray(
      fc.constantFrom('2026-03-29', '2026-03-30', '2026-10-26', '2026-12-20', '2026-11-01'),
      { maxLength: 3 },
    ),
    from: clockTime,
    to: clockTime,
    daysOff: fc.boolean(),
  }),
};
