/** What each form of a group is given. */
import type { GroupAnswer, GroupView } from '../api/types';
import type { Task } from '../commands/use-task';

export type GroupTask = Task<GroupAnswer>;
export interface GroupFormProps {
  readonly view: GroupView;
  readonly task: GroupTask;
}
