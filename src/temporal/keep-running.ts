/** Runs a worker until it is stopped. One that ends by a fault is made anew: cases must not wait for a person. */
import type { Worker } from '@temporalio/worker';
import { createWorker } from './create-worker';
import type { WorkerParts } from './create-worker';

export interface KeptWorker {
  readonly isRunning: boolean;
  stop(): Promise<void>;
}

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** A worker that ran this long had started well: the next fault is a new one. */
const settledAfterMs = 300_000;

/** Resolves when the first worker has been made. */
export async function keepRunning(parts: WorkerParts): Promise<KeptWorker> {
  let worker: Worker = await createWorker(parts);
  let stopping = false;
  let wake: () => void = () => undefined;

  const running = (async () => {
    for (let faults = 1; ; faults += 1) {
      const startedAt = Date.now();
      try {
        await worker.run();
        return;
      } catch (error) {
        parts.logger.error({ err: error }, 'the worker ended; it is made anew');
      }
      if (Date.now() - startedAt > settledAfterMs) faults = 1;
      do {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(firstPauseMs * 2 ** faults, longestPauseMs));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        if (stopping) return;
      } while (!(await remade()));
    }
  })();

  async function remade(): Promise<boolean> {
    try {
      worker = await createWorker(parts);
      return true;
    } catch (error) {
      parts.logger.error({ err: error }, 'the worker could not be made; trying again');
      return false;
    }
  }

  return {
    get isRunning() {
      return worker.getState() === 'RUNNING';
    },
    async stop() {
      stopping = true;
      wake();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}
