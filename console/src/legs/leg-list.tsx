/** Legs as they are typed: of one child, or of all who travel together. */
import { useEffect, useRef, useState } from 'react';
import type { CaseView } from '../api/types';
import { DateField, readInstant } from '../commands/date-field';
import type { TaskContext } from '../commands/fields';
import type { Task } from '../commands/use-task';
import type { Typed } from '../session/draft';
import { fill, useWords } from '../words/use-words';

const most = 20;
const checkIns = ['PT30M', 'PT1H', 'PT2H', 'PT3H', 'PT4H'] as const;

export type Places = Pick<TaskContext, 'mechanism' | 'names' | 'today'>;

/** `first`: the day on which the first of them is likely to depart; `start`: what stands there before anything is typed. */
export function LegList({
  task,
  places,
  first,
  start = {},
}: {
  readonly task: Pick<Task<unknown>, 'typed' | 'before'>;
  readonly places: Places;
  readonly first: string | undefined;
  readonly start?: Typed;
}) {
  const { legs: words } = useWords();
  const [chosen, setCount] = useState<number>();
  const box = useRef<HTMLDivElement>(null);
  // The form reads itself anew: a leg has come or gone, and nothing was typed.
  useEffect(() => {
    if (chosen !== undefined) box.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [chosen]);
  const many = chosen ?? (countOf(task.typed) || countOf(start) || 1);
  const value = (input: string) => task.before(input) ?? start[input]?.[0];
  return (
    <div ref={box} className="stack">
      {Array.from({ length: many }, (_, index) => (
        <Leg key={index} {...{ index, places, value, first }} />
      ))}
      <div className="row">
        {many < most && (
          <button type="button" className="act" onClick={() => setCount(many + 1)}>
            {words.add}
          </button>
        )}
        {many > 1 && (
          <button type="button" className="act" onClick={() => setCount(many - 1)}>
            {words.remove}
          </button>
        )}
      </div>
    </div>
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
  places,
  value: typed,
  first = places.today,
}: {
  readonly index: number;
  readonly places: Places;
  readonly value: Task['before'];
  readonly first: string | undefined;
}) {
  const words = useWords();
  const value = likely(index, typed, first < places.today ? places.today : first);
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
              {places.mechanism.places.map(({ id }) => (
                <option key={id} value={id}>
                  {places.names.place(id)}
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

export function typedFrom(legs: CaseView['legs']): Typed {
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

export function legsIn(typed: Typed) {
  return Array.from({ length: countOf(typed) }, (_, index) => {
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
}
