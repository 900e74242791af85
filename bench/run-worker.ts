/** Runs a worker of the plain way or the floor with the settings that all share. */
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { workerSettings, type RunningWorker, type Surroundings } from './way';

export async function runWorker(
  { address, namespace, taskQueue }: Surroundings,
  parts: Pick<WorkerOptions, 'workflowsPath' | 'activities'>,
  close: () => Promise<void> = () => Promise.resolve(),
): Promise<RunningWorker> {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('WARN') });
  const connection = await NativeConnection.connect({ address });
  // As Homeward's: no other setting that decides about speed differs from the SDK's default in either.
  const worker = await Worker.create({ connection, namespace, taskQueue, ...workerSettings, ...parts });
  const run = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await run;
      await connection.close();
      await close();
    },
  };
}
