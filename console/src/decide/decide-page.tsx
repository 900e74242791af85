/** The paper as it is agreed to: nothing preselected; what is read is what is recorded. */
import { objectionReasons } from '#domain/model/decisions';
import type { CaseView } from '../api/types';
import { isUnchanged, usePlans } from '../case/earlier-plans';
import { usePlanTerms } from '../case/plan-panel';
import type { Plan } from '../case/plan-panel';
import { useNames } from '../case/use-case';
import { choice, note } from '../commands/fields';
import type { TaskContext } from '../commands/fields';
import type { SentCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { Fields } from '../commands/task-fields';
import { OfCase, TaskHeading } from '../commands/task-page';
import { TaskEnd, useTask } from '../commands/use-task';
import type { NewId } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { PersonName } from '../parts/child';
import { Fact, Loading, Name, Reference } from '../parts/parts';
import { Day, When } from '../parts/when';
import type { Typed } from '../session/draft';
import { useMe } from '../session/use-session';
import { fill, useWords } from '../words/use-words';
import { BeforeYouDecide } from './before-you-decide';
import { Conditions, conditionsIn } from './conditions';
import { ReadPlan } from './read-plan';

const acts = ['approve', 'conditions', 'object'] as const;
type Act = (typeof acts)[number];
const objection = { reason: choice('objectionReason', objectionReasons), note: note() };

export default function DecidePage({ id }: { readonly id: string }) {
  return (
    <OfCase id={id} type="objectToPlan">
      {(context) => (
        <ReadPlan newest={context.view.plan}>
          {(plan) => (plan ? <Decide context={context} plan={plan} /> : <NoPlan view={context.view} />)}
        </ReadPlan>
      )}
    </OfCase>
  );
}
function NoPlan({ view }: { readonly view: CaseView }) {
  const { decide, case: of } = useWords();
  return (
    <>
      <TaskHeading view={view} title={of.noPlan} />
      <p>{decide.nothingToDecide}</p>
    </>
  );
}

function Decide({ context, plan }: { readonly context: TaskContext; readonly plan: Plan }) {
  const words = useWords();
  const { id, view, names, me } = context;
  // A choice made for one plan is not found chosen for the next.
  const task = useTask(view, `decide:${plan.version}`, {
    // The safe direction is never hindered.
    weight: (typed) => (actIn(typed) === 'object' ? 'light' : 'grave'),
    read: (typed, newId) => commandOf(typed, plan, newId),
  });
  if (!task) return <Loading />;
  const title = fill(words.decide.title, { n: plan.version });
  if (task.answer) return <Receipt id={id} act={title} answer={task.answer} />;
  const { typed } = task;
  const act = actIn(typed);
  return (
    <>
      <TaskHeading view={view} title={title}>
        <p>
          {words.decide.side}: <Name>{names.party(me.party)}</Name>
        </p>
      </TaskHeading>
      <form className="split" {...task.form}>
        <div className="stack">
          {task.message}
          <ActChoice chosen={act} />
          {act === 'object' && <Fields {...{ task, context, fields: objection }} />}
          {act === 'conditions' && <Conditions typed={typed} />}
          {act && <Paper {...{ view, plan, act, typed }} />}
          {act && (
            <section className="sheet sign" aria-labelledby="sign">
              <h2 id="sign">{words.decide.sign}</h2>
              <TaskEnd
                task={task}
                act={words.commands[act === 'object' ? 'objectToPlan' : 'approvePlan'].act}
                why={words.decide.signWhy}
              />
            </section>
          )}
        </div>
        <aside className="stack">
          <BeforeYouDecide view={view} plan={plan} />
          <WhatFollows id={id} command={act && task.command} />
        </aside>
      </form>
    </>
  );
}

const actIn = (typed: Typed | undefined): Act | undefined => acts.find((act) => act === typed?.act?.[0]);

function commandOf(typed: Typed, plan: Plan, newId: NewId): SentCommand {
  const about = { planVersion: plan.version, planHash: plan.hash };
  const act = actIn(typed);
  if (act === 'object') {
    const text = typed.note?.[0];
    return { type: 'objectToPlan', ...about, reason: typed.reason?.[0], ...(text && { note: text }) };
  }
  return {
    type: 'approvePlan',
    ...about,
    conditions: act === 'conditions' ? conditionsIn(typed, newId) : [],
  };
}

function ActChoice({ chosen }: { readonly chosen: Act | undefined }) {
  const { decide } = useWords();
  const said = {
    approve: [decide.approve, decide.approveMeans],
    conditions: [decide.conditions, decide.conditionsMean],
    object: [decide.object, decide.objectMeans],
  } as const;
  return (
    <fieldset className="field">
      <legend>{decide.yours}</legend>
      <div className="stack choices">
        {acts.map((act) => (
          <label key={act} className="choice">
            <input type="radio" name="act" value={act} required defaultChecked={chosen === act} />
            <span>
              <b>{said[act][0]}</b>
            </span>
            <small>{said[act][1]}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** As label and value, and what differs from the plan before marked. */
function Paper({
  view,
  plan,
  act,
  typed,
}: {
  readonly view: CaseView;
  readonly plan: Plan;
  readonly act: Act;
  readonly typed: Typed;
}) {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  const termsOf = usePlanTerms(view);
  const before = usePlans(view.id).find(({ version }) => version < plan.version);
  const old = before && termsOf(before);
  const child = view.dossier?.child;
  const { decide } = words;
  return (
    <article className="paper">
      <header>
        <b>{fill(act === 'object' ? decide.paperObject : decide.paperApprove, { n: plan.version })}</b>
        <span>{decide.asSigned}</span>
      </header>
      <p>{act === 'object' ? decide.objection : decide.statement}</p>
      <dl className="facts">
        <Fact name={decide.side}>
          <Name>{names.party(me.party)}</Name>
        </Fact>
        <Fact name={words.case.child}>
          <strong>
            <PersonName names={child?.names} />
          </strong>
          {child?.birthDate && 'exact' in child.birthDate && (
            <>
              , <Day day={child.birthDate.exact} />
            </>
          )}
        </Fact>
        {termsOf(plan).map(({ field, name, value }) => (
          <Fact key={field} name={name}>
            {isUnchanged(plan, before, field) ? (
              value
            ) : (
              <>
                <ins>{value}</ins>{' '}
                <small>
                  {decide.was}: {old?.find((term) => term.field === field)?.value}
                </small>
              </>
            )}
          </Fact>
        ))}
        <Fact name={decide.restsOn}>{fill(decide.dossier, { n: plan.dossier.version })}</Fact>
        {act === 'conditions' &&
          conditionsIn(typed, String).map(({ id, note: text }) => (
            <Fact key={id} name={words.case.condition}>
              <Name>{text}</Name>
            </Fact>
          ))}
        {act === 'object' && typed.reason?.[0] && (
          <Fact name={words.case.reason}>
            {(words.values.objectionReason as Readonly<Record<string, string>>)[typed.reason[0]]}
          </Fact>
        )}
      </dl>
      {act !== 'object' && <p>{decide.withdrawable}</p>}
      <footer>
        <span>
          <Reference>{view.id}</Reference> · {fill(words.case.plan, { n: plan.version })} ·{' '}
          <Reference>{plan.hash.slice(0, 8)}</Reference>
        </span>
        <When at={plan.proposedAt} />
      </footer>
    </article>
  );
}
