/** The plain way's worker, with a pool of connections as Homeward's has. */
import { serveOrders } from '../worker-process';
import { createPool } from '../../src/record/postgres/database';
import { runWorker } from '../run-worker';
import type { RunningWorker, Surroundings } from '../way';
import { createPlainActivities } from './activities';

function startPlainWorker(surroundings: Surroundings): Promise<RunningWorker> {
  const pool = createPool({ connectionString: surroundings.databaseUrl });
  const parts = { workflowsPath: require.resolve('./workflows'), activities: createPlainActivities(pool) };
  return runWorker(surroundings, parts, () => pool.end());
}

serveOrders(startPlainWorker);
