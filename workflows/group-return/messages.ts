/** The messages a group takes, by name and type. Nothing here runs. */
import type { GroupId } from '../../src/domain/group/group';

/** The workflow type, as the UI and the `temporal` CLI name it. */
export const groupReturnType = 'groupReturn';

/** Arguments of the workflow `groupReturn`. It takes the signals `recorded` and `nudge`, as a case's process does. */
export interface GroupReturnInput {
  readonly group: GroupId;
}
