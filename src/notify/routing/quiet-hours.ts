/** Quiet hours: when a letter that is not about safety waits, and until when. */
import { Temporal } from 'temporal-polyfill';
import type { QuietHours } from '../../contracts/mechanism/hours';
import { instantOf, isDayOff, noDaysOff, zonedAt } from './local-time';
import type { DaysOff } from './local-time';

export interface QuietTimes {
  readonly quietHours: QuietHours;
  readonly timeZone: string;
  readonly daysOff: DaysOff;
}

/** A year of days off is a mistake in the calendar; a letter goes then rather than never. */
const maxSteps = 2_000;

/** The first instant from `at` on that is not quiet; `at` itself when it is not. */
export function endOfQuiet(at: string, { quietHours, timeZone, daysOff }: QuietTimes): string {
  if (quietHours === 'none') return at;
  const off = quietHours.daysOff ? daysOff : noDaysOff;
  let moment = zonedAt(at, timeZone);
  for (let steps = 0; isQuiet(moment, quietHours, off); steps += 1) {
    if (steps === maxSteps) return at;
    moment = nextChange(moment, quietHours.to);
  }
  return instantOf(moment);
}

function isQuiet(
  moment: Temporal.ZonedDateTime,
  { from, to }: Exclude<QuietHours, 'none'>,
  off: DaysOff,
): boolean {
  if (isDayOff(moment.toPlainDate(), off)) return true;
  const time = moment.toPlainTime();
  const isFrom = Temporal.PlainTime.compare(time, Temporal.PlainTime.from(from)) >= 0;
  const isBefore = Temporal.PlainTime.compare(time, Temporal.PlainTime.from(to)) < 0;
  const spansNight = Temporal.PlainTime.compare(from, to) > 0;
  return spansNight ? isFrom || isBefore : isFrom && isBefore;
}

/** The next instant at which quiet may end: a new day, the hour itself (twice when clocks go back), or a jump. */
function nextChange(moment: Temporal.ZonedDateTime, to: string): Temporal.ZonedDateTime {
  const hour = moment.toPlainDate().toPlainDateTime(Temporal.PlainTime.from(to));
  const candidates = [
    moment.add({ days: 1 }).startOfDay(),
    hour.toZonedDateTime(moment.timeZoneId, { disambiguation: 'earlier' }),
    hour.toZonedDateTime(moment.timeZoneId, { disambiguation: 'later' }),
    moment.getTimeZoneTransition('next'),
  ];
  return candidates
    .filter((candidate) => candidate !== null)
    .filter((candidate) => candidate.epochMilliseconds > moment.epochMilliseconds)
    .reduce((first, next) => (next.epochMilliseconds < first.epochMilliseconds ? next : first));
}
