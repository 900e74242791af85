/** A group is drafted: who could travel together, chosen and put in order, with hour, place and way. */
import { http } from '../api/client';
import type { GroupAnswer } from '../api/types';
import { TaskEnd, useTask } from '../commands/use-task';
import { Loading, NotHere, useTitle } from '../parts/parts';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { Link } from 'wouter';
import { GroupReceipt } from './group-act-page';
import { ListFields, knownIn } from './forms/list-fields';
import { listIn } from './forms/list-terms';
import { Note } from './forms/small-forms';
import { mayDraft } from './may-draft';
import { useCandidates } from './use-group';
import { useGroupWords } from './use-group-words';

export default function NewGroupPage() {
  return mayDraft(useMe()) ? <NewGroup /> : <NotHere />;
}

/** It has no reference yet: drafts are kept under this. */
const draft = { id: 'new-group', version: 0 };

/** Of how many the API can ask. */
const bounds = { seats: 100, escorts: 20 };

function NewGroup() {
  const groups = useGroupWords();
  const { form } = useWords();
  const { act, means } = groups.commands.draftGroup;
  useTitle(groups.drafted);
  const task = useTask<GroupAnswer>(draft, 'draftGroup', {
    weight: 'light',
    read: (typed) => {
      const note = typed.note?.[0];
      return { type: 'draftGroup', ...listIn(typed), ...(note !== undefined && note !== '' && { note }) };
    },
    post: (header, { type: _type, ...body }) =>
      http.POST('/v1/groups', { params: { header }, body: body as never }),
  });
  const room = Object.fromEntries(
    Object.entries(bounds).flatMap(([name, most]) => {
      const count = Number(task?.typed[name]?.[0] ?? '');
      return Number.isInteger(count) && count >= 1 && count <= most ? [[name, count]] : [];
    }),
  );
  const candidates = useCandidates(room);
  if (!task || !candidates) return <Loading />;
  if (task.answer) return <GroupReceipt view={undefined} act={act} answer={task.answer} />;
  return (
    <>
      <header>
        <h1>{groups.drafted}</h1>
        <p>{means}</p>
      </header>
      <form className="form" {...task.form}>
        {task.message}
        {candidates.lists.length === 0 && <p>{groups.noProposals}</p>}
        {(['seats', 'escorts'] as const).map((name) => (
          <div key={name} className="field">
            <label htmlFor={name}>
              {groups[name]} <small>({form.optional})</small>
            </label>
            <input
              {...{ id: name, name }}
              type="number"
              inputMode="numeric"
              min={1}
              max={bounds[name]}
              defaultValue={task.before(name)}
            />
          </div>
        ))}
        <ListFields {...{ task, candidates }} briefs={knownIn(candidates)} />
        <Note task={task} />
        <TaskEnd
          {...{ task, act }}
          back={
            <Link className="act" href={paths.groups}>
              {form.back}
            </Link>
          }
        />
      </form>
    </>
  );
}
