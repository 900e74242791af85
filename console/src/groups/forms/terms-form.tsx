/** Each term for itself: none is ticked before, and each says what it is. */
import { listTerms } from '#domain/group/group';
import { Choices } from '../../commands/choices';
import { useMe } from '../../session/use-session';
import type { GroupFormProps } from '../form-props';
import { ListedChildren, useTermTexts } from '../the-list';
import { Note } from './small-forms';
import { useGroupWords } from '../use-group-words';

export const ConfirmForm = (props: GroupFormProps) => <Terms {...props} asks="yourTerms" />;

export const DisputeForm = (props: GroupFormProps) => (
  <>
    <Terms {...props} asks="disputedTerms" />
    <Note task={props.task} />
  </>
);

export function Terms({
  view,
  task,
  asks,
  of,
}: GroupFormProps & {
  readonly asks: 'yourTerms' | 'disputedTerms';
  /** Whose word it is, where it is not the reader’s own. */
  readonly of?: string | undefined;
}) {
  const groups = useGroupWords();
  const { party: own } = useMe();
  const texts = useTermTexts(view);
  const mine = view.stands.find(({ party }) => party === (of ?? own))?.terms ?? {};
  return (
    <>
      <ListedChildren view={view} />
      <Choices
        many
        required={false}
        name="terms"
        legend={groups[asks]}
        chosen={task.typed.terms}
        fault={task.fault('terms')}
        options={listTerms.map((term) => {
          const said = mine[term];
          return {
            value: term,
            label: (
              <>
                <b>{groups.terms[term]}</b>: {texts[term]}
              </>
            ),
            ...(said && { note: groups[said] }),
          };
        })}
      />
    </>
  );
}
