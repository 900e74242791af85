/** Starts per second, and what each started workflow then takes of its worker's memory while it lies idle in the cache. */
import type { Client } from '@temporalio/client';
import { startWorkerProcess, type WorkerMemory } from '../worker-handle';
import type { Surroundings, Way, WayName } from '../way';
import { bringHome } from './bring-home';

export interface StartFigures {
  readonly way: WayName;
  readonly startsPerSecond: number;
  readonly cached: number;
  /** Heap of all threads, garbage collected, against the same worker before. */
  readonly heapKbPerWorkflow: number;
  /** Resident memory of the whole process, the native core included. */
  readonly rssKbPerWorkflow: number;
}

const atATime = 10;
/** Enough for everything that is loaded once to be there before the first reading. */
const warmUpReturns = 3;
/** The last tasks of the started workflows are worked off. */
const settleMs = 3_000;

const heapOf = ({ heaps }: WorkerMemory): number =>
  heaps.reduce((total, { usedBytes }) => total + usedBytes, 0);

/** On a fresh worker, so that nothing of what ran before is counted. Ends what it started. */
export async function measureStarts(
  client: Client,
  way: Way,
  surroundings: Surroundings,
  count: number,
): Promise<StartFigures> {
  const worker = await startWorkerProcess(way.name, surroundings);
  try {
    await bringHome(client, way, warmUpReturns, warmUpReturns);
    await pause(settleMs);
    const before = await worker.measure();

    const ids: string[] = [];
    let begun = 0;
    const lane = async (): Promise<void> => {
      while (begun < count) {
        begun += 1;
        ids.push((await way.open()).workflowId);
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: atATime }, lane));
    const seconds = (performance.now() - start) / 1000;

    await Promise.all(ids.map((id) => isIdle(client, id)));
    await pause(settleMs);
    const after = await worker.measure();
    for (const id of ids) await client.workflow.getHandle(id).terminate('the benchmark is over');
    return {
      way: way.name,
      startsPerSecond: count / seconds,
      cached: count,
      heapKbPerWorkflow: (heapOf(after) - heapOf(before)) / 1024 / count,
      rssKbPerWorkflow: (after.rssBytes - before.rssBytes) / 1024 / count,
    };
  } finally {
    await worker.stop();
  }
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
