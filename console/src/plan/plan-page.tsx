/** A return plan: the terms the sides will read, and how they differ from the plan before, in words. */
import { carePlaces, companions, modalities } from '#domain/model/plan';
import type { CaseView, MechanismView } from '../api/types';
import { isUnchanged } from '../case/earlier-plans';
import { usePlanTerms } from '../case/plan-panel';
import type { Plan } from '../case/plan-panel';
import { DateField, readDay } from '../commands/date-field';
import { choice, onlyWhen, optionalChoice, pick, pickSome } from '../commands/fields';
import type { FieldKind, FormContext, Option, TaskContext } from '../commands/fields';
import { recipients } from '../commands/options';
import type { SentCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { Fields } from '../commands/task-fields';
import { OfCase, TaskHeading } from '../commands/task-page';
import { TaskEnd, useTask } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { Fact, Loading } from '../parts/parts';
import type { Typed } from '../session/draft';
import { fill, useWords } from '../words/use-words';

const noSite = 'none';
const nobody = 'nobody';
const partiesOf =
  (kind: MechanismView['parties'][number]['kind']) =>
  ({ mechanism, names }: TaskContext): Option<string>[] =>
    mechanism.parties
      .filter((party) => party.kind === kind)
      .map(({ id }) => ({ value: id, label: names.party(id) }));
const placesOf = ({ mechanism, names }: FormContext): Option<string>[] =>
  mechanism.places.map(({ id }) => ({ value: id, label: names.place(id) }));
const fields: Readonly<Record<string, FieldKind>> = {
  recipient: pick((context) => [
    ...recipients(context),
    // Only who decides for themselves goes home to nobody.
    ...(context.view.majority?.daysLeft === 0 && context.view.majority.ownConsent
      ? [{ value: nobody, label: context.words.values.care.themselves }]
      : []),
  ]),
  // Where the file knows nobody else, there is nothing to choose.
  alternates: pickSome((context) =>
    recipients(context).filter(({ value }) => value !== context.view.recipient.ref),
  ),
  modality: choice('modality', modalities),
  site: pick(({ mechanism, names, words }) => [
    ...mechanism.sites.map(({ id }) => ({ value: id, label: names.site(id) })),
    { value: noSite, label: words.plan.noSite },
  ]),
  handoverPlace: pick(placesOf),
  carePasses: optionalChoice('carePlace', carePlaces),
  // Of who comes to the site for the child.
  wayIn: onlyWhen('carePasses', ['at-site'], pick(placesOf)),
  wayOut: onlyWhen('carePasses', ['at-site'], pick(placesOf)),
  receivingParty: pick(partiesOf('receiving')),
  escortParty: pick(partiesOf('escort')),
};

export default function PlanPage({ id }: { readonly id: string }) {
  return (
    <OfCase id={id} type="proposePlan">
      {(context) => <Propose context={context} />}
    </OfCase>
  );
}

function Propose({ context }: { readonly context: TaskContext }) {
  const words = useWords();
  const { id, view } = context;
  const { plan } = view;
  const task = useTask(view, 'proposePlan', {
    weight: 'plain',
    read: commandOf,
    // The plan before is where a new one begins.
    ...(plan && { start: typedFrom(plan) }),
  });
  if (!task) return <Loading />;
  const { act, means } = words.commands.proposePlan;
  if (task.answer) return <Receipt id={id} act={act} answer={task.answer} />;
  const { before, command } = task;
  const fault = task.fault('terms');
  return (
    <>
      <TaskHeading view={view} title={words.plan.title}>
        <p>{means}</p>
      </TaskHeading>
      <form className="split" {...task.form}>
        <div className="stack">
          {task.message}
          {(['from', 'to'] as const).map((end) => (
            <DateField
              key={end}
              name={end}
              label={words.plan[end]}
              today={context.today}
              required
              suggest={end === 'from' ? [7, 14, 21] : [14, 21, 28]}
              before={before}
              {...(fault !== undefined && { fault })}
            />
          ))}
          <Fields {...{ task, context, fields }} />
          <Companions
            before={task.typed.companions ?? ['escort']}
            hasRecipient={task.typed.recipient?.[0] !== nobody}
          />
          <TaskEnd {...{ task, act }} />
        </div>
        <aside className="stack">
          {plan && command && <Differences view={view} plan={plan} command={command} />}
          <WhatFollows id={id} command={command} />
        </aside>
      </form>
    </>
  );
}

function Companions({
  before,
  hasRecipient,
}: {
  readonly before: readonly string[];
  readonly hasRecipient: boolean;
}) {
  const words = useWords();
  const able = companions.filter((each) => each !== 'recipient' || hasRecipient);
  return (
    <fieldset className="field">
      <legend>{words.fields.companions}</legend>
      <div className="stack choices">
        {able.map((each) => (
          <label key={each} className="choice">
            <input type="checkbox" name="companions" value={each} defaultChecked={before.includes(each)} />
            <span>{words.values.companion[each]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What the sides will read as new. */
function Differences({
  view,
  plan,
  command,
}: {
  readonly view: CaseView;
  readonly plan: Plan;
  readonly command: SentCommand;
}) {
  const words = useWords();
  const termsOf = usePlanTerms(view);
  // What the new terms leave out is gone, and not what it was.
  const { alternates: _before, carePasses: _passes, ...rest } = plan;
  const next: Plan = { ...rest, ...(command.terms as Partial<Plan>) };
  const old = termsOf(plan);
  const changed = termsOf(next).filter(({ field }) => !isUnchanged(next, plan, field));
  return (
    <section>
      <h2>{fill(changed.length === 0 ? words.plan.noChange : words.plan.changes, { n: plan.version })}</h2>
      <dl className="facts narrow">
        {changed.map(({ field, name, value }) => (
          <Fact key={field} name={name}>
            <ins>{value}</ins>
            <small>
              {words.decide.was}: {old.find((term) => term.field === field)?.value}
            </small>
          </Fact>
        ))}
      </dl>
      {!plan.lapsed && <p className="note">{fill(words.plan.replaces, { n: plan.version })}</p>}
    </section>
  );
}

const dayParts = (name: string, day: string): Typed => ({
  [`${name}.day`]: [String(Number(day.slice(8)))],
  [`${name}.month`]: [String(Number(day.slice(5, 7)))],
  [`${name}.year`]: [day.slice(0, 4)],
});
const typedFrom = ({
  window,
  site,
  recipient,
  carePasses,
  companions: along,
  alternates = [],
  ...rest
}: Plan): Typed => ({
  ...dayParts('from', window.from),
  ...dayParts('to', window.to),
  site: [site ?? noSite],
  recipient: [recipient ?? nobody],
  companions: [...along],
  alternates: [...alternates],
  ...(carePasses && { carePasses: [carePasses.where] }),
  ...(carePasses?.where === 'at-site' && { wayIn: [carePasses.wayIn], wayOut: [carePasses.wayOut] }),
  ...Object.fromEntries(
    (['modality', 'handoverPlace', 'receivingParty', 'escortParty'] as const).map((name) => [
      name,
      [rest[name]],
    ]),
  ),
});
function commandOf(typed: Typed): SentCommand {
  const one = (name: string): string | undefined => typed[name]?.[0];
  const where = one('carePasses');
  return {
    type: 'proposePlan',
    terms: {
      recipient: one('recipient') === nobody ? null : one('recipient'),
      ...(typed.alternates?.length && { alternates: typed.alternates }),
      window: { from: readDay(typed, 'from'), to: readDay(typed, 'to') },
      modality: one('modality'),
      site: one('site') === noSite ? null : one('site'),
      handoverPlace: one('handoverPlace'),
      escortParty: one('escortParty'),
      receivingParty: one('receivingParty'),
      companions: typed.companions ?? [],
      ...(where !== undefined && {
        carePasses: {
          where,
          ...(where === 'at-site' && { wayIn: one('wayIn'), wayOut: one('wayOut') }),
        },
      }),
    },
  };
}
