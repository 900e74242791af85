/** Starts the workflow of a case, from wherever a case may be found without one. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { SearchAttributePair } from '@temporalio/common';
import { tasksFailing } from '../../activities/deps';
import { workflowIdOf } from '../domain/ids';
import type { CaseId } from '../domain/ids';
import type { childReturn } from '../../workflows/child-return/child-return';
import { childReturnType } from '../../workflows/child-return/messages';
import type { RestartNote } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';

export const defaultTaskQueue = 'homeward';

export interface StartOptions {
  readonly taskQueue?: string;
  /** Events after which a history is continued as new; when the server suggests it, unless given. */
  readonly continueAfter?: number;
  /** Given when a run ended from outside: said in the UI, before a worker has seen it. */
  readonly restarted?: RestartNote;
}

/**
 * Starts the case's process and gives true, or does nothing when it runs. A run that was terminated or failed is
 * followed by a new one, which reads the record; one that completed is not, because the case is closed.
 */
export async function startChildReturn(
  client: Client,
  id: CaseId,
  options: StartOptions = {},
): Promise<boolean> {
  const { taskQueue = defaultTaskQueue, continueAfter, restarted } = options;
  try {
    await client.workflow.start<typeof childReturn>(childReturnType, {
      workflowId: workflowIdOf(id),
      taskQueue,
      args: [
        {
          case: id,
          view: 2,
          ...(continueAfter === undefined ? {} : { continueAfter }),
          ...(restarted === undefined ? {} : { restarted }),
        },
      ],
      ...(restarted && { typedSearchAttributes: saidAtStart(restarted) }),
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      staticSummary: `Return ${id}`,
      staticDetails:
        'One child’s return. The record of the case is in the register; this process waits, reminds and asks ' +
        'for the next step. Terminating or resetting it loses nothing: it is rebuilt from the record within a minute.' +
        (restarted ? `\n\nRebuilt from the record at ${restarted.at}, because: ${restarted.cause}.` : ''),
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** Seen before a worker has. Trouble is taken away by the process itself once it works again. */
function saidAtStart({ cause }: RestartNote): SearchAttributePair[] {
  const rebuilt = { key: searchAttributes.rebuilt, value: cause };
  if (cause !== 'tasks-failing') return [rebuilt];
  return [rebuilt, { key: searchAttributes.trouble, value: tasksFailing }];
}
