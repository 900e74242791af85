/** Instants and days as the reader writes them. Days are days: they have no time zone. */
import { dateFormat, relativeFormat } from '../words/formats';
import { useWords } from '../words/use-words';
import { now as readClock } from './clock';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export function relativeText(at: string, locale: string, now = readClock()): string {
  const distance = Date.parse(at) - now;
  const [unit, size] = units.find(([, ms]) => Math.abs(distance) >= ms) ?? units[2];
  return relativeFormat(locale).format(Math.round(distance / size), unit);
}
export function instantText(at: string, locale: string): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(readClock()).getFullYear();
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(date);
}
export const dayText = (day: string, locale: string, month: 'short' | 'long' = 'long'): string =>
  dateFormat(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

export function When({ at, relative = false }: { readonly at: string; readonly relative?: boolean }) {
  const { locale } = useWords();
  return (
    <time dateTime={at} title={relative ? instantText(at, locale) : undefined}>
      {relative ? relativeText(at, locale) : instantText(at, locale)}
    </time>
  );
}
/** A day of a calendar, `2026-12-04`, or `unlimited`. */
export function Day({ day, short = false }: { readonly day: string; readonly short?: boolean }) {
  const { locale } = useWords();
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return <>∞</>;
  return <time dateTime={day}>{dayText(day, locale, short ? 'short' : 'long')}</time>;
}
/** From one day to another. */
export function Days({ from, to }: { readonly from: string; readonly to: string }) {
  const { locale } = useWords();
  const format = dateFormat(locale, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  });
  return <span>{format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))}</span>;
}
