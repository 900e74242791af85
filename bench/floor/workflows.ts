/** The floor: the cheapest durable answer this engine gives. As the plain way, with a local activity that does nothing. */
import {
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { FloorActivities, FloorStep } from './activities';

const { takeStep } = proxyLocalActivities<FloorActivities>({ startToCloseTimeout: '1 minute' });

export const submitUpdate = defineUpdate<number, [FloorStep]>('submit');

export async function floorReturn(): Promise<number> {
  let steps = 0;
  let isHome = false;
  setHandler(submitUpdate, async (step) => {
    await takeStep(step);
    steps += 1;
    isHome ||= step.last;
    return steps;
  });
  await condition(() => isHome && allHandlersFinished());
  return steps;
}
