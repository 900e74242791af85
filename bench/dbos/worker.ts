/**
 * DBOS as its documentation has it for a workflow that people talk to (`workflow-communication`): the workflow receives
 * messages, does each in a step and sets an event as the answer; an HTTP handler in the same process sends the message and
 * waits for the event. Its own books are in the same Postgres as the rows.
 */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { createPool } from '../../src/record/postgres/database';
import { createPlainActivities } from '../plain/activities';
import { serveReturns } from '../serve-returns';
import type { SimpleStep } from '../simple-way';
import type { RunningWorker, Surroundings } from '../way';
import { serveOrders } from '../worker-process';

const topic = 'steps';
/** Between two messages of one return. It is written down with every wait, so it costs the same however long. */
const timeoutSeconds = 90 * 86_400;
const answerSeconds = 60;
/** As many connections as every other pool here has; DBOS's own default is ten. */
const connections = 20;

async function startDbosServer({ databaseUrl }: Surroundings): Promise<RunningWorker> {
  const pool = createPool({ connectionString: databaseUrl });
  const rows = createPlainActivities(pool);

  async function dbosReturn(id: string): Promise<number> {
    let taken = 0;
    for (;;) {
      const step = await DBOS.recv<SimpleStep>(topic, { timeoutSeconds });
      if (!step) return taken;
      await DBOS.runStep(() => rows.insertStep({ ...step, return: id }), { name: 'insertStep' });
      taken += 1;
      await DBOS.setEvent(step.id, taken);
      if (step.last) return taken;
    }
  }
  const workflow = DBOS.registerWorkflow(dbosReturn, { name: 'dbosReturn' });
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: connections,
    logLevel: 'warn',
  });
  await DBOS.launch();

  const served = await serveReturns({
    async open(id) {
      await DBOS.startWorkflow(workflow, { workflowID: id })(id);
    },
    async take(id, step) {
      await DBOS.send(id, step, topic, step.id);
      const taken = await DBOS.getEvent<number>(id, step.id, { timeoutSeconds: answerSeconds });
      if (taken === null) throw new Error('no answer in time');
    },
  });
  return {
    url: served.url,
    async stop() {
      await served.stop();
      await DBOS.shutdown();
      await pool.end();
    },
  };
}

serveOrders(startDbosServer);
