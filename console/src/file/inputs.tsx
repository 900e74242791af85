/** The inputs of a dossier, each bound to its place in it. */
import type { ReactNode } from 'react';
import type { ListName } from '#words/vocabulary';
import { Fault } from '../commands/fault';
import { plainDigits } from '../commands/clean-text';
import { faultText } from '../commands/faults';
import { Count, useMost } from '../parts/most';
import { dateFormat } from '../words/formats';
import { useWords } from '../words/use-words';
import { at, useEditing } from './editing';
import type { Json, Path } from './editing';

const nameOf = (path: Path): string => path.join('-');
function usePlace(path: Path) {
  const words = useWords();
  const { value, set, problem, prefix } = useEditing();
  const pointer = `${prefix}${path.map((step) => `/${step}`).join('')}`.slice(1);
  return {
    now: at(value, path),
    set: (next: Json) => set(path, next),
    fault: faultText(words, problem, pointer),
  };
}

interface InputProps {
  readonly path: Path;
  readonly label: string;
  readonly optional?: boolean;
}
const Label = ({ path, label, optional = false }: InputProps) => {
  const { form } = useWords();
  return (
    <label htmlFor={nameOf(path)}>
      {label} {optional && <small>({form.optional})</small>}
    </label>
  );
};

export function TextInput({
  rows,
  most = 100,
  ...props
}: InputProps & { readonly rows?: number; readonly most?: number }) {
  const { path, optional = false } = props;
  const { now, set, fault } = usePlace(path);
  const text = typeof now === 'string' ? now : '';
  const limit = useMost(most);
  const shared = {
    id: nameOf(path),
    dir: 'auto',
    ref: limit,
    required: !optional,
    value: text,
    'aria-invalid': fault !== undefined || text.length > most,
    'aria-describedby': fault === undefined ? undefined : `${nameOf(path)}-fault`,
  } as const;
  return (
    <div className="field">
      <Label {...props} />
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(event) => set(event.target.value)} />
      ) : (
        <input {...shared} autoComplete="off" onChange={(event) => set(event.target.value)} />
      )}
      <Count length={text.length} most={most} />
      <Fault name={nameOf(path)} fault={fault} />
    </div>
  );
}

export function ListInput({
  list,
  options,
  ...props
}: InputProps & { readonly list: ListName; readonly options: readonly string[] }) {
  const words = useWords();
  const said = words.values[list] as Readonly<Record<string, string>>;
  return (
    <SelectInput {...props} options={options.map((value) => ({ value, label: said[value] ?? value }))} />
  );
}
export function SelectInput({
  options,
  ...props
}: InputProps & { readonly options: readonly { readonly value: string; readonly label: string }[] }) {
  const { path, optional = false } = props;
  const { now, set, fault } = usePlace(path);
  return (
    <div className="field">
      <Label {...props} />
      <select
        id={nameOf(path)}
        required={!optional}
        value={typeof now === 'string' ? now : ''}
        onChange={(event) => set(event.target.value || undefined)}
      >
        <option value="" />
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Fault name={nameOf(path)} fault={fault} />
    </div>
  );
}

export function CheckInput({ path, label }: InputProps) {
  const { now, set } = usePlace(path);
  return (
    <label className="flag">
      <input type="checkbox" checked={now === true} onChange={(event) => set(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Several of a list, as boxes to tick. */
export function ManyInput({
  path,
  label,
  options,
}: InputProps & { readonly options: readonly { readonly value: string; readonly label: string }[] }) {
  const { form } = useWords();
  const { now, set, fault } = usePlace(path);
  const chosen = (Array.isArray(now) ? now : []) as readonly string[];
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      {options.length === 0 && <p className="note">{form.nothingToChoose}</p>}
      <div className="row">
        {options.map(({ value, label: text }) => (
          <label key={value} className="flag">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) =>
                set(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            <span>
              <bdi>{text}</bdi>
            </span>
          </label>
        ))}
      </div>
      <Fault name={nameOf(path)} fault={fault} />
    </fieldset>
  );
}

/** Day, month by its name, year: a date that can’t be read the other way round. */
export function DayInput(props: InputProps) {
  const { form, locale } = useWords();
  const { path, label, optional = false } = props;
  const { now, set, fault } = usePlace(path);
  const [year = '', month = '', day = ''] = typeof now === 'string' ? now.split('-') : [];
  const write = (next: { day?: string; month?: string; year?: string }) => {
    const parts = { day, month, year, ...next };
    const isEmpty = parts.day === '' && parts.month === '' && parts.year === '';
    set(isEmpty ? undefined : `${parts.year}-${parts.month}-${parts.day}`);
  };
  const monthName = dateFormat(locale, { month: 'long', timeZone: 'UTC' });
  const two = (text: string): string => (text.length === 1 ? `0${text}` : text);
  return (
    <fieldset className="field" aria-describedby={fault === undefined ? undefined : `${nameOf(path)}-fault`}>
      <legend>
        {label} {optional && <small>({form.optional})</small>}
      </legend>
      <div className="row date">
        <label>
          {form.day}
          <input
            inputMode="numeric"
            size={3}
            maxLength={2}
            required={!optional}
            value={day}
            onChange={(event) => write({ day: plainDigits(event.target.value) })}
            onBlur={() => day !== '' && write({ day: two(day) })}
          />
        </label>
        <label>
          {form.month}
          <select
            required={!optional}
            value={month}
            onChange={(event) => write({ month: event.target.value })}
          >
            <option value="" />
            {Array.from({ length: 12 }, (_, index) => (
              <option key={index} value={two(String(index + 1))}>
                {monthName.format(Date.UTC(2026, index, 1))}
              </option>
            ))}
          </select>
        </label>
        <label>
          {form.year}
          <input
            inputMode="numeric"
            size={5}
            maxLength={4}
            required={!optional}
            value={year}
            onChange={(event) => write({ year: plainDigits(event.target.value) })}
          />
        </label>
      </div>
      <Fault name={nameOf(path)} fault={fault} />
    </fieldset>
  );
}

/** As many as there are, one after another; `fresh`: what a new one begins with. */
export function Repeated({
  path,
  add,
  fresh,
  canRemove,
  children,
}: {
  readonly path: Path;
  readonly add: string;
  readonly fresh: () => Json;
  /** What others rest on stays: of those already in the record. */
  readonly canRemove: (index: number) => boolean;
  readonly children: (path: Path, index: number) => ReactNode;
}) {
  const { file } = useWords();
  const { now, set } = usePlace(path);
  const count = Array.isArray(now) ? now.length : 0;
  return (
    <div className="stack tight">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="repeated">
          {children([...path, index], index)}
          {canRemove(index) && (
            <button
              type="button"
              className="quiet"
              onClick={() => set((now as readonly Json[]).filter((_each, other) => other !== index))}
            >
              {file.remove}
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className="act"
        onClick={() => set([...((now as readonly Json[] | undefined) ?? []), fresh()])}
      >
        {add}
      </button>
    </div>
  );
}
