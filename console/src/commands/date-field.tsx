/**
 * A day that cannot be read the other way round: the browser’s own date input shows 03/04 in the order of the
 * browser, not of the page. Days that are likely are offered first; else day, month by its name, year.
 */
import { useRef } from 'react';
import type { Typed } from '../session/draft';
import { dateFormat, relativeFormat } from '../words/formats';
import { inNumber, useWords } from '../words/use-words';
import { plainDigits } from './clean-text';

interface DateFieldProps {
  readonly name: string;
  readonly label: string;
  readonly today: string;
  readonly required: boolean;
  /** Days from today. */
  readonly suggest: readonly number[];
  readonly before: (input: string) => string | undefined;
  readonly fault?: string;
  /** Asks for the time of day too. */
  readonly withTime?: boolean;
}
const parts = ['day', 'month', 'year'] as const;
const plus = (date: string, days: number): Date => new Date(Date.parse(date) + days * 86_400_000);

export function DateField(props: DateFieldProps) {
  const { name, label, today, required, suggest, before, fault, withTime = false } = props;
  const { locale, form } = useWords();
  const box = useRef<HTMLFieldSetElement>(null);
  const whole = dateFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const set = (date: Date) => {
    const values = { day: date.getUTCDate(), month: date.getUTCMonth() + 1, year: date.getUTCFullYear() };
    for (const part of parts) {
      const input = box.current?.querySelector<HTMLInputElement>(`[name="${name}.${part}"]`);
      if (input) input.value = String(values[part]);
    }
    box.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const described = fault === undefined ? {} : { 'aria-describedby': `${name}-fault`, 'aria-invalid': true };
  return (
    <fieldset className="field" ref={box} onInputCapture={foldDigits} {...described}>
      <legend>
        {label} {!required && <small>({form.optional})</small>}
      </legend>
      {suggest.length > 0 && (
        <div className="row">
          {suggest.map((days) => (
            <button key={days} type="button" className="act day" onClick={() => set(plus(today, days))}>
              {days === 0 ? relativeFormat(locale).format(0, 'day') : inNumber(form.inDays, days, locale)}
              <small>{whole.format(plus(today, days))}</small>
            </button>
          ))}
        </div>
      )}
      <div className="row date">
        <label>
          {form.day}
          <input
            name={`${name}.day`}
            inputMode="numeric"
            pattern="[0-9]{1,2}"
            size={3}
            required={required}
            defaultValue={before(`${name}.day`)}
          />
        </label>
        <label>
          {form.month}
          <MonthSelect name={`${name}.month`} required={required} before={before} />
        </label>
        <label>
          {form.year}
          <input
            name={`${name}.year`}
            inputMode="numeric"
            pattern="[0-9]{4}"
            size={5}
            required={required}
            defaultValue={before(`${name}.year`) ?? (required ? today.slice(0, 4) : undefined)}
          />
        </label>
        {withTime && (
          <label>
            {form.time}
            <input
              name={`${name}.time`}
              inputMode="numeric"
              pattern="([01]?[0-9]|2[0-3]):[0-5][0-9]"
              size={6}
              placeholder="14:00"
              required={required}
              defaultValue={before(`${name}.time`)}
            />
          </label>
        )}
      </div>
      {fault !== undefined && (
        <p id={`${name}-fault`} className="state" data-is="safety">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
/** While it is typed, so that whoever typed it sees what will be read. */
function foldDigits({ target }: { readonly target: EventTarget }): void {
  if (target instanceof HTMLInputElement && plainDigits(target.value) !== target.value)
    target.value = plainDigits(target.value);
}
function MonthSelect({
  name,
  required,
  before,
}: {
  readonly name: string;
  readonly required: boolean;
  readonly before: (input: string) => string | undefined;
}) {
  const { locale } = useWords();
  const monthName = dateFormat(locale, { month: 'long', timeZone: 'UTC' });
  return (
    <select name={name} required={required} defaultValue={before(name) ?? ''}>
      <option value="" />
      {Array.from({ length: 12 }, (_, month) => (
        <option key={month} value={month + 1}>
          {monthName.format(Date.UTC(2026, month, 1))}
        </option>
      ))}
    </select>
  );
}

/** The parts as one ISO day; undefined when nothing was written. A day that does not exist stays as it was typed. */
export function readDay(typed: Typed, name: string): string | undefined {
  const [day = '', month = '', year = ''] = parts.map((part) => typed[`${name}.${part}`]?.[0]?.trim());
  if (day === '' && month === '') return undefined;
  return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
/** The parts as an instant, read in the reader’s own time zone. Nine in the morning where no time is asked. */
export function readInstant(typed: Typed, name: string): string | undefined {
  const day = readDay(typed, name);
  if (day === undefined) return undefined;
  const time = typed[`${name}.time`]?.[0]?.trim() || '09:00';
  const at = new Date(`${day}T${time.padStart(5, '0')}:00`);
  // A browser makes 1 May of 31 April; what does not exist stays as it was typed, for the API to refuse.
  const isThatDay = at.getDate() === Number(day.slice(-2));
  return isThatDay ? at.toISOString() : `${day}T${time}`;
}
