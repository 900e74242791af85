/** Starts the workflow of a case, from wherever a case may be found without one. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { workflowIdOf } from '../domain/ids';
import type { CaseId } from '../domain/ids';
import type { childReturn } from '../../workflows/child-return/child-return';
import { childReturnType } from '../../workflows/child-return/messages';

export const defaultTaskQueue = 'homeward';

export interface StartOptions {
  readonly taskQueue?: string;
  /** Events after which a history is continued as new; when the server suggests it, unless given. */
  readonly continueAfter?: number;
}

/**
 * Starts the case's process, or does nothing when it runs. A run that was terminated or failed is followed by a
 * new one, which reads the record; one that completed is not, because the case is closed.
 */
export async function startChildReturn(
  client: Client,
  id: CaseId,
  options: StartOptions = {},
): Promise<void> {
  const { taskQueue = defaultTaskQueue, continueAfter } = options;
  try {
    await client.workflow.start<typeof childReturn>(childReturnType, {
      workflowId: workflowIdOf(id),
      taskQueue,
      args: [{ case: id, ...(continueAfter === undefined ? {} : { continueAfter }) }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      staticSummary: `Return ${id}`,
      staticDetails:
        'One child’s return. The record of the case is in the register; this process waits, reminds and asks ' +
        'for the next step. Terminating or resetting it loses nothing: it is rebuilt from the record within a minute.',
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    throw error;
  }
}
