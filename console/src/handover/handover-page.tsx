/** At the door: whose identity is checked, and who confirms that the child was handed over. */
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { useNames } from '../case/use-case';
import { fileHash, note, yesNo } from '../commands/fields';
import type { TaskContext } from '../commands/fields';
import { readCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { Fields } from '../commands/task-fields';
import { OfCase, TaskHeading } from '../commands/task-page';
import { actAddress } from '../commands/task-address';
import { TaskEnd, useTask } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { Age, PersonName, RelationText } from '../parts/child';
import { ageOf } from '../case/age';
import { Fact, Loading, Name, Panel, Reference, State } from '../parts/parts';
import { Day, When } from '../parts/when';
import { paths } from '../paths';
import { useWords } from '../words/use-words';

export default function HandoverPage({ id }: { readonly id: string }) {
  return (
    <OfCase id={id} type="checkRecipientIdentity">
      {(context) => <AtTheDoor context={context} />}
    </OfCase>
  );
}

function AtTheDoor({ context }: { readonly context: TaskContext }) {
  const { commands, handover, form } = useWords();
  const { id, view } = context;
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
        {can('checkRecipientIdentity') && <CheckIdentity context={context} />}
        {can('confirmHandover') && <Confirm view={view} />}
        {can('confirmOwnArrival') && (
          <Link className="act" href={actAddress(id, 'confirmOwnArrival')}>
            {commands.confirmOwnArrival.act}
          </Link>
        )}
        {can('placeInInterimCare') && (
          <Link className="act" href={actAddress(id, 'placeInInterimCare')}>
            {commands.placeInInterimCare.act}
          </Link>
        )}
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
          {recipient?.kinship && (
            <>
              {' '}
              · <RelationText kinship={recipient.kinship} />
            </>
          )}
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

const identity = { matches: yesNo(), documentHash: fileHash(), note: note() };
function CheckIdentity({ context }: { readonly context: TaskContext }) {
  const { act, means } = useWords().commands.checkRecipientIdentity;
  const { id, view } = context;
  const task = useTask(view, 'checkRecipientIdentity', {
    weight: 'plain',
    read: (typed, newId) => readCommand('checkRecipientIdentity', identity, typed, { ...context, newId }),
  });
  if (!task) return <Loading />;
  if (task.answer) return <Receipt id={id} act={act} answer={task.answer} />;
  return (
    <form className="form" {...task.form}>
      <h2>{act}</h2>
      <p>{means}</p>
      {task.message}
      <Fields {...{ task, context, fields: identity }} />
      <TaskEnd {...{ task, act }} back={null} />
    </form>
  );
}

const confirmHandover = { type: 'confirmHandover' } as const;
function Confirm({ view }: { readonly view: CaseView }) {
  const { act, means } = useWords().commands.confirmHandover;
  const { id } = view;
  const task = useTask(view, 'confirmHandover', { weight: 'grave', read: () => confirmHandover });
  if (!task) return <Loading />;
  if (task.answer) return <Receipt id={id} act={act} answer={task.answer} />;
  return (
    <form className="form" {...task.form}>
      <h2>{act}</h2>
      <p>{means}</p>
      {task.message}
      <WhatFollows id={id} command={confirmHandover} />
      <TaskEnd {...{ task, act }} back={null} />
    </form>
  );
}
