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
  const seats = Number(task?.typed.seats?.[0] ?? '');
  const candidates = useCandidates(seats >= 1 && seats <= 100 ? seats : undefined);
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
        <div className="field">
          <label htmlFor="seats">
            {groups.seats} <small>({form.optional})</small>
          </label>
          <input
            id="seats"
            name="seats"
            type="number"
            inputMode="numeric"
            min={1}
            max={100}
            defaultValue={task.before('seats')}
          />
        </div>
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
