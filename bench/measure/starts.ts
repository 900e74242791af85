/** Starts per second, and what each started workflow then takes of its worker's memory while it lies idle in the cache. */
import type { Client } from '@temporalio/client';
import { startWorkerProcess, type WorkerMemory } from '../worker-handle';
import { workerOf, type Surroundings, type Way, type WayName } from '../way';
import { bringHome } from './bring-home';

export interface StartFigures {
  readonly way: WayName;
  readonly startsPerSecond: number;
  readonly cached: number;
  /** Heap of all threads, garbage collected, for each workflow beyond the first fifth of them. */
  readonly heapKbPerWorkflow: number;
  /** Of that, in the thread in which workflows live. */
  readonly threadHeapKbPerWorkflow: number;
}

const atATime = 10;
/** Enough for everything that is loaded once to be there before the first reading. */
const warmUpReturns = 3;
/** The last tasks of the started workflows are worked off. */
const settleMs = 3_000;

const threadHeapOf = ({ heaps }: WorkerMemory): number =>
  heaps.filter(({ thread }) => thread !== 0).reduce((total, { usedBytes }) => total + usedBytes, 0);
const heapOf = ({ heaps }: WorkerMemory): number =>
  heaps.reduce((total, { usedBytes }) => total + usedBytes, 0);

/** On a fresh worker, so that nothing of what ran before is counted. Ends what it started. */
export async function measureStarts(
  client: Client,
  way: Way,
  surroundings: Surroundings,
  count: number,
): Promise<StartFigures> {
  const worker = await startWorkerProcess(workerOf[way.name], surroundings);
  try {
    await bringHome(client, way, warmUpReturns, warmUpReturns);
    await pause(settleMs);
    const first = await openMany(way, count / 5);
    await settled(client, first);
    const before = await worker.measure();

    const startOfRest = performance.now();
    const rest = await openMany(way, count - first.length);
    const seconds = (performance.now() - startOfRest) / 1000;
    await settled(client, rest);
    const after = await worker.measure();
    for (const id of [...first, ...rest])
      await client.workflow.getHandle(id).terminate('the benchmark is over');

    const perWorkflowKb = (from: number, to: number): number => (to - from) / 1024 / rest.length;
    return {
      way: way.name,
      startsPerSecond: rest.length / seconds,
      cached: count,
      heapKbPerWorkflow: perWorkflowKb(heapOf(before), heapOf(after)),
      threadHeapKbPerWorkflow: perWorkflowKb(threadHeapOf(before), threadHeapOf(after)),
    };
  } finally {
    await worker.stop();
  }
}

/** Opens so many, ten at a time, and leaves them as they are. */
async function openMany(way: Way, count: number): Promise<string[]> {
  const ids: string[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      ids.push((await way.open()).workflowId);
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return ids;
}

async function settled(client: Client, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => isIdle(client, id)));
  await pause(settleMs);
}

/** Resolves when the worker has done the workflow's first task; from then on it is in the cache. */
async function isIdle(client: Client, workflowId: string): Promise<void> {
  for (;;) {
    const { raw, historyLength } = await client.workflow.getHandle(workflowId).describe();
    if (!raw.pendingWorkflowTask && historyLength > 3) return;
    await pause(200);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
