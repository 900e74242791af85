/** One question of a form, as plain HTML: the browser’s own controls are known to every reader and every aid. */
import { useState } from 'react';
import type { ComponentProps } from 'react';
import { Count, useMost } from '../parts/most';
import { Reference } from '../parts/parts';

import type { Typed } from '../session/draft';
import { useWords } from '../words/use-words';
import type { Words } from '../words/words';
import { Choices } from './choices';
import { DateField } from './date-field';
import { Fault } from './fault';
import type { FieldKind, FormContext } from './fields';

interface FieldProps {
  readonly name: string;
  readonly field: FieldKind;
  readonly context: FormContext;
  /** What was typed before. */
  readonly typed: Typed;
  readonly fault: string | undefined;
}
export const labelOf = ({ form, fields }: Words, name: string): string =>
  name === 'note' ? form.note : ((fields as Readonly<Record<string, string>>)[name] ?? name);

export function CommandField(props: FieldProps) {
  const { name, field, context, typed, fault } = props;
  const label = labelOf(context.words, ('asks' in field && field.asks) || name);
  const before = (input: string) => typed[input]?.[0];
  switch (field.kind) {
    case 'given':
      return null;
    case 'text':
      return <TextField name={name} label={label} {...field} {...{ before, fault, context }} />;
    case 'date':
    case 'instant':
      return (
        <DateField
          {...{ name, label, before, suggest: field.suggest, today: context.today }}
          required={field.required}
          withTime={field.kind === 'instant'}
          {...(fault !== undefined && { fault })}
        />
      );
    case 'times':
      return <InputField {...{ name, label, fault }} input={timesOfDay} before={before(name)} />;
    case 'number':
      return (
        <InputField
          {...{ name, label, fault }}
          input={{ type: 'number', inputMode: 'numeric', min: 1, max: field.most }}
          before={before(name)}
        />
      );
    case 'file-hash':
      return <FileHashField {...{ name, label, fault }} before={before(name)} />;
    case 'choice':
    case 'yes-no':
    case 'pick':
      return <ChoiceField {...props} field={field} label={label} />;
  }
}

function ChoiceField({
  name,
  field,
  context,
  typed,
  fault,
  label,
}: FieldProps & {
  readonly field: Extract<FieldKind, { kind: 'choice' | 'yes-no' | 'pick' }>;
  readonly label: string;
}) {
  const { form, values } = context.words;
  const many = field.kind === 'pick' && field.many;
  const isOpen = field.kind === 'pick' && field.open === true;
  const required = field.required && !many && !isOpen;
  const options =
    field.kind === 'pick'
      ? field.from(context)
      : field.kind === 'yes-no'
        ? (['true', 'false'] as const).map((value) => ({ value, label: values.yesNo[value] }))
        : field.options.map((value) => ({
            value,
            label: (values[field.list] as Readonly<Record<string, string>>)[value] ?? value,
          }));
  // What may be left out and can't be said is not asked.
  if (field.kind === 'pick' && !field.required && !many && !isOpen && options.length === 0) return null;
  // Nothing is preselected but what the form was opened for, or the only thing there is where one is asked for.
  const only =
    field.kind === 'pick' && required && options.length === 1 ? [String(options[0]?.value)] : undefined;
  const chosen =
    typed[name] ?? (context.subject === undefined ? only : [context.subject, ...context.subject.split(':')]);
  return (
    <Choices
      {...{ name, many, options, chosen, fault }}
      legend={label}
      isOptional={!required && !isOpen}
      required={required}
    >
      {isOpen && (
        <label>
          {form.otherReference}
          <input
            name={name}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            required={options.length === 0}
            placeholder="07JD-6QZ4"
            defaultValue={chosen?.find((text) => options.every(({ value }) => value !== text))}
          />
        </label>
      )}
    </Choices>
  );
}

/** One line of what is no text: `input` says what the browser takes and checks. */
function InputField({
  name,
  label,
  input,
  before,
  fault,
}: {
  readonly name: string;
  readonly label: string;
  readonly input: ComponentProps<'input'>;
  readonly before: string | undefined;
  readonly fault: string | undefined;
}) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        required
        defaultValue={before}
        aria-describedby={fault === undefined ? undefined : `${name}-fault`}
        aria-invalid={fault !== undefined}
        {...input}
      />
      <Fault name={name} fault={fault} />
    </div>
  );
}
/** Several of them, as the API reads them. */
const timesOfDay = { dir: 'ltr', autoComplete: 'off', placeholder: '08:00 14:30 20:00' } as const;

const maxCharacters = 4000;
export function TextField({
  name,
  label,
  required,
  rows,
  before,
  fault,
  context,
}: {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly rows: number;
  readonly before: (input: string) => string | undefined;
  readonly fault: string | undefined;
  readonly context: Pick<FormContext, 'me' | 'names'>;
}) {
  const { form } = useWords();
  const [length, setLength] = useState(before(name)?.length ?? 0);
  const limit = useMost(maxCharacters);
  return (
    <div className="field">
      <label htmlFor={name}>
        {label} {!required && <small>({form.optional})</small>}
      </label>
      <textarea
        id={name}
        name={name}
        rows={rows}
        dir="auto"
        required={required}
        defaultValue={before(name)}
        ref={limit}
        onInput={({ currentTarget }) => setLength(currentTarget.value.length)}
        aria-describedby={`${name}-seen${fault === undefined ? '' : ` ${name}-fault`}`}
        aria-invalid={fault !== undefined || length > maxCharacters}
      />
      <span className="seen-by" id={`${name}-seen`}>
        {context.me.kind === 'mediator'
          ? form.seenByMediator
          : `${form.seenBy} ${context.names.party(context.me.party)}`}{' '}
        <Count length={length} most={maxCharacters} />
      </span>
      <Fault name={name} fault={fault} />
    </div>
  );
}

/** The file is read here and stays here: only its fingerprint goes into the form. */
export function FileHashField({
  name,
  label,
  before,
  fault,
  onHash,
  optional = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly before: string | undefined;
  readonly fault: string | undefined;
  readonly onHash?: (hash: string) => void;
  readonly optional?: boolean;
}) {
  const { form } = useWords();
  const [hash, setHash] = useState(before ?? '');
  async function read(file: File | undefined) {
    if (!file) return;
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const text = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    setHash(text);
    onHash?.(text);
  }
  return (
    <div className="field">
      <label htmlFor={`${name}-file`}>{label}</label>
      <input
        id={`${name}-file`}
        type="file"
        required={hash === '' && !optional}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
        aria-describedby={`${name}-seen`}
      />
      <input type="hidden" name={name} value={hash} />
      <span className="seen-by" id={`${name}-seen`}>
        {form.fileStays}
        {hash !== '' && (
          <>
            {' '}
            {form.fingerprint}: <Reference>{inFours(hash.slice(0, 16))}…</Reference>
          </>
        )}
      </span>
      <Fault name={name} fault={fault} />
    </div>
  );
}
/** As a fingerprint is read out: four letters at a time. */
export const inFours = (hash: string): string => hash.replaceAll(/(.{4})(?=.)/g, '$1 ');
