/** Starts per second, and what each started workflow then takes of its worker's memory while it lies idle in the cache. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { startWorkerProcess, type WorkerMemory } from '../worker-handle';
import { workerOf, type OpenedReturn, type Surroundings, type Way, type WayName } from '../way';
import { bringHome, takeStep } from './bring-home';

export interface StartFigures {
  readonly way: WayName;
  /** Until each has done its first task: an answer alone may come before the process. */
  readonly startsPerSecond: number;
  readonly cached: number;
  /** Heap of all threads, garbage collected, for each workflow beyond the first fifth of them. */
  readonly heapKbPerWorkflow: number;
  /** Of that, in the thread in which workflows live. */
  readonly threadHeapKbPerWorkflow: number;
}
/** Of Homeward's cases alone. */
export interface FilledFigures {
  readonly cached: number;
  readonly commandsEach: number;
  readonly heapKbPerWorkflow: number;
  readonly threadHeapKbPerWorkflow: number;
}

const atATime = 10;
/** Enough for everything that is loaded once to be there before the first reading. */
const warmUpReturns = 3;
/** The last tasks of the started workflows are worked off; Homeward's write some attributes after ten seconds of calm. */
const settleMs = 13_000;

const threadHeapOf = ({ heaps }: WorkerMemory): number =>
  heaps.filter(({ thread }) => thread !== 0).reduce((total, { usedBytes }) => total + usedBytes, 0);
const heapOf = ({ heaps }: WorkerMemory): number =>
  heaps.reduce((total, { usedBytes }) => total + usedBytes, 0);

/** On a fresh worker, so that nothing of what ran before is counted. */
export async function measureStarts(
  client: Client,
  way: Way,
  surroundings: Surroundings,
  count: number,
): Promise<StartFigures> {
  const heap = await heapOfAdded(client, way, surroundings, { count, begin: () => way.open() });
  const { seconds, added, heapKbPerWorkflow, threadHeapKbPerWorkflow } = heap;
  const startsPerSecond = added / seconds;
  return { way: way.name, startsPerSecond, cached: count, heapKbPerWorkflow, threadHeapKbPerWorkflow };
}

/** Where a filled case stands: all that precedes the journey is behind it, and nothing is forgotten yet. */
const filledUpTo = 'depart';

/** The same with cases that have been at work for weeks: hosted, cleared, about to leave. */
export async function measureFilled(
  client: Client,
  way: Way,
  surroundings: Surroundings,
  count: number,
): Promise<FilledFigures> {
  let commandsEach = 0;
  const begin = async (): Promise<OpenedReturn> => {
    const opened = await way.open();
    const steps = opened.steps.slice(
      0,
      opened.steps.findIndex(({ name }) => name === filledUpTo),
    );
    for (const step of steps) await takeStep(way, opened, step);
    commandsEach = steps.length;
    return opened;
  };
  const heap = await heapOfAdded(client, way, surroundings, { count, begin });
  const { heapKbPerWorkflow, threadHeapKbPerWorkflow } = heap;
  return { cached: count, commandsEach, heapKbPerWorkflow, threadHeapKbPerWorkflow };
}

interface Added {
  readonly added: number;
  readonly seconds: number;
  readonly heapKbPerWorkflow: number;
  readonly threadHeapKbPerWorkflow: number;
}

async function heapOfAdded(
  client: Client,
  way: Way,
  surroundings: Surroundings,
  { count, begin }: { readonly count: number; readonly begin: () => Promise<OpenedReturn> },
): Promise<Added> {
  const worker = await startWorkerProcess(workerOf[way.name], surroundings);
  try {
    await bringHome(client, way, warmUpReturns, warmUpReturns);
    await pause(settleMs);
    const first = await beginMany(begin, count / 5);
    await untilIdle(client, first);
    await pause(settleMs);
    const before = await worker.measure();

    const startOfRest = performance.now();
    const rest = await beginMany(begin, count - first.length);
    await untilIdle(client, rest);
    const seconds = (performance.now() - startOfRest) / 1000;
    await pause(settleMs);
    const after = await worker.measure();
    // They stay as they are until the servers go: an open case whose process ends is started again within a minute,
    // and would then be in the next worker's heap.
    const perWorkflowKb = (from: number, to: number): number => (to - from) / 1024 / rest.length;
    return {
      added: rest.length,
      seconds,
      heapKbPerWorkflow: perWorkflowKb(heapOf(before), heapOf(after)),
      threadHeapKbPerWorkflow: perWorkflowKb(threadHeapOf(before), threadHeapOf(after)),
    };
  } finally {
    await worker.stop();
  }
}

/** Begins so many, ten at a time, and leaves them as they then are. */
async function beginMany(begin: () => Promise<OpenedReturn>, count: number): Promise<string[]> {
  const ids: string[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      ids.push((await begin()).id);
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return ids;
}

const untilIdle = async (client: Client, ids: readonly string[]): Promise<void> => {
  await Promise.all(ids.map((id) => untilOneIsIdle(client, id)));
};

/** Resolves when the worker has done the workflow's first task; from then on it is in the cache. */
async function untilOneIsIdle(client: Client, workflowId: string): Promise<void> {
  while (!(await isIdle(client, workflowId))) await pause(200);
}

async function isIdle(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { raw, historyLength } = await client.workflow.getHandle(workflowId).describe();
    return !raw.pendingWorkflowTask && historyLength > 3;
  } catch (error) {
    // Homeward answers from the record, and the process starts after that.
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
