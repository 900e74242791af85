/**
 * Moves an example's dates, so that it reads on any day as it did on the day it was written: a child reported as
 * two years old is two, a paper with five days left has five days left. docs/decisions/mechanism-examples-age.md.
 */
import type { LocalDate } from '../domain/calendar/time';

const dateForm = /^\d{4}-\d{2}-\d{2}$/;
const day = 86_400_000;

/** A copy of plain JSON with every calendar date, and every date in a passport's MRZ, moved from `asOf` to `today`. */
export function datedAsOf<Value>(value: Value, asOf: LocalDate, today: LocalDate): Value {
  const days = Math.round((Date.parse(today) - Date.parse(asOf)) / day);
  const moved = (entry: unknown, key: string): unknown => {
    if (typeof entry === 'string') return dateForm.test(entry) ? addDays(entry, days) : entry;
    if (Array.isArray(entry)) {
      if (key === 'mrz') return movedMrz(entry as string[], days, asOf);
      return entry.map((element) => moved(element, key));
    }
    if (typeof entry !== 'object' || entry === null) return entry;
    return Object.fromEntries(Object.entries(entry).map(([name, inner]) => [name, moved(inner, name)]));
  };
  return moved(value, '') as Value;
}

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);

/** Passports only (TD3, ICAO 9303-4): birth date at 13, expiry at 21, each with its check digit, and the last one. */
function movedMrz(lines: readonly string[], days: number, asOf: LocalDate): string[] {
  const [names, data] = lines;
  if (names?.length !== 44 || data?.length !== 44 || lines.length !== 2)
    throw new RangeError('examples may only hold the MRZ of a passport');
  const century = (twoDigits: string, latest: string): string =>
    twoDigits > latest ? `19${twoDigits}` : `20${twoDigits}`;
  const move = (at: number, latestYear: string): string => {
    const digits = data.slice(at, at + 6);
    const year = century(digits.slice(0, 2), latestYear);
    const moved = addDays(`${year}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`, days);
    const compact = moved.slice(2).replaceAll('-', '');
    return compact + checkDigitOf(compact);
  };
  const body =
    data.slice(0, 13) + move(13, asOf.slice(2, 4)) + data.slice(20, 21) + move(21, '99') + data.slice(28, 43);
  const composite = checkDigitOf(body.slice(0, 10) + body.slice(13, 20) + body.slice(21, 43));
  return [names, body + composite];
}

/** ICAO 9303-3, 4.9: weights 7, 3, 1; A to Z count 10 to 35, `<` nothing. */
export function checkDigitOf(text: string): string {
  const weights = [7, 3, 1] as const;
  const sum = Array.from(text).reduce(
    (total, character, at) =>
      total + (character === '<' ? 0 : parseInt(character, 36)) * (weights[at % 3] as number),
    0,
  );
  return String(sum % 10);
}
