/** At the door: whose identity is checked, and who confirms that the child was handed over. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { useCase, useNames } from '../case/use-case';
import { CommandField } from '../commands/command-field';
import { ConfirmSuffix, isSuffix } from '../commands/confirm-suffix';
import { fileHash, note, yesNo } from '../commands/fields';
import { faultText } from '../commands/faults';
import { readCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { SendMessage } from '../commands/send-message';
import { TaskHeading } from '../commands/task-page';
import { useFormContext } from '../commands/use-form-context';
import { useSend } from '../commands/use-send';
import { WhatFollows } from '../commands/what-follows';
import { Age, PersonName } from '../parts/child';
import { ageOf } from '../case/age';
import { Fact, Loading, Name, NotHere, Panel, Reference, State } from '../parts/parts';
import { Day, When } from '../parts/when';
import { typedIn, useDraft } from '../session/draft';
import { paths } from '../paths';
import { useWords } from '../words/use-words';

export default function HandoverPage({ id }: { readonly id: string }) {
  const { handover, form } = useWords();
  const { view, isHidden } = useCase(id);
  if (isHidden) return <NotHere />;
  if (!view) return <Loading />;
  const can = (type: string): boolean => view.offers.some((offer) => offer.type === type);
  return (
    <>
      <TaskHeading view={view} title={handover.title} />
      <div className="stack">
        <Whom view={view} />
        {view.handover?.identity?.matches === false && (
          <p className="message" data-is="safety">
            {handover.mismatch}
          </p>
        )}
        {can('checkRecipientIdentity') && <CheckIdentity view={view} />}
        {can('confirmHandover') && <Confirm view={view} />}
        {view.handover?.at && (
          <State is="done">
            {handover.done} <When at={view.handover.at} />
          </State>
        )}
        <Link className="act" href={paths.case(id)}>
          {form.toCase}
        </Link>
      </div>
    </>
  );
}

/** Whom the papers name: what the official at the door compares with the person before them. */
function Whom({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const names = useNames();
  const { dossier, recipient: named, plan } = view;
  const recipient = dossier?.recipients?.find(({ id }) => id === named.ref);
  const shown = (dossier?.documents ?? []).filter(({ holder }) => holder === named.ref);
  return (
    <Panel
      id="whom"
      title={words.handover.whom}
      note={plan && <Name>{names.place(plan.handoverPlace)}</Name>}
    >
      <dl className="facts">
        <Fact name={words.case.child}>
          <PersonName names={dossier?.child?.names} /> <Age {...ageOf(dossier?.child)} />
        </Fact>
        <Fact name={words.case.recipient}>
          <strong>
            <PersonName names={recipient?.names} />
          </strong>
          {recipient?.kinship && <> · {words.values.relation[recipient.kinship.relation]}</>}
          {recipient?.birthDate && 'exact' in recipient.birthDate && (
            <>
              , <Day day={recipient.birthDate.exact} />
            </>
          )}
        </Fact>
        {shown.map(({ id, kind, number, expiresOn }) => (
          <Fact key={id} name={kind ? words.values.paper[kind] : id}>
            <Reference>{number ?? id}</Reference>
            {expiresOn && (
              <>
                {' · '}
                {words.case.validUntil} <Day day={expiresOn} short />
              </>
            )}
          </Fact>
        ))}
      </dl>
    </Panel>
  );
}

const identityFields = { matches: yesNo(), documentHash: fileHash(), note: note() };
function CheckIdentity({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const { id } = view;
  const context = useFormContext(id, 'checkRecipientIdentity');
  const desk = useDraft(`${id}:checkRecipientIdentity`);
  const { state, send } = useSend(id, desk);
  const [seen] = useState(view.version);
  if (!desk || !context || context === 'hidden') return <Loading />;
  const { act, means } = words.commands.checkRecipientIdentity;
  if (state.is === 'recorded') return <Receipt id={id} act={act} answer={state.answer} />;
  const full = { ...context, newId: String };
  const problem = state.is === 'refused' ? state.problem : undefined;
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    void send(
      readCommand('checkRecipientIdentity', identityFields, typedIn(event.currentTarget), full),
      seen,
    );
  }
  return (
    <form className="form" onSubmit={submit} onInput={(event) => desk.keep(typedIn(event.currentTarget))}>
      <h2>{act}</h2>
      <p>{means}</p>
      <SendMessage {...{ id, state, isMismatch: false, seen }} />
      {Object.entries(identityFields).map(([name, field]) => (
        <CommandField
          key={name}
          {...{ name, field, context: full, typed: desk.draft.typed }}
          fault={faultText(words, problem, name)}
        />
      ))}
      <button className="act" data-rank="first" aria-disabled={state.is === 'sending'}>
        {act}
      </button>
    </form>
  );
}

const confirmHandover = { type: 'confirmHandover' } as const;
function Confirm({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const { id } = view;
  const desk = useDraft(`${id}:confirmHandover`);
  const { state, send } = useSend(id, desk);
  const [isMismatch, setMismatch] = useState(false);
  const [seen] = useState(view.version);
  if (!desk) return <Loading />;
  const { act, means } = words.commands.confirmHandover;
  if (state.is === 'recorded') return <Receipt id={id} act={act} answer={state.answer} />;
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!isSuffix(id, typedIn(event.currentTarget).suffix?.[0])) {
      setMismatch(true);
      return;
    }
    void send(confirmHandover, seen);
  }
  return (
    <form className="form" onSubmit={submit} onInput={() => setMismatch(false)}>
      <h2>{act}</h2>
      <p>{means}</p>
      <SendMessage {...{ id, state, isMismatch, seen }} />
      <WhatFollows id={id} command={confirmHandover} />
      <ConfirmSuffix id={id} />
      <button className="act" data-rank="first" aria-disabled={state.is === 'sending'}>
        {act}
      </button>
    </form>
  );
}
