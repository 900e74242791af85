/** One command of the table as a page: what is asked, what follows, and one button that says what it does. */
import { useState } from 'react';
import { Redirect } from 'wouter';
import type { OfficialCommandType } from '#contracts/commands';
import { Loading } from '../parts/parts';
import { useWords } from '../words/use-words';
import { commandForms } from './command-forms';
import { hasForm } from './command-pages';
import type { Weight } from './command-forms';
import type { FieldKind, TaskContext } from './fields';
import { isComplete, readCommand } from './read-command';
import { Receipt } from './receipt';
import { actAddress } from './task-address';
import { Fields } from './task-fields';
import { OfCase, TaskHeading } from './task-page';
import { TaskEnd, useTask } from './use-task';
import { WhatFollows } from './what-follows';

export function CommandPage({ id, type }: { readonly id: string; readonly type: OfficialCommandType }) {
  if (!hasForm(type)) return <Redirect to={actAddress(id, type)} replace />;
  return (
    <OfCase id={id} type={type}>
      {(context) => <FormPage {...{ type, context, ...commandForms[type] }} />}
    </OfCase>
  );
}

interface FormPageProps {
  readonly type: OfficialCommandType;
  readonly context: TaskContext;
  readonly weight: Weight;
  readonly fields: Readonly<Record<string, FieldKind>>;
}
function FormPage({ type, context, weight, fields }: FormPageProps) {
  const { id, view, subject = '' } = context;
  const words = useWords();
  const { act, means } = words.commands[type];
  // Once sent it is no longer offered, and that is as it should be.
  const [wasOffered] = useState(context.isOffered);
  const task = useTask(view, `${type}:${subject}`, {
    weight,
    read: (typed, newId) => readCommand(type, fields, typed, { ...context, newId }),
    isComplete: (command) => isComplete(fields, command),
  });
  if (!task) return <Loading />;
  if (task.answer) return <Receipt id={id} act={act} answer={task.answer} />;
  return (
    <form className="form" {...task.form}>
      <TaskHeading view={view} title={act}>
        <p>{means}</p>
      </TaskHeading>
      <div className="stack">
        {task.message}
        {!wasOffered && !context.isOffered && (
          <p className="message" data-is="late" role="status">
            {words.form.notYours}
          </p>
        )}
        <Fields {...{ task, context, fields }} />
        {weight !== 'light' && <WhatFollows id={id} command={task.command} />}
        <TaskEnd task={task} act={act} isStop={type === 'placeHold' || type === 'reportMedicalEmergency'} />
      </div>
    </form>
  );
}
