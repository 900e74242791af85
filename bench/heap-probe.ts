/**
 * Preloaded (`--require`) into a worker's process and so into each of its threads. Workflows live in the heap of
 * a thread that the SDK keeps to itself; from outside only this tells how full it is, garbage collected first.
 */
import { getHeapStatistics } from 'node:v8';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

export interface HeapAnswer {
  readonly thread: number;
  readonly usedBytes: number;
}

const channel = new BroadcastChannel('heap-probe');
channel.unref();
if (!isMainThread) {
  channel.onmessage = ({ data }: { data: unknown }) => {
    if (data === 'tell') channel.postMessage(heapOfThisThread());
  };
}

function heapOfThisThread(): HeapAnswer {
  // Twice: what a finalizer lets go in the first pass is freed in the second.
  globalThis.gc?.();
  globalThis.gc?.();
  return { thread: threadId, usedBytes: getHeapStatistics().used_heap_size };
}

/** All threads that answered within the time, the main one included. */
export async function probeHeaps(waitMs = 3_000): Promise<HeapAnswer[]> {
  const asking = new BroadcastChannel('heap-probe');
  const answers: HeapAnswer[] = [];
  asking.onmessage = ({ data }: { data: unknown }) => {
    if (data !== 'tell') answers.push(data as HeapAnswer);
  };
  asking.postMessage('tell');
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  asking.close();
  return [heapOfThisThread(), ...answers];
}
