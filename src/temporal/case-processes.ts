/** The workflows of cases as the upkeep and operators see them from outside. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { CaseProcesses, StoppedRun } from '../../activities/deps';
import { findCaseIdOf, workflowIdOf } from '../domain/model/ids';
import type { CaseId } from '../domain/model/ids';
import { childReturnType, nudgeSignal } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { upkeepType } from '../../workflows/upkeep/upkeep-type';
import { processOf } from './start';
import { tellProcess } from './tell-process';
import { upkeepTaskQueue } from './upkeep-schedule';

/** Old runs removed at most in one go; the next minute takes the rest. */
const maxForgotten = 200;
/** After thousands were ended at once the rest is found by counting; listing takes ten milliseconds for each. */
const maxStopped = 500;
/** Ours start at once. */
const putOffMs = 60_000;
/** The most the server gives at once. */
const pageSize = 1_000;

/** How a run may end from outside, by the engine's word and ours. */
const causeByStatus: Readonly<Record<string, StoppedRun['cause']>> = {
  TERMINATED: 'terminated',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  CANCELLED: 'cancelled',
};

export function createCaseProcesses(client: Client, taskQueue: string): CaseProcesses {
  /** Only those of this task queue: another Homeward may share the namespace. */
  const ours = `TaskQueue = '${taskQueue}' AND WorkflowType = '${childReturnType}'`;
  async function* listRuns(condition: string): AsyncGenerator<WorkflowExecutionInfo & { case: CaseId }> {
    for await (const run of client.workflow.list({ query: `${ours} AND ${condition}`, pageSize })) {
      const id = findCaseIdOf(run.workflowId);
      if (id !== undefined) yield { ...run, case: id };
    }
  }
  const handleOf = (id: string) => client.workflow.getHandle(processOf(id).workflowId);

  return {
    start: (id, restarted) => processOf(id).start(client, { taskQueue, ...(restarted && { restarted }) }),
    nudge: (id, restarted) =>
      ifThere(() => handleOf(id).signal(nudgeSignal, ...(restarted ? [restarted] : []))),
    tell: (id, news, isOpen) => tellProcess(client, { id, news, isOpen, taskQueue }),
    terminate: (id, firstExecutionRunId, reason) =>
      ifThere(() =>
        client.workflow
          .getHandle(processOf(id).workflowId, undefined, { firstExecutionRunId })
          .terminate(reason),
      ),
    async describe(id) {
      try {
        const description = await handleOf(id).describe();
        const { runId, status, startTime, raw, typedSearchAttributes } = description;
        return {
          runId,
          firstRunId: raw.workflowExecutionInfo?.firstRunId || runId,
          isRunning: status.name === 'RUNNING',
          isOurs: isOurs(description, processOf(id).type, taskQueue),
          hasTask: Boolean(raw.pendingWorkflowTask),
          startedAt: startTime.toISOString(),
          taskAttempt: raw.pendingWorkflowTask?.attempt ?? 0,
          trouble: typedSearchAttributes.get(searchAttributes.trouble),
        };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    },
    async countRunning(prefix) {
      return (await client.workflow.count(`${ours} AND ${running(prefix)}`)).count;
    },
    async listRunning(prefix) {
      const found = new Set<CaseId>();
      for await (const run of listRuns(running(prefix))) found.add(run.case);
      return found;
    },
    async listStopped(withinMs) {
      const stopped: StoppedRun[] = [];
      const ended = `ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')`;
      for await (const run of listRuns(`CloseTime > '${before(withinMs)}' AND ${ended}`)) {
        const cause = causeByStatus[run.status.name];
        if (cause) stopped.push({ case: run.case, runId: run.runId, cause });
        if (stopped.length >= maxStopped) break;
      }
      return stopped;
    },
    async forgetUpkeepRuns(olderThanMs) {
      const query = `TaskQueue IN ('${taskQueue}', '${upkeepTaskQueue(taskQueue)}') AND WorkflowType = '${upkeepType}' AND CloseTime < '${before(olderThanMs)}'`;
      let forgotten = 0;
      for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: maxForgotten })) {
        await client.connection.workflowService.deleteWorkflowExecution({
          namespace: client.options.namespace,
          workflowExecution: { workflowId, runId },
        });
        forgotten += 1;
        if (forgotten >= maxForgotten) break;
      }
      return forgotten;
    },
  };
}

/** A start put off into the future, or repeated by a calendar, has its execution time after its start. */
const isOurs = (
  {
    type,
    taskQueue: queue,
    startTime,
    executionTime,
  }: Pick<WorkflowExecutionInfo, 'type' | 'taskQueue' | 'startTime' | 'executionTime'>,
  ourType: string,
  taskQueue: string,
): boolean =>
  type === ourType &&
  queue === taskQueue &&
  (executionTime === undefined || executionTime.getTime() - startTime.getTime() < putOffMs);

/** References hold letters, digits and a hyphen: nothing to escape. */
const running = (prefix: string): string =>
  `ExecutionStatus = 'Running'${prefix === '' ? '' : ` AND WorkflowId STARTS_WITH '${workflowIdOf(prefix)}'`}`;

const before = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** False when the workflow does not run: the case is closed, or will be started anew. */
async function ifThere(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
