/** The first officer: what the side decided, how it came, and the fingerprint of the document. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Link } from 'wouter';
import { objectionReasons, relayChannels } from '#domain/decisions';
import type { CaseView } from '../api/types';
import { CommandField, Fault, FileHashField } from '../commands/command-field';
import { readDay } from '../commands/date-field';
import { date, choice, note, pick } from '../commands/fields';
import type { FieldKind, FormContext } from '../commands/fields';
import { faultText } from '../commands/faults';
import { openConditions, sides } from '../commands/options';
import type { SentCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { SendMessage } from '../commands/send-message';
import { useFormContext } from '../commands/use-form-context';
import { useSend } from '../commands/use-send';
import { WhatFollows } from '../commands/what-follows';
import { Conditions, conditionsIn } from '../decide/conditions';
import { Loading } from '../parts/parts';
import { paths } from '../paths';
import { typedIn, useDraft } from '../session/draft';
import type { Typed } from '../session/draft';
import { useWords } from '../words/use-words';

const acts = ['approve', 'object', 'withdraw', 'settle-condition'] as const;
const always = { party: pick(sides), act: choice('decision', acts) };
/** What is asked beside, by what the side decided. */
const beside: Readonly<Record<string, Readonly<Record<string, FieldKind>>>> = {
  object: { reason: choice('objectionReason', objectionReasons), note: note() },
  withdraw: { note: note() },
  'settle-condition': { condition: pick(openConditions), outcome: choice('settlement', ['met', 'waived']) },
};
const source = { channel: choice('relayChannel', relayChannels), dated: date() };

export function EnterRelay({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const { id } = view;
  const context = useFormContext(id, 'relayDecision');
  const desk = useDraft(`${id}:relayDecision`);
  const { state, send } = useSend(id, desk);
  const [typed, setTyped] = useState<Typed>();
  const [seen] = useState(view.version);
  if (!desk || !context || context === 'hidden') return <Loading />;
  const full: FormContext = { ...context, newId: (prefix) => `${prefix}-${desk.draft.key.slice(0, 8)}` };
  if (state.is === 'recorded') return <Receipt id={id} act={words.relay.title} answer={state.answer} />;
  const problem = state.is === 'refused' ? state.problem : undefined;
  const now = typed ?? desk.draft.typed;
  const act = now.act?.[0] ?? '';
  const shown = (fields: Readonly<Record<string, FieldKind>>) =>
    Object.entries(fields).map(([name, field]) => (
      <CommandField
        key={name}
        {...{ name, field, context: full, typed: desk.draft.typed }}
        fault={faultText(words, problem, name)}
      />
    ));
  const isWhole = ['party', 'act', 'channel', 'reference', 'documentHash'].every((name) => now[name]?.[0]);
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    void send(commandOf(typedIn(event.currentTarget), view, full), seen);
  }
  return (
    <form
      className="form"
      onSubmit={submit}
      onInput={(event) => {
        setTyped(typedIn(event.currentTarget));
        desk.keep(typedIn(event.currentTarget));
      }}
    >
      <SendMessage {...{ id, state, isMismatch: false, seen }} />
      {shown(always)}
      {act === 'approve' && <Conditions typed={desk.draft.typed} optional />}
      {shown(beside[act] ?? {})}
      {shown(source)}
      <div className="field">
        <label htmlFor="reference">{words.fields.reference}</label>
        <input
          id="reference"
          name="reference"
          maxLength={80}
          dir="auto"
          required
          defaultValue={desk.draft.typed.reference?.[0]}
          placeholder="№ 12/34"
        />
        <Fault name="reference" fault={faultText(words, problem, 'source')} />
      </div>
      <FileHashField
        name="documentHash"
        label={words.fields.documentHash}
        before={desk.draft.typed.documentHash?.[0]}
        fault={undefined}
      />
      <p className="note">{words.relay.secondOfficer}</p>
      <WhatFollows id={id} command={isWhole ? commandOf(now, view, full) : undefined} />
      <div className="row">
        <button className="act" data-rank="first" aria-disabled={state.is === 'sending'}>
          {words.commands.relayDecision.act}
        </button>
        <Link className="act" href={paths.case(id)}>
          {words.form.back}
        </Link>
      </div>
    </form>
  );
}

function commandOf(typed: Typed, { plan }: CaseView, { newId }: FormContext): SentCommand {
  const one = (name: string): string | undefined => typed[name]?.[0]?.trim() || undefined;
  const about = { planVersion: plan?.version, planHash: plan?.hash };
  const text = one('note');
  const decisions: Readonly<Record<string, object>> = {
    approve: { ...about, conditions: conditionsIn(typed, newId('').slice(1)) },
    object: { ...about, reason: one('reason'), ...(text && { note: text }) },
    withdraw: { ...(text && { note: text }) },
    'settle-condition': { condition: one('condition'), outcome: one('outcome') },
  };
  const act = one('act') ?? '';
  return {
    type: 'relayDecision',
    relay: newId('relay'),
    party: one('party'),
    decision: { act, ...decisions[act] },
    source: {
      channel: one('channel'),
      reference: one('reference'),
      dated: readDay(typed, 'dated'),
      documentHash: one('documentHash'),
    },
  };
}
