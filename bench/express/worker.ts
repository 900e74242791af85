/**
 * Express and Postgres alone: each message is one HTTP request and one transaction that inserts the plain way's row.
 * Nobody reminds, repeats or shows anything: what is not in the row is not there.
 */
import { createPool } from '../../src/record/postgres/database';
import { createPlainActivities } from '../plain/activities';
import { serveReturns } from '../serve-returns';
import type { RunningWorker, Surroundings } from '../way';
import { serveOrders } from '../worker-process';

async function startExpressServer({ databaseUrl }: Surroundings): Promise<RunningWorker> {
  const pool = createPool({ connectionString: databaseUrl });
  const rows = createPlainActivities(pool);
  const served = await serveReturns({
    // The others' opening is durable too: they write that a workflow began.
    open: (id) => rows.insertStep({ id, return: id, name: 'open', by: 'opener', last: false }),
    take: (id, step) => rows.insertStep({ ...step, return: id }),
  });
  return {
    url: served.url,
    async stop() {
      await served.stop();
      await pool.end();
    },
  };
}

serveOrders(startExpressServer);
