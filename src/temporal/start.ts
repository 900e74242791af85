/** Starts the workflow of a case, from wherever a case may be found without one. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client, WorkflowStartOptions } from '@temporalio/client';
import type { SearchAttributePair } from '@temporalio/common';
import { tasksFailing } from '../../activities/deps';
import { groupWorkflowIdOf, isGroupId } from '../domain/group/group';
import type { GroupId } from '../domain/group/group';
import { workflowIdOf } from '../domain/model/ids';
import type { CaseId } from '../domain/model/ids';
import type { groupReturn } from '../../workflows/group-return/group-return';
import { groupReturnType } from '../../workflows/group-return/messages';
import type { childReturn } from '../../workflows/child-return/child-return';
import { childReturnType, currentView, recordedSignal } from '../../workflows/child-return/messages';
import type { News, RestartNote } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';

export const defaultTaskQueue = 'homeward';

export interface StartOptions {
  readonly taskQueue?: string;
  /** Events after which a history is continued as new; when the server suggests it, unless given. */
  readonly continueAfter?: number;
  /** Given when a run ended from outside: said in the UI, before a worker has seen it. */
  readonly restarted?: RestartNote;
  /** Its first message: what made the case open, by name. */
  readonly news?: readonly News[];
}

/**
 * Starts the process of a case that the record has as open, and gives true; or does nothing when a workflow runs under
 * its id. Whatever ran before, and however it ended, is no reason against: the record says whether a process must run.
 */
export async function startChildReturn(
  client: Client,
  id: CaseId,
  options: StartOptions = {},
): Promise<boolean> {
  const { taskQueue = defaultTaskQueue, continueAfter, restarted, news } = options;
  const start: WorkflowStartOptions<typeof childReturn> = {
    workflowId: workflowIdOf(id),
    taskQueue,
    args: [
      {
        case: id,
        view: currentView,
        ...(continueAfter === undefined ? {} : { continueAfter }),
        ...(restarted === undefined ? {} : { restarted }),
      },
    ],
    ...(restarted && { typedSearchAttributes: saidAtStart(restarted) }),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    staticSummary: `Return ${id}`,
    staticDetails:
      'One child’s return. What happened in the case is in the record; this process waits, reminds and asks ' +
      'for the next step. Terminating or resetting it loses nothing: it is rebuilt from the record within a minute.' +
      (restarted ? `\n\nRebuilt from the record at ${restarted.at}, because: ${restarted.cause}.` : ''),
  };
  try {
    if (news)
      await client.workflow.signalWithStart(childReturnType, {
        ...start,
        signal: recordedSignal,
        signalArgs: [news],
      });
    else await client.workflow.start(childReturnType, { ...start, workflowIdConflictPolicy: 'FAIL' });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** The same for a group. */
export async function startGroupReturn(
  client: Client,
  id: GroupId,
  { taskQueue = defaultTaskQueue }: Pick<StartOptions, 'taskQueue'> = {},
): Promise<boolean> {
  const start: WorkflowStartOptions<typeof groupReturn> = {
    workflowId: groupWorkflowIdOf(id),
    taskQueue,
    args: [{ group: id }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    staticSummary: `Group ${id}`,
    staticDetails:
      'Children who travel together. What happened is in the record; this process reminds, and looks at the children’s ' +
      'own cases. Terminating it loses nothing: it is started again within a minute.',
  };
  try {
    await client.workflow.start(groupReturnType, start);
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** The one workflow of a case or a group, by its reference. */
export const processOf = (
  id: string,
): {
  readonly workflowId: string;
  readonly type: string;
  readonly start: (client: Client, options?: StartOptions) => Promise<boolean>;
} =>
  isGroupId(id)
    ? {
        workflowId: groupWorkflowIdOf(id),
        type: groupReturnType,
        start: (client, options) => startGroupReturn(client, id, options),
      }
    : {
        workflowId: workflowIdOf(id),
        type: childReturnType,
        start: (client, options) => startChildReturn(client, id, options),
      };

/** Seen before a worker has. Trouble is taken away by the process itself once it works again. */
function saidAtStart({ cause }: RestartNote): SearchAttributePair[] {
  const rebuilt = { key: searchAttributes.rebuilt, value: cause };
  if (cause !== 'tasks-failing') return [rebuilt];
  return [rebuilt, { key: searchAttributes.trouble, value: tasksFailing }];
}
