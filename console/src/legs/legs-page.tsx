/** The journey, leg by leg: where from, where to, when. The next leg begins where the last one ends. */
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import type { CaseView } from '../api/types';
import { DateField, readInstant } from '../commands/date-field';
import { note } from '../commands/fields';
import type { TaskContext } from '../commands/fields';
import type { SentCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { Fields } from '../commands/task-fields';
import { OfCase, TaskHeading } from '../commands/task-page';
import { TaskEnd, useTask } from '../commands/use-task';
import type { Task } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { useGroup } from '../groups/use-group';
import { Loading } from '../parts/parts';
import { Days } from '../parts/when';
import type { Typed } from '../session/draft';
import { fill, useWords } from '../words/use-words';

const most = 20;
const checkIns = ['PT30M', 'PT1H', 'PT2H', 'PT3H', 'PT4H'] as const;

export default function LegsPage({ id }: { readonly id: string }) {
  return (
    <OfCase id={id} type="planLegs">
      {(context) =>
        context.view.legs.length === 0 && context.view.group !== undefined ? (
          <PlanLikeOthers context={context} group={context.view.group} />
        ) : (
          <PlanLegs context={context} legs={context.view.legs} />
        )
      }
    </OfCase>
  );
}

/** Who travels with others goes their way: it is looked through, not typed again. */
function PlanLikeOthers({ context, group }: { readonly context: TaskContext; readonly group: string }) {
  const { view, isHidden } = useGroup(group);
  const others = view?.children.filter((child) => child.travels && child.case !== context.id) ?? [];
  const planned = useLegsOf(others.map((child) => child.case));
  if ((!view && !isHidden) || !planned) return <Loading />;
  return <PlanLegs context={context} legs={planned} />;
}

/** Those of the first of these cases that has any; undefined until it is known. */
function useLegsOf(cases: readonly string[]): CaseView['legs'] | undefined {
  const asked = useQueries({
    queries: cases.map((id) => api.queryOptions('get', '/v1/cases/{id}', { params: { path: { id } } })),
  });
  if (asked.some(({ isPending }) => isPending)) return undefined;
  return asked.map(({ data }) => data?.legs ?? []).find((legs) => legs.length > 0) ?? [];
}

function PlanLegs({ context, legs }: { readonly context: TaskContext; readonly legs: CaseView['legs'] }) {
  const words = useWords();
  const { id, view } = context;
  const { plan } = view;
  const [chosen, setCount] = useState<number>();
  const count = (typed: Typed): number => chosen ?? Math.max(1, countOf(typed));
  const task = useTask(view, 'planLegs', {
    weight: 'plain',
    read: (typed) => commandOf(typed, count(typed)),
    start: typedFrom(legs),
  });
  if (!task) return <Loading />;
  const { act, means } = words.commands.planLegs;
  if (task.answer) return <Receipt id={id} act={act} answer={task.answer} />;
  const many = count(task.typed);
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
      <form className="form" {...task.form}>
        {task.message}
        {Array.from({ length: many }, (_, index) => (
          <Leg key={index} {...{ index, context }} value={task.before} first={plan?.window.from} />
        ))}
        <div className="row">
          {many < most && (
            <button type="button" className="act" onClick={() => setCount(many + 1)}>
              {words.legs.add}
            </button>
          )}
          {many > 1 && (
            <button type="button" className="act" onClick={() => setCount(many - 1)}>
              {words.legs.remove}
            </button>
          )}
        </div>
        <Fields {...{ task, context, fields: { note: note() } }} />
        <WhatFollows id={id} command={task.command} />
        <TaskEnd {...{ task, act }} />
      </form>
    </>
  );
}

/** A leg goes on where the one before ended, on that day; it arrives on the day it departs. */
function likely(index: number, value: Task['before'], first: string): Task['before'] {
  const [year, month, day] = first.split('-').map((part) => String(Number(part)));
  const firstDay: Readonly<Record<string, string | undefined>> = { year, month, day };
  return (input) => {
    const typed = value(input);
    if (typed !== undefined) return typed;
    const [, end = '', part = ''] = input.split('.');
    const past = `leg-${index - 1}`;
    if (end === 'from') return value(`${past}.to`);
    if (end === 'departAt' && part !== 'time') return value(`${past}.arriveAt.${part}`) ?? firstDay[part];
    return end === 'arriveAt' && part !== 'time'
      ? (value(`leg-${index}.departAt.${part}`) ?? value(`${past}.arriveAt.${part}`) ?? firstDay[part])
      : undefined;
  };
}

function Leg({
  index,
  context,
  value: typed,
  first = context.today,
}: {
  readonly index: number;
  readonly context: TaskContext;
  readonly value: Task['before'];
  readonly first: string | undefined;
}) {
  const words = useWords();
  const value = likely(index, typed, first < context.today ? context.today : first);
  const name = (part: string): string => `leg-${index}.${part}`;
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
          today={first}
          required
          withTime
          suggest={[]}
          before={value}
        />
      ))}
      <label className="choice">
        <input
          type="checkbox"
          name={name('safePoint')}
          value="true"
          defaultChecked={value(name('safePoint')) === 'true'}
        />
        <span>{words.legs.endsSafe}</span>
      </label>
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

const countOf = (typed: Typed): number =>
  Math.max(0, ...Object.keys(typed).map((name) => Number(/^leg-(\d+)\./.exec(name)?.[1] ?? -1) + 1));

function typedFrom(legs: CaseView['legs']): Typed {
  const entries = legs.flatMap(
    ({ from, to, departAt, arriveAt, safePoint, checkInEvery }, index): [string, string[]][] => [
      [`leg-${index}.from`, [from]],
      [`leg-${index}.to`, [to]],
      ...instantParts(`leg-${index}.departAt`, departAt),
      ...instantParts(`leg-${index}.arriveAt`, arriveAt),
      ...(safePoint ? [[`leg-${index}.safePoint`, ['true']] as [string, string[]]] : []),
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
function commandOf(typed: Typed, count: number): SentCommand {
  const text = typed.note?.[0];
  const legs = Array.from({ length: count }, (_, index) => {
    const one = (part: string): string | undefined => typed[`leg-${index}.${part}`]?.[0] || undefined;
    const every = one('checkInEvery');
    return {
      id: `leg-${index + 1}`,
      from: one('from'),
      to: one('to'),
      departAt: readInstant(typed, `leg-${index}.departAt`),
      arriveAt: readInstant(typed, `leg-${index}.arriveAt`),
      ...(one('safePoint') === 'true' && { safePoint: true }),
      ...(every && { checkInEvery: every }),
    };
  });
  return { type: 'planLegs', legs, ...(text && { note: text }) };
}
