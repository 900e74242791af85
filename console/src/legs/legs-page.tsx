/** The journey, leg by leg: where from, where to, when. The next leg begins where the last one ends. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { useCase } from '../case/use-case';
import { DateField, readInstant } from '../commands/date-field';
import { TextField } from '../commands/command-field';
import type { FormContext } from '../commands/fields';
import { faultText } from '../commands/faults';
import type { SentCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { SendMessage } from '../commands/send-message';
import { TaskHeading } from '../commands/task-page';
import { useFormContext } from '../commands/use-form-context';
import { useSend } from '../commands/use-send';
import { WhatFollows } from '../commands/what-follows';
import { Loading, NotHere } from '../parts/parts';
import { Days } from '../parts/when';
import { paths } from '../paths';
import { typedIn, useDraft } from '../session/draft';
import type { Typed } from '../session/draft';
import { fill, useWords } from '../words/use-words';

const most = 20;
const checkIns = ['PT30M', 'PT1H', 'PT2H', 'PT3H', 'PT4H'] as const;

export default function LegsPage({ id }: { readonly id: string }) {
  const { view, isHidden } = useCase(id);
  const context = useFormContext(id, 'planLegs');
  const desk = useDraft(`${id}:planLegs`);
  if (isHidden || context === 'hidden') return <NotHere />;
  if (!view || !context || !desk) return <Loading />;
  return <PlanLegs view={view} context={{ ...context, newId: String }} />;
}

function PlanLegs({ view, context }: { readonly view: CaseView; readonly context: FormContext }) {
  const words = useWords();
  const { id, plan, legs } = view;
  const desk = useDraft(`${id}:planLegs`);
  const { state, send } = useSend(id, desk);
  const [before] = useState<Typed>(() => (hasText(desk?.draft.typed) ? desk.draft.typed : typedFrom(legs)));
  const [typed, setTyped] = useState<Typed>(before);
  const [count, setCount] = useState(() => Math.max(1, countOf(before)));
  const [seen] = useState(view.version);
  if (!desk) return <Loading />;
  const { act, means } = words.commands.planLegs;
  if (state.is === 'recorded') return <Receipt id={id} act={act} answer={state.answer} />;
  const problem = state.is === 'refused' ? state.problem : undefined;
  const command = commandOf(typed, count);
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    void send(
      commandOf(typedIn(event.currentTarget), count),
      problem?.code === 'stale-version' ? view.version : seen,
    );
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <TaskHeading view={view} title={words.legs.title}>
        <p>{means}</p>
        {plan && (
          <p className="note">
            {words.legs.planWindow}: <Days {...plan.window} /> · {fill(words.legs.zone, { zone })}
          </p>
        )}
      </TaskHeading>
      <form
        className="form"
        onSubmit={submit}
        onInput={(event) => {
          setTyped(typedIn(event.currentTarget));
          desk.keep(typedIn(event.currentTarget));
        }}
      >
        <SendMessage {...{ id, state, isMismatch: false, seen }} />
        {Array.from({ length: count }, (_, index) => (
          <Leg key={index} {...{ index, context, before }} first={plan?.window.from} />
        ))}
        <div className="row">
          {count < most && (
            <button type="button" className="act" onClick={() => setCount(count + 1)}>
              {words.legs.add}
            </button>
          )}
          {count > 1 && (
            <button type="button" className="act" onClick={() => setCount(count - 1)}>
              {words.legs.remove}
            </button>
          )}
        </div>
        <TextField
          name="note"
          label={words.form.note}
          {...{ required: false, rows: 3, context }}
          before={(name) => before[name]?.[0]}
          fault={faultText(words, problem, 'note')}
        />
        <WhatFollows id={id} command={isWhole(typed, count) ? command : undefined} />
        <div className="row">
          <button className="act" data-rank="first" aria-disabled={state.is === 'sending'}>
            {act}
          </button>
          <Link className="act" href={paths.case(id)}>
            {words.form.back}
          </Link>
        </div>
      </form>
    </>
  );
}

function Leg({
  index,
  context,
  before,
  first,
}: {
  readonly index: number;
  readonly context: FormContext;
  readonly before: Typed;
  readonly first: string | undefined;
}) {
  const words = useWords();
  const name = (part: string): string => `leg-${index}.${part}`;
  const value = (input: string): string | undefined => before[input]?.[0];
  return (
    <fieldset className="sheet panel">
      <legend>
        <h2>{fill(words.legs.leg, { n: index + 1 })}</h2>
      </legend>
      <div className="pair-fields">
        {(['from', 'to'] as const).map((end) => (
          <div key={end} className="field">
            <label htmlFor={name(end)}>{words.fields[end]}</label>
            <select id={name(end)} name={name(end)} required defaultValue={value(name(end)) ?? ''}>
              <option value="" />
              {context.mechanism.places.map(({ id }) => (
                <option key={id} value={id}>
                  {context.names.place(id)}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
      {(['departAt', 'arriveAt'] as const).map((end) => (
        <DateField
          key={end}
          name={name(end)}
          label={words.fields[end]}
          today={first ?? context.today}
          required
          withTime
          suggest={[]}
          before={value}
        />
      ))}
      <div className="field">
        <label htmlFor={name('checkInEvery')}>
          {words.fields.checkInEvery} <small>({words.form.optional})</small>
        </label>
        <select
          id={name('checkInEvery')}
          name={name('checkInEvery')}
          defaultValue={value(name('checkInEvery')) ?? ''}
        >
          <option value="" />
          {checkIns.map((each) => (
            <option key={each} value={each}>
              {fill(words.legs.minutes, { n: minutesOf(each) })}
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  );
}
const minutesOf = (duration: string): number => {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  return Number(hours) * 60 + Number(minutes);
};

const hasText = (typed: Typed | undefined): typed is Typed => Object.keys(typed ?? {}).length > 0;
const countOf = (typed: Typed): number =>
  Math.max(0, ...Object.keys(typed).map((name) => Number(/^leg-(\d+)\./.exec(name)?.[1] ?? -1) + 1));

function typedFrom(legs: NonNullable<CaseView['legs']>): Typed {
  const entries = legs.flatMap(
    ({ from, to, departAt, arriveAt, checkInEvery }, index): [string, string[]][] => [
      [`leg-${index}.from`, [from]],
      [`leg-${index}.to`, [to]],
      ...instantParts(`leg-${index}.departAt`, departAt),
      ...instantParts(`leg-${index}.arriveAt`, arriveAt),
      ...(checkInEvery === undefined
        ? []
        : [[`leg-${index}.checkInEvery`, [checkInEvery]] as [string, string[]]]),
    ],
  );
  return Object.fromEntries(entries);
}
/** In the reader’s own zone, as the fields read it. */
function instantParts(name: string, at: string): [string, string[]][] {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  return [
    [`${name}.day`, [String(date.getDate())]],
    [`${name}.month`, [String(date.getMonth() + 1)]],
    [`${name}.year`, [String(date.getFullYear())]],
    [`${name}.time`, [`${two(date.getHours())}:${two(date.getMinutes())}`]],
  ];
}
const isWhole = (typed: Typed, count: number): boolean =>
  Array.from({ length: count }, (_, index) => index).every(
    (index) =>
      ['from', 'to'].every((end) => typed[`leg-${index}.${end}`]?.[0]) &&
      ['departAt', 'arriveAt'].every((end) => readInstant(typed, `leg-${index}.${end}`) !== undefined),
  );
function commandOf(typed: Typed, count: number): SentCommand {
  const text = typed.note?.[0]?.trim();
  const legs = Array.from({ length: count }, (_, index) => {
    const one = (part: string): string | undefined => typed[`leg-${index}.${part}`]?.[0] || undefined;
    const every = one('checkInEvery');
    return {
      id: `leg-${index + 1}`,
      from: one('from'),
      to: one('to'),
      departAt: readInstant(typed, `leg-${index}.departAt`),
      arriveAt: readInstant(typed, `leg-${index}.arriveAt`),
      ...(every && { checkInEvery: every }),
    };
  });
  return { type: 'planLegs', legs, ...(text && { note: text }) };
}
