/** Several questions of one form, each with what was typed before and what is wrong with it. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Typed } from '../session/draft';
import { CommandField } from './command-field';
import type { FieldKind, OnlyWhen, TaskContext } from './fields';
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
  Object.entries(fields).map(([name, field]) => {
    const asked = (
      <CommandField
        key={name}
        {...{ name, field, typed, fault: fault(name) }}
        context={{ ...context, newId }}
      />
    );
    return field.only ? (
      <WhileAnswered key={name} typed={typed} {...field.only}>
        {asked}
      </WhileAnswered>
    ) : (
      asked
    );
  });

/** The form keeps its own answers, as plain HTML does: so it is asked what the other answer is whenever one changes. */
function WhileAnswered({
  name,
  is,
  typed,
  children,
}: OnlyWhen & { readonly typed: Typed; readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isAsked, setAsked] = useState(is.includes(typed[name]?.[0] ?? ''));
  useEffect(() => {
    const form = place.current?.closest('form');
    const look = () =>
      form &&
      setAsked(
        new FormData(form).getAll(name).some((answer) => typeof answer === 'string' && is.includes(answer)),
      );
    form?.addEventListener('input', look);
    return () => form?.removeEventListener('input', look);
  }, [name, is]);
  return (
    <div ref={place} hidden={!isAsked}>
      {isAsked && children}
    </div>
  );
}
