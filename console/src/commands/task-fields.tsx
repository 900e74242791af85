/** Several questions of one form, each with what was typed before and what is wrong with it. */
import { CommandField } from './command-field';
import type { FieldKind, TaskContext } from './fields';
import type { Task } from './use-task';

export const Fields = ({
  task: { typed, newId, fault },
  context,
  fields,
}: {
  readonly task: Task;
  readonly context: TaskContext;
  readonly fields: Readonly<Record<string, FieldKind>>;
}) =>
  Object.entries(fields).map(([name, field]) => (
    <CommandField
      key={name}
      {...{ name, field, typed, fault: fault(name) }}
      context={{ ...context, newId }}
    />
  ));
