/** One command of the table as a page: what is asked, what follows, and one button that says what it does. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Link, Redirect, useSearchParams } from 'wouter';
import type { OfficialCommandType } from '#contracts/commands';
import { PersonName } from '../parts/child';
import { Loading, NotHere, Reference, useTitle } from '../parts/parts';
import { paths } from '../paths';
import { typedIn, useDraft } from '../session/draft';
import { useWords } from '../words/use-words';
import { CommandField } from './command-field';
import { commandForms } from './command-forms';
import type { Weight } from './command-forms';
import { ConfirmSuffix, isSuffix } from './confirm-suffix';
import type { FieldKind, FormContext } from './fields';
import { faultText } from './faults';
import { isComplete, readCommand } from './read-command';
import type { SentCommand } from './read-command';
import { Receipt } from './receipt';
import { SendMessage } from './send-message';
import { actAddress } from './task-address';
import { useFormContext } from './use-form-context';
import { useSend } from './use-send';
import { WhatFollows } from './what-follows';

export function CommandPage({ id, type }: { readonly id: string; readonly type: OfficialCommandType }) {
  const form = commandForms[type];
  if ('page' in form) return <Redirect to={actAddress(id, type)} replace />;
  return <FormPage {...{ id, type, weight: form.weight, fields: form.fields }} />;
}

interface FormPageProps {
  readonly id: string;
  readonly type: OfficialCommandType;
  readonly weight: Weight;
  readonly fields: Readonly<Record<string, FieldKind>>;
}
function FormPage({ id, type, weight, fields }: FormPageProps) {
  const context = useFormContext(id, type);
  const [search] = useSearchParams();
  const desk = useDraft(`${id}:${type}:${search.get('for') ?? ''}`);
  const { state, send } = useSend(id, desk);
  const [seen, setSeen] = useState<number>();
  const [isMismatch, setMismatch] = useState(false);
  const [whole, setWhole] = useState<SentCommand>();
  const words = useWords();
  const { act, means } = words.commands[type];
  useTitle(act);
  if (context === 'hidden') return <NotHere />;
  if (!context || !desk) return <Loading />;
  if (state.is === 'recorded') return <Receipt id={id} act={act} answer={state.answer} />;

  const full: FormContext = { ...context, newId: (prefix) => `${prefix}-${desk.draft.key.slice(0, 8)}` };
  const version = seen ?? context.view.version;
  const problem = state.is === 'refused' ? state.problem : undefined;
  /** What would be sent, once everything that is needed is there. */
  function foreseeable(form: HTMLFormElement): SentCommand | undefined {
    const command = readCommand(type, fields, typedIn(form), full);
    return isWhole(form) && isComplete(fields, command) ? command : undefined;
  }
  function look(form: HTMLFormElement): void {
    if (seen === undefined) setSeen(context && context !== 'hidden' ? context.view.version : 0);
    desk?.keep(typedIn(form));
    setMismatch(false);
    setWhole(foreseeable(form));
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = typedIn(event.currentTarget);
    if (weight === 'grave' && !isSuffix(id, typed.suffix?.[0])) return setMismatch(true);
    desk?.keep(typed);
    // After a refusal for its age what was new has been shown: sending again means having read it.
    const expected =
      problem?.code === 'stale-version' ? context && context !== 'hidden' && context.view.version : version;
    setSeen(expected || undefined);
    void send(readCommand(type, fields, typed, full), weight === 'light' ? undefined : expected || undefined);
  }
  return (
    <form
      className="form"
      onSubmit={submit}
      onInput={(event) => look(event.currentTarget)}
      ref={(form) => {
        // A form that asks nothing, or that was filled in before, is whole from the start.
        const command = form && whole === undefined && weight !== 'light' ? foreseeable(form) : undefined;
        if (command) setWhole(command);
      }}
    >
      <header>
        <p className="note">
          <Link href={paths.case(id)}>
            <PersonName names={context.view.dossier?.child?.names} /> <Reference>{id}</Reference>
          </Link>
        </p>
        <h1>{act}</h1>
        <p>{means}</p>
      </header>
      <div className="stack">
        <SendMessage {...{ id, state, isMismatch, seen: version }} />
        {Object.entries(fields).map(([name, field]) => (
          <CommandField
            key={name}
            name={name}
            field={field}
            context={full}
            typed={desk.draft.typed}
            fault={faultText(words, problem, name)}
          />
        ))}
        {weight !== 'light' && <WhatFollows id={id} command={whole} />}
        {weight === 'grave' && <ConfirmSuffix id={id} />}
        <div className="row">
          <button
            className="act"
            data-rank={type === 'placeHold' || type === 'reportMedicalEmergency' ? 'stop' : 'first'}
            aria-disabled={state.is === 'sending'}
          >
            {state.is === 'sending' ? words.form.sending : act}
          </button>
          <Link className="act" href={paths.case(id)}>
            {words.form.back}
          </Link>
        </div>
      </div>
    </form>
  );
}
/** The end of the reference is typed last; what follows is shown before. */
const isWhole = (form: HTMLFormElement): boolean =>
  [...form.elements].every(
    (field) =>
      !(
        field instanceof HTMLInputElement ||
        field instanceof HTMLSelectElement ||
        field instanceof HTMLTextAreaElement
      ) ||
      field.name === 'suffix' ||
      field.validity.valid,
  );
