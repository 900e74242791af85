/** The hour of a digest: when an official hears what waits for them. */
import { Temporal } from 'temporal-polyfill';
import type { DigestTimes } from '../../contracts/mechanism/hours';
import { firstInstantAt, instantOf, isDayOff, weekdayOf, zonedAt } from './local-time';
import type { DaysOff } from './local-time';

export interface SlotCalendar {
  readonly timeZone: string;
  readonly daysOff: DaysOff;
}

/** Two years without a working day are a mistake in the calendar; then the hour itself counts. */
const maxDays = 750;

/** The first slot after `after`, never `after` itself. Weekly digests whose day is off go the next working day. */
export function nextDigestSlot(
  after: string,
  times: Exclude<DigestTimes, 'at-once'>,
  calendar: SlotCalendar,
): string {
  if (!('at' in times)) return nextMultiple(after, times.every);
  const start = zonedAt(after, calendar.timeZone);
  let fallback: string | undefined;
  // A week back: the day of a weekly digest may have been off, and its working day is still to come.
  let date = start.toPlainDate().subtract({ days: 'on' in times ? 14 : 1 });
  let isOwed = false;
  for (let days = 0; days < maxDays; days += 1, date = date.add({ days: 1 })) {
    if (!('on' in times) || weekdayOf(date) === times.on) isOwed = true;
    if (!isOwed) continue;
    const slot = firstInstantAt(date, times.at, calendar.timeZone);
    const isAhead = slot.epochMilliseconds > start.epochMilliseconds;
    if (isAhead) fallback ??= instantOf(slot);
    if (isDayOff(date, calendar.daysOff)) continue;
    isOwed = false;
    if (isAhead) return instantOf(slot);
  }
  return fallback ?? after;
}

function nextMultiple(after: string, every: string): string {
  const period = Math.max(
    Temporal.Duration.from(every).total({ unit: 'milliseconds', relativeTo: '1970-01-01' }),
    1,
  );
  return new Date((Math.floor(Date.parse(after) / period) + 1) * period).toISOString();
}
