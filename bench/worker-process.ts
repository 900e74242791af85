/**
 * What makes a module a worker's or the API's process: it obeys the measuring process that forked it (`worker-handle.ts`).
 * Each way has its own module, so that none carries another's code in its memory.
 */
import { probeHeaps } from './heap-probe';
import type { RunningWorker, Surroundings } from './way';
import type { WorkerMessage, WorkerOrder } from './worker-handle';

export function serveOrders(start: (surroundings: Surroundings) => Promise<RunningWorker>): void {
  let running: RunningWorker | undefined;
  const tell = (message: WorkerMessage): void => void process.send?.(message);

  async function obey(order: WorkerOrder): Promise<void> {
    switch (order.order) {
      case 'start':
        running = await start(order.surroundings);
        tell({ done: 'start', ...(running.url === undefined ? {} : { url: running.url }) });
        return;
      case 'measure': {
        const heaps = await probeHeaps();
        tell({ done: 'measure', heaps });
        return;
      }
      case 'stop':
        await running?.stop();
        running = undefined;
        tell({ done: 'stop' });
        process.disconnect();
    }
  }

  process.on('message', (order: WorkerOrder) => {
    obey(order).catch((error: unknown) => {
      tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
  });
  // The measuring process died: nobody is left to answer to.
  process.on('disconnect', () => {
    if (!running) return;
    setTimeout(() => process.exit(1), 10_000).unref();
    void running.stop();
  });
  // Ctrl-C reaches the whole group; the measuring process stops its workers in order.
  process.on('SIGINT', () => undefined);
}
