/** Does something again and again beside everything else, until it is stopped. A fault is logged, and ends nothing. */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';

export interface Repeated {
  /** Resolves when what was under way has ended. */
  stop(): Promise<void>;
}

export function runEvery(
  periodMs: number,
  logger: Pick<Logger, 'error'>,
  task: string,
  work: () => Promise<unknown>,
): Repeated {
  const stopping = new AbortController();
  const { signal } = stopping;
  async function loop(): Promise<void> {
    let faults = 0;
    while (!signal.aborted) {
      try {
        await work();
        faults = 0;
      } catch (error) {
        // While Postgres or Temporal is away: said once, not every time.
        if (faults === 0) logger.error({ err: error, task }, 'failed; trying again');
        faults += 1;
      }
      await setTimeout(periodMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}
