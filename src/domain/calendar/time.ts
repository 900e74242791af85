/**
 * Time as values: instants and dates are ISO strings, durations are ISO 8601. No clock is read here.
 * Instants all have the one form of `Date.prototype.toISOString`, so they compare as strings.
 */

/** UTC, milliseconds, `2026-11-22T21:30:00.000Z`. */
export type Instant = string;
/** Calendar date without zone, `2026-11-22`. */
export type LocalDate = string;
/** No date that people mean lies outside of these years. */
export const firstYear = 1900;
export const lastYear = 2199;
/** What has no end; a word, as no year means it. Sorts after every date. */
export const unlimited = 'unlimited';
/** The last day on which something holds: a `LocalDate`, or `unlimited`. */
export type LastDay = string;
/** ISO 8601 duration of non-negative parts, e.g. `P30D`, `PT15M`, `P1M`, `PT1.5S`. */
export type Duration = string;

const durationForm =
  /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

export const isDuration = (text: string): boolean => durationForm.test(text);

/** A duration, or working days in the calendar of whoever owes: `5 working days`. See `working-days.ts`. */
export type Timeframe = string;

/**
 * Adds a duration in UTC; months clamp to the last day of the month, and a sum that leaves the calendar to its last
 * instant: a case of which a duration of 0.1 says nine thousand years must still be read. Throws RangeError on a bad
 * duration.
 */
export function addDuration(at: Instant, duration: Duration): Instant {
  const { months, milliseconds } = partsOf(duration);
  const date = new Date(at);
  if (months > 0) addMonths(date, months);
  const sum = date.getTime() + milliseconds;
  return sum <= lastInstant ? new Date(sum).toISOString() : new Date(lastInstant).toISOString();
}
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

interface DurationParts {
  readonly months: number;
  readonly milliseconds: number;
}
/** A mechanism has a few dozen, and each command reads them again and again. */
const maxKnownDurations = 1_000;
const knownDurations = new Map<Duration, DurationParts>();

function partsOf(duration: Duration): DurationParts {
  const known = knownDurations.get(duration);
  if (known) return known;
  const found = durationForm.exec(duration);
  if (!found) throw new RangeError(`not an ISO 8601 duration: ${duration}`);
  // A part that is not given is undefined.
  const given = found.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = given;
  const parts = {
    months: years * 12 + months,
    milliseconds:
      (weeks * 7 + days) * 86_400_000 + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000),
  };
  if (knownDurations.size < maxKnownDurations) knownDurations.set(duration, parts);
  return parts;
}

function addMonths(date: Date, months: number): void {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
}

/** Milliseconds from one instant to another; negative when `to` is earlier. */
export const millisecondsBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

/** As much earlier as the duration is long when it begins there: a month before March is thirty-one days. */
export const before = (at: Instant, duration: Duration): Instant =>
  new Date(Date.parse(at) - millisecondsBetween(at, addDuration(at, duration))).toISOString();

/** The date in UTC, for examples and measurements. No rule reads it: days belong to places, see `days.ts`. */
export const dateOf = (at: Instant): LocalDate => at.slice(0, 10);

export const earliest = (instants: readonly Instant[]): Instant | undefined =>
  instants.reduce<Instant | undefined>(
    (best, at) => (best === undefined || at < best ? at : best),
    undefined,
  );
