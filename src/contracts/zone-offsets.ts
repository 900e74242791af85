/**
 * A time zone as numbers: which offset holds from when. Asked once per zone of the time-zone library, so that the
 * rules count with plain numbers, and a replay with those of its day.
 */
import { Temporal } from 'temporal-polyfill';

/** Before and after, the first and the last offset hold; zones change their rules long before. */
const from = Temporal.Instant.from('2020-01-01T00:00:00Z');
const to = Temporal.Instant.from('2051-01-01T00:00:00Z');

const known = new Map<string, readonly number[]>();

/** Pairs of seconds since 1970 and minutes east of UTC, ascending. Throws RangeError on an unknown zone. */
export function zoneOffsetsOf(timeZone: string): readonly number[] {
  const found = known.get(timeZone);
  if (found) return found;
  const pairs: number[] = [];
  let at: Temporal.ZonedDateTime | null = from.toZonedDateTimeISO(timeZone);
  for (; at && Temporal.Instant.compare(at.toInstant(), to) < 0; at = at.getTimeZoneTransition('next'))
    pairs.push(at.epochMilliseconds / 1000, at.offsetNanoseconds / 60_000_000_000);
  known.set(timeZone, pairs);
  return pairs;
}
