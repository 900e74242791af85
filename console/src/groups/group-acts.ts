/** Which commands of a group have a form. Apart from the forms, so that a page that names one loads none. */
import { groupCommandTable } from '#domain/group/command-table';
import type { GroupCommandType } from '#domain/group/group';

export type GroupAct = Exclude<GroupCommandType, 'draftGroup' | 'observeGroup'>;
const without: readonly string[] = ['draftGroup', 'observeGroup'];
export const isGroupAct = (type: string): type is GroupAct =>
  type in groupCommandTable && !without.includes(type);
/** What stops a group, or one child of it. */
export const stops: readonly GroupAct[] = ['refuseMember', 'sayNoGo', 'abortGroup', 'reportBreach'];
