/** Starts a way's worker, or the API, in a process of its own, asks it for its memory, stops it. */
import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import type { HeapAnswer } from './heap-probe';
import type { Surroundings, WorkerName } from './way';

export type WorkerOrder =
  | { readonly order: 'start'; readonly surroundings: Surroundings }
  | { readonly order: 'measure' }
  | { readonly order: 'stop' };

export interface WorkerMemory {
  readonly heaps: readonly HeapAnswer[];
}
export type WorkerMessage =
  | { readonly done: 'start'; readonly url?: string }
  | { readonly done: 'stop' }
  | ({ readonly done: 'measure' } & WorkerMemory)
  | { readonly failed: string };

export interface WorkerHandle {
  readonly pid: number;
  /** Where it answers, if it does. */
  readonly url?: string;
  measure(): Promise<WorkerMemory>;
  stop(): Promise<void>;
}

// From source and compiled alike.
const moduleBeside = (name: string): string => join(__dirname, name + extname(__filename));

export const startWorkerProcess = (worker: WorkerName, surroundings: Surroundings): Promise<WorkerHandle> =>
  startProcess(`${worker}/worker`, surroundings);
export const startApiProcess = (surroundings: Surroundings): Promise<WorkerHandle> =>
  startProcess('homeward/api', surroundings);

async function startProcess(name: string, surroundings: Surroundings): Promise<WorkerHandle> {
  const child = fork(moduleBeside(name), [], {
    execArgv: [...process.execArgv, '--expose-gc', '--require', moduleBeside('heap-probe')],
  });
  if (child.pid === undefined) throw new Error(`${name} could not be started`);
  const { pid } = child;
  const ask = (order: WorkerOrder) => answerOf(child, name, order);
  const started = await ask({ order: 'start', surroundings });
  return {
    pid,
    ...('url' in started && started.url !== undefined ? { url: started.url } : {}),
    async measure() {
      const answer = await ask({ order: 'measure' });
      if (!('done' in answer) || answer.done !== 'measure') throw new Error('not an answer to that');
      const { heaps } = answer;
      return { heaps };
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await ask({ order: 'stop' });
      const tooLong = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(tooLong);
    },
  };
}

function answerOf(child: ChildProcess, name: string, order: WorkerOrder): Promise<WorkerMessage> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
    const onMessage = (message: WorkerMessage): void => {
      settle();
      if ('failed' in message) reject(new Error(`${name}, told to ${order.order}: ${message.failed}`));
      else resolve(message);
    };
    const onExit = (): void => {
      settle();
      reject(new Error(`${name} ended when told to ${order.order}`));
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(order);
  });
}
