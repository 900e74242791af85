/** Forms of one reason and a note. */
import { abortReasons } from '#domain/group/group';
import { objectionReasons } from '#domain/model/decisions';
import { Choices } from '../../commands/choices';
import { TextField } from '../../commands/command-field';
import { ChildName } from '../../parts/case-link';
import { useNames } from '../../case/use-case';
import { useMe } from '../../session/use-session';
import { useWords } from '../../words/use-words';
import { useGroupWords } from '../use-group-words';
import type { GroupFormProps, GroupTask } from '../form-props';

export function Note({ task }: { readonly task: Pick<GroupTask, 'before' | 'fault'> }) {
  const { form } = useWords();
  const context = { me: useMe(), names: useNames() };
  return (
    <TextField
      {...{ name: 'note', label: form.note, required: false, rows: 4, context }}
      before={task.before}
      fault={task.fault('note')}
    />
  );
}

/** The note is all that is asked. */
export const NoteForm = ({ task }: GroupFormProps) => <Note task={task} />;

export function CallOffForm({ task }: GroupFormProps) {
  const groups = useGroupWords();
  return (
    <>
      <Choices
        name="reason"
        legend={groups.reason}
        chosen={task.typed.reason}
        fault={task.fault('reason')}
        options={abortReasons.map((reason) => ({ value: reason, label: groups.abortReasons[reason] }))}
      />
      <Note task={task} />
    </>
  );
}

export function RefuseForm({ view, task }: GroupFormProps) {
  const groups = useGroupWords();
  const { values } = useWords();
  return (
    <>
      <Choices
        name="member"
        legend={groups.member}
        chosen={task.typed.member}
        fault={task.fault('member')}
        options={view.children
          .filter(({ travels }) => travels)
          .map(({ case: id, child }) => ({ value: id, label: <ChildName id={id} child={child} /> }))}
      />
      <Choices
        name="reason"
        legend={groups.reason}
        chosen={task.typed.reason}
        fault={task.fault('reason')}
        options={objectionReasons.map((reason) => ({ value: reason, label: values.objectionReason[reason] }))}
      />
      <Note task={task} />
    </>
  );
}

export function CheckInForm(props: GroupFormProps) {
  const { notWithYou } = useGroupWords();
  return (
    <>
      <Excepted {...props} legend={notWithYou} />
      <Note task={props.task} />
    </>
  );
}

/** Of whom it is not said. */
export function Excepted({ view, task, legend }: GroupFormProps & { readonly legend: string }) {
  const together = view.children.filter(
    ({ case: id, travels }) => view.departure?.departed.includes(id) ?? travels,
  );
  return (
    <Choices
      many
      isOptional
      name="except"
      legend={legend}
      chosen={task.typed.except}
      fault={task.fault('except')}
      options={together.map(({ case: id, child }) => ({
        value: id,
        label: <ChildName id={id} child={child} />,
      }))}
    />
  );
}
