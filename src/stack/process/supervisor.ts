/**
 * Keeps one child process running: starts it, waits until it answers, starts it again with growing
 * pauses when it dies, and stops it in order. It knows nothing of Postgres or Temporal.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetChild, rememberChild, stopProcess, type StopStep } from './child-record';
import { watchParentDeath } from './parent-death-watch';
import { findProcess } from './process-identity';
import { restartPauses } from './restart-pauses';

export interface ChildPlan {
  /** For people: “Postgres”. */
  readonly name: string;
  /** Spawns detached, so that Ctrl-C in the terminal reaches only us. */
  spawn(): ChildProcess;
  /** Runs before every start: clears away what a dead predecessor left. */
  prepare(): Promise<void>;
  /** Whether it answers now. Rejections count as “not yet”. */
  isReady(): Promise<boolean>;
  readonly readyWithinMs: number;
  /** Signals in order, each with the time given before the next. */
  readonly stopSteps: readonly StopStep[];
  /** Where the identity of the running child is kept. */
  readonly recordFile: string;
  /** What went wrong when it would not start: the last words of its log. */
  explainFailure(outcome: string): Error;
}

export interface SupervisedChild {
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

const pollEveryMs = 50;

/** Resolves when the child answers; rejects with `explainFailure` if the first start does not succeed. */
export async function supervise(plan: ChildPlan, say: (line: string) => void): Promise<SupervisedChild> {
  let current: RunningChild | undefined;
  const stopped = new AbortController();
  const isStopping = () => stopped.signal.aborted;

  const startOnce = async () => {
    await plan.prepare();
    if (isStopping()) return;
    const child = new RunningChild(plan);
    current = child;
    await child.waitUntilReady();
  };

  const keepUp = async () => {
    const pauseAfter = restartPauses();
    while (!isStopping()) {
      const child = current;
      const startedAt = performance.now();
      const outcome = (await child?.ended) ?? 'did not start';
      if (isStopping()) return;
      say(`${plan.name} ${outcome}; starting it again`);
      await sleep(pauseAfter(performance.now() - startedAt), undefined, { signal: stopped.signal }).catch(
        () => undefined,
      );
      const began = Date.now();
      try {
        await startOnce();
        if (!isStopping()) say(`${plan.name} is back after ${((Date.now() - began) / 1000).toFixed(1)} s`);
      } catch (error) {
        if (!isStopping()) say(`${plan.name} did not come back yet: ${(error as Error).message}`);
        await current?.stop();
      }
    }
  };

  try {
    await startOnce();
  } catch (error) {
    await current?.stop();
    throw error;
  }
  const upkeep = keepUp();
  return {
    get pid() {
      return current?.pid;
    },
    async stop() {
      stopped.abort();
      await current?.stop();
      await upkeep;
      // A restart that was under way while we stopped.
      await current?.stop();
    },
  };
}

class RunningChild {
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;
  #outcome: string | undefined;

  constructor(readonly plan: ChildPlan) {
    this.#process = plan.spawn();
    const { pid } = this.#process;
    const endWatch =
      pid === undefined ? () => undefined : watchParentDeath(pid, plan.stopSteps[0]?.signal ?? 'SIGTERM');
    if (pid !== undefined) rememberChild(plan.recordFile, pid);
    this.ended = new Promise((resolve) => {
      const end = (outcome: string) => {
        this.#outcome = outcome;
        endWatch();
        forgetChild(plan.recordFile);
        resolve(outcome);
      };
      this.#process.once('error', (error) => {
        end(`could not be started (${error.message})`);
      });
      this.#process.once('exit', (code, signal) => {
        end(signal ? `was ended by ${signal}` : `ended with code ${code ?? '?'}`);
      });
    });
  }

  get pid(): number | undefined {
    return this.#outcome === undefined ? this.#process.pid : undefined;
  }

  async waitUntilReady(): Promise<void> {
    const until = Date.now() + this.plan.readyWithinMs;
    while (Date.now() < until) {
      if (this.#outcome !== undefined) throw this.plan.explainFailure(this.#outcome);
      if (await this.plan.isReady().catch(() => false)) return;
      await Promise.race([sleep(pollEveryMs), this.ended]);
    }
    throw this.plan.explainFailure(`did not answer within ${this.plan.readyWithinMs / 1000} s`);
  }

  async stop(): Promise<void> {
    const identity = this.pid === undefined ? undefined : findProcess(this.pid);
    if (identity !== undefined) await stopProcess(identity, this.plan.stopSteps);
    await this.ended;
  }
}
