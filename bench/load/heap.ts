/** What each workflow in its cache adds to a worker's heap. */
import type { WorkerMemory } from '../worker-handle';

export interface HeapFigures {
  /** Workflows in the cache beyond those at the first reading. */
  readonly cached: number;
  readonly heapKbPerWorkflow: number;
  readonly threadHeapKbPerWorkflow: number;
  readonly workerHeapMb: number;
}

const heapOf = ({ heaps }: WorkerMemory, isIn: (thread: number) => boolean): number =>
  heaps.filter(({ thread }) => isIn(thread)).reduce((total, { usedBytes }) => total + usedBytes, 0);
const anyThread = (): boolean => true;

/** Undefined when none was added. */
export function heapBetween(
  before: WorkerMemory,
  after: WorkerMemory,
  cached: number,
): HeapFigures | undefined {
  if (cached <= 0) return undefined;
  const grownKb = (isIn: (thread: number) => boolean): number =>
    (heapOf(after, isIn) - heapOf(before, isIn)) / 1024 / cached;
  return {
    cached,
    heapKbPerWorkflow: grownKb(anyThread),
    threadHeapKbPerWorkflow: grownKb((thread) => thread !== 0),
    workerHeapMb: heapOf(after, anyThread) / 2 ** 20,
  };
}
