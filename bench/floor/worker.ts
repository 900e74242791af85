/** The floor's worker. */
import { serveOrders } from '../worker-process';
import { runWorker } from '../run-worker';
import type { RunningWorker, Surroundings } from '../way';
import { createFloorActivities } from './activities';

function startFloorWorker(surroundings: Surroundings): Promise<RunningWorker> {
  const parts = { workflowsPath: require.resolve('./workflows'), activities: createFloorActivities() };
  return runWorker(surroundings, parts);
}

serveOrders(startFloorWorker);
