/** One of a few, or any of them, each on a line that is large enough for a thumb. */
import type { ReactNode } from 'react';
import { Name } from '../parts/parts';
import { useWords } from '../words/use-words';
import { Fault } from './fault';

export interface Choice {
  readonly value: unknown;
  readonly label: ReactNode;
  /** Below it. */
  readonly note?: string;
}

export function Choices({
  name,
  legend,
  options,
  chosen,
  fault,
  many = false,
  required = !many,
  isOptional = false,
  children,
}: {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly Choice[];
  readonly chosen: readonly string[] | undefined;
  readonly fault: string | undefined;
  readonly many?: boolean;
  readonly required?: boolean;
  /** Said beside the legend. */
  readonly isOptional?: boolean;
  /** What else can be answered. */
  readonly children?: ReactNode;
}) {
  const { form } = useWords();
  return (
    <fieldset className="field" aria-describedby={fault === undefined ? undefined : `${name}-fault`}>
      <legend>
        {legend} {isOptional && <small>({form.optional})</small>}
      </legend>
      {options.length === 0 && !children && <p className="note">{form.nothingToChoose}</p>}
      <div className="stack choices">
        {options.map(({ value, label, note }) => (
          <label key={String(value)} className="choice">
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              value={String(value)}
              required={required}
              defaultChecked={chosen?.includes(String(value))}
            />
            <span>
              <Name>{label}</Name>
            </span>
            {note !== undefined && <small>{note}</small>}
          </label>
        ))}
        {children}
      </div>
      <Fault name={name} fault={fault} />
    </fieldset>
  );
}
