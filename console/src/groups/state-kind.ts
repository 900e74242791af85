/** How the state of a group looks. */
import type { GroupState } from '#domain/model/groups';
import type { StateKind } from '../parts/parts';

export const stateKind: Readonly<Record<GroupState, StateKind>> = {
  drafting: 'open',
  proposed: 'open',
  frozen: 'open',
  confirming: 'open',
  go: 'done',
  departed: 'open',
  completed: 'done',
  aborted: 'stalled',
};
