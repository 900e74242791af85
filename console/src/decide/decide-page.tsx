/** The paper as it is agreed to: nothing preselected; what is read is what is recorded. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Link } from 'wouter';
import { objectionReasons } from '#domain/decisions';
import type { CaseView } from '../api/types';
import { isUnchanged, usePlans } from '../case/earlier-plans';
import { usePlanTerms } from '../case/plan-panel';
import type { Plan } from '../case/plan-panel';
import { useCase, useNames } from '../case/use-case';
import { CommandField } from '../commands/command-field';
import { ConfirmSuffix, isSuffix } from '../commands/confirm-suffix';
import { choice, note } from '../commands/fields';
import { faultText } from '../commands/faults';
import type { SentCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { SendMessage } from '../commands/send-message';
import { TaskHeading } from '../commands/task-page';
import { useFormContext } from '../commands/use-form-context';
import { useSend } from '../commands/use-send';
import { WhatFollows } from '../commands/what-follows';
import { PersonName } from '../parts/child';
import { Fact, Loading, Name, NotHere, Reference } from '../parts/parts';
import { Day, When } from '../parts/when';
import { paths } from '../paths';
import { typedIn, useDraft } from '../session/draft';
import type { Typed } from '../session/draft';
import { useMe } from '../session/use-session';
import { fill, useWords } from '../words/use-words';
import { BeforeYouDecide } from './before-you-decide';
import { Conditions, conditionsIn } from './conditions';

const acts = ['approve', 'conditions', 'object'] as const;
type Act = (typeof acts)[number];
const objection = { reason: choice('objectionReason', objectionReasons), note: note() };

export default function DecidePage({ id }: { readonly id: string }) {
  const { view, isHidden } = useCase(id);
  const desk = useDraft(`${id}:decide`);
  if (isHidden) return <NotHere />;
  if (!view || !desk) return <Loading />;
  return view.plan ? <Decide view={view} plan={view.plan} /> : <NoPlan view={view} />;
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

function Decide({ view, plan }: { readonly view: CaseView; readonly plan: Plan }) {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  const { id } = view;
  const context = useFormContext(id, 'objectToPlan');
  const desk = useDraft(`${id}:decide`);
  const { state, send } = useSend(id, desk);
  const [act, setAct] = useState(() => actIn(desk?.draft.typed));
  const [typed, setTyped] = useState<Typed>(desk?.draft.typed ?? {});
  const [seen, setSeen] = useState(view.version);
  const [isMismatch, setMismatch] = useState(false);
  if (!desk || !context || context === 'hidden') return <Loading />;
  const title = fill(words.decide.title, { n: plan.version });
  if (state.is === 'recorded') return <Receipt id={id} act={title} answer={state.answer} />;
  const command = act && commandOf(act, typed, plan, desk.draft.key);
  const problem = state.is === 'refused' ? state.problem : undefined;
  const isStale = problem?.code === 'stale-version' || problem?.code === 'stale-plan';
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    const now = typedIn(event.currentTarget);
    if (!act) return;
    // The safe direction is never hindered.
    if (act !== 'object' && !isSuffix(id, now.suffix?.[0])) {
      setMismatch(true);
      return;
    }
    const expected = isStale ? view.version : seen;
    setSeen(expected);
    void send(commandOf(act, now, plan, desk?.draft.key ?? ''), act === 'object' ? undefined : expected);
  }
  return (
    <>
      <TaskHeading view={view} title={title}>
        <p>
          {words.decide.side}: <Name>{names.party(me.party)}</Name>
        </p>
      </TaskHeading>
      <form
        className="split"
        onSubmit={submit}
        onInput={(event) => {
          const now = typedIn(event.currentTarget);
          setMismatch(false);
          setTyped(now);
          setAct(actIn(now));
          desk.keep(now);
        }}
      >
        <div className="stack">
          <SendMessage {...{ id, state, isMismatch, seen }} />
          <ActChoice chosen={act} />
          {act === 'object' &&
            Object.entries(objection).map(([name, field]) => (
              <CommandField
                key={name}
                {...{ name, field, typed: desk.draft.typed, fault: faultText(words, problem, name) }}
                context={{ ...context, newId: String }}
              />
            ))}
          {act === 'conditions' && <Conditions typed={desk.draft.typed} />}
          {act && <Paper {...{ view, plan, act, typed }} />}
          {act && (
            <section className="sheet sign" aria-labelledby="sign">
              <h2 id="sign">{words.decide.sign}</h2>
              {act !== 'object' && <ConfirmSuffix id={id} why={words.decide.signWhy} />}
              <div className="row">
                <button className="act" data-rank="first" aria-disabled={state.is === 'sending'}>
                  {state.is === 'sending'
                    ? words.form.sending
                    : words.commands[act === 'object' ? 'objectToPlan' : 'approvePlan'].act}
                </button>
                <Link className="act" href={paths.case(id)}>
                  {words.form.back}
                </Link>
              </div>
            </section>
          )}
        </div>
        <aside className="stack">
          <BeforeYouDecide view={view} plan={plan} />
          <WhatFollows id={id} command={command} />
        </aside>
      </form>
    </>
  );
}

const actIn = (typed: Typed | undefined): Act | undefined => acts.find((act) => act === typed?.act?.[0]);

function commandOf(act: Act, typed: Typed, plan: Plan, key: string): SentCommand {
  const about = { planVersion: plan.version, planHash: plan.hash };
  if (act === 'object') {
    const text = typed.note?.[0]?.trim();
    return { type: 'objectToPlan', ...about, reason: typed.reason?.[0], ...(text && { note: text }) };
  }
  return { type: 'approvePlan', ...about, conditions: act === 'conditions' ? conditionsIn(typed, key) : [] };
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
          conditionsIn(typed, '').map(({ id, note: text }) => (
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
