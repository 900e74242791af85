/** Who, in which order, when, where and how: the same fields for a new group and for a changed list. */
import { modalities } from '#domain/model/plan';
import type { Candidates } from '../../api/types';
import { useMechanism, useNames } from '../../case/use-case';
import { Choices } from '../../commands/choices';
import { DateField } from '../../commands/date-field';
import { Fault } from '../../commands/fault';
import { today } from '../../parts/clock';
import { briefsBy } from '../../parts/case-link';
import { useWords } from '../../words/use-words';
import type { Briefs } from '../use-group';
import { ChooseChildren } from './choose-children';
import type { ChildrenChoice } from './choose-children';
import { useGroupWords } from '../use-group-words';

export const knownIn = (candidates: Candidates | undefined): Briefs => briefsBy(candidates?.children ?? []);

export function ListFields({ task, candidates, briefs }: ChildrenChoice) {
  const groups = useGroupWords();
  const { values } = useWords();
  const names = useNames();
  const mechanism = useMechanism();
  const fault = task.fault('departAt');
  return (
    <>
      <ChooseChildren {...{ task, candidates, briefs }} />
      <DateField
        {...{ name: 'departAt', label: groups.terms.date, today: today(), required: true, withTime: true }}
        suggest={daysOf(candidates)}
        before={task.before}
        {...(fault !== undefined && { fault })}
      />
      <div className="field">
        <label htmlFor="place">{groups.place}</label>
        <select
          id="place"
          name="place"
          required
          defaultValue={task.before('place') ?? ''}
          aria-describedby={task.fault('place') === undefined ? undefined : 'place-fault'}
        >
          <option value="" />
          {mechanism?.places.map(({ id }) => (
            <option key={id} value={id}>
              {names.place(id)}
            </option>
          ))}
        </select>
        <Fault name="place" fault={task.fault('place')} />
      </div>
      <Choices
        name="route"
        legend={groups.terms.route}
        chosen={task.typed.route}
        fault={task.fault('route')}
        options={modalities.map((route) => ({ value: route, label: values.modality[route] }))}
      />
    </>
  );
}

const dayMs = 86_400_000;
const mostDays = 3;
/** The days on which most could travel, as days from today. */
const daysOf = (candidates: Candidates | undefined): number[] =>
  [
    ...new Set(
      (candidates?.lists ?? []).map(({ date }) =>
        Math.round((Date.parse(date) - Date.parse(today())) / dayMs),
      ),
    ),
  ]
    .filter((days) => days > 0)
    .slice(0, mostDays)
    .sort((one, other) => one - other);
