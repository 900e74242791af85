/** Runs a worker until it is stopped. One that ends by a fault is made anew: cases must not wait for a person. */
import { setTimeout } from 'node:timers/promises';
import type { Worker } from '@temporalio/worker';
import { createWorker } from './create-worker';
import type { WorkerParts } from './create-worker';

export interface KeptWorker {
  readonly isRunning: boolean;
  stop(): Promise<void>;
}

const firstPauseMs = 1_000;
const maxPauseMs = 60_000;
/** A worker that ran this long had started well: the next fault is a new one. */
const settledAfterMs = 300_000;

/** Resolves when the first worker has been made. */
export async function keepRunning(parts: WorkerParts): Promise<KeptWorker> {
  const { logger } = parts;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  let worker: Worker | undefined = await createWorker(parts);

  async function runUntilStopped(): Promise<void> {
    let faults = 0;
    while (!isStopping()) {
      const startedAt = Date.now();
      try {
        worker ??= await createWorker(parts);
        const run = worker.run();
        // Asked to stop while it was made anew: it was not there to be shut down.
        if (isStopping()) worker.shutdown();
        await run;
      } catch (error) {
        worker = undefined;
        faults = Date.now() - startedAt > settledAfterMs ? 1 : faults + 1;
        logger.error({ err: error }, 'the worker ended; it is made anew');
        const pause = Math.min(firstPauseMs * 2 ** faults, maxPauseMs);
        await setTimeout(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const running = runUntilStopped();
  return {
    get isRunning() {
      return worker?.getState() === 'RUNNING';
    },
    async stop() {
      stopping.abort();
      if (worker?.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}
