/** The journey, leg by leg: where from, where to, when. The next leg begins where the last one ends. */
import type { CaseView } from '../api/types';
import { note } from '../commands/fields';
import type { TaskContext } from '../commands/fields';
import type { SentCommand } from '../commands/read-command';
import { Receipt } from '../commands/receipt';
import { Fields } from '../commands/task-fields';
import { OfCase, TaskHeading } from '../commands/task-page';
import { TaskEnd, useTask } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { useGroup } from '../groups/use-group';
import { Loading } from '../parts/parts';
import { Days } from '../parts/when';
import type { Typed } from '../session/draft';
import { fill, useWords } from '../words/use-words';
import { LegList, legsIn, typedFrom } from './leg-list';
import { useLegsOf } from './use-legs-of';

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

function PlanLegs({ context, legs }: { readonly context: TaskContext; readonly legs: CaseView['legs'] }) {
  const words = useWords();
  const { id, view } = context;
  const { plan } = view;
  const task = useTask(view, 'planLegs', {
    weight: 'plain',
    read: (typed) => commandOf(typed),
    start: typedFrom(legs),
  });
  if (!task) return <Loading />;
  const { act, means } = words.commands.planLegs;
  if (task.answer) return <Receipt id={id} act={act} answer={task.answer} />;
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
        <LegList task={task} places={context} first={plan?.window.from} />
        <Fields {...{ task, context, fields: { note: note() } }} />
        <WhatFollows id={id} command={task.command} />
        <TaskEnd {...{ task, act }} />
      </form>
    </>
  );
}

function commandOf(typed: Typed): SentCommand {
  const text = typed.note?.[0];
  return { type: 'planLegs', legs: legsIn(typed), ...(text && { note: text }) };
}
