/** The workflows of cases as the upkeep sees them from outside. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { CaseProcesses } from '../../activities/deps';
import { findCaseIdOf, workflowIdOf } from '../domain/ids';
import type { CaseId } from '../domain/ids';
import { childReturnType, commandSignal, nudgeSignal } from '../../workflows/child-return/messages';
import { upkeepType } from '../../workflows/upkeep/upkeep-type';
import { startChildReturn } from './start';

/** Old runs removed at most in one go; the next minute takes the rest. */
const mostForgotten = 200;

export function createCaseProcesses(client: Client, taskQueue: string): CaseProcesses {
  /** Only those of this task queue: another Homeward may share the namespace. */
  async function listCases(condition: string): Promise<ReadonlySet<CaseId>> {
    const query = `TaskQueue = '${taskQueue}' AND WorkflowType = '${childReturnType}' AND ${condition}`;
    const found = new Set<CaseId>();
    for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 })) {
      const id = findCaseIdOf(workflowId);
      if (id !== undefined) found.add(id);
    }
    return found;
  }

  return {
    start: (id) => startChildReturn(client, id, { taskQueue }),
    nudge: (id) => ifThere(() => client.workflow.getHandle(workflowIdOf(id)).signal(nudgeSignal)),
    send: (envelope) =>
      ifThere(() => client.workflow.getHandle(workflowIdOf(envelope.case)).signal(commandSignal, envelope)),
    listRunning: () => listCases(`ExecutionStatus = 'Running'`),
    listStopped: (withinMs) =>
      listCases(
        `CloseTime > '${before(withinMs)}' AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')`,
      ),
    async forgetUpkeepRuns(olderThanMs) {
      const query = `TaskQueue = '${taskQueue}' AND WorkflowType = '${upkeepType}' AND CloseTime < '${before(olderThanMs)}'`;
      let forgotten = 0;
      for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: mostForgotten })) {
        await client.connection.workflowService.deleteWorkflowExecution({
          namespace: client.options.namespace,
          workflowExecution: { workflowId, runId },
        });
        forgotten += 1;
        if (forgotten >= mostForgotten) break;
      }
      return forgotten;
    },
  };
}

const before = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** False when the workflow does not run: the case is closed, or will be started anew. */
async function ifThere(send: () => Promise<void>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
