/** The schedule that runs the upkeep every minute: one per namespace and task queue, whoever starts first. */
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Client, ScheduleOptions } from '@temporalio/client';
import { upkeepType } from '../../workflows/upkeep/upkeep-type';

export const upkeepScheduleId = (taskQueue: string): string => `upkeep-${taskQueue}`;

/** Where the upkeep's own tasks wait: never behind those of cases. */
export const upkeepTaskQueue = (taskQueue: string): string => `${taskQueue}-upkeep`;

/**
 * Creates the schedule or brings an older one up to date; with `resume` it also ends a pause. Safe when several workers
 * do it at once.
 */
export async function ensureUpkeepSchedule(
  client: Client,
  taskQueue: string,
  { every = '1 minute', resume = false }: { every?: string; resume?: boolean } = {},
): Promise<void> {
  const scheduleId = upkeepScheduleId(taskQueue);
  const options = {
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow',
      workflowType: upkeepType,
      workflowId: scheduleId,
      taskQueue: upkeepTaskQueue(taskQueue),
      args: [],
    },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      // After an outage one run makes up for all that were missed.
      catchupWindow: '1 minute',
    },
    state: { note: 'Compares open cases with running workflows, and sends what waits' },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  try {
    await client.schedule.create({ scheduleId, ...options });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // A worker that starts leaves an operator's pause as it is; it ends when the upkeep is missed.
    const stateOf = ({ paused }: { paused: boolean }) => ({ ...options.state, paused: paused && !resume });
    await client.schedule
      .getHandle(scheduleId)
      .update(({ state }) => ({ ...options, state: stateOf(state) }));
  }
}
