/** Workflows that somebody with access to Temporal might start under a case's id, carried by a worker of their own. */
import {
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';

/** Takes every message, does nothing, and tells whoever asks that all is recorded. */
export async function childReturn(): Promise<void> {
  setHandler(defineSignal<unknown[]>('recorded'), () => undefined);
  setHandler(defineSignal<unknown[]>('nudge'), () => undefined);
  setHandler(defineUpdate<unknown, [unknown]>('submit'), () => ({ outcome: 'recorded', version: 99 }));
  await condition(() => false);
}

export const anotherType = childReturn;

/** Ends as a return does. */
export function obedient(): Promise<{ outcome: string }> {
  return Promise.resolve({ outcome: 'reunited' });
}

/** Is a new run each second: whoever wants to end it by its run comes too late. */
export async function restless(): Promise<void> {
  await sleep('1 second');
  await continueAsNew();
}

/** Has the real worker's activity read the case's news, so that nobody tells the process any more. */
export async function thief({ case: id, taskQueue }: { case: string; taskQueue: string }): Promise<string> {
  const { catchUp } = proxyActivities<{ catchUp(known: object): Promise<unknown> }>({
    taskQueue,
    startToCloseTimeout: '10 seconds',
    retry: { maximumAttempts: 1 },
  });
  await catchUp({ case: id, knownVersion: 0 });
  return 'read';
}
