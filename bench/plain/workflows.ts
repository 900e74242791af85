/**
 * One return as Temporal's own samples would write it (`message-passing`, `activities-dependency-injection`):
 * each message is an update whose handler awaits an ordinary activity, and the workflow waits for the last one.
 */
import {
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { PlainActivities, PlainStep } from './activities';

const { insertStep } = proxyActivities<PlainActivities>({ startToCloseTimeout: '1 minute' });

export const submitUpdate = defineUpdate<number, [PlainStep]>('submit');

export async function plainReturn(): Promise<number> {
  const { workflowId } = workflowInfo();
  let steps = 0;
  let isHome = false;
  setHandler(submitUpdate, async (step) => {
    await insertStep({ ...step, return: workflowId });
    steps += 1;
    isHome ||= step.last;
    return steps;
  });
  await condition(() => isHome && allHandlersFinished());
  return steps;
}
