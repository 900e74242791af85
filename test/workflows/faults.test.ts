import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { workflowIdOf } from '../../src/domain/model/ids';
import type { CaseId } from '../../src/domain/model/ids';
import { childReturnType, currentView } from '../../workflows/child-return/messages';
import { sealKey } from '../record/support/record-room';
import { workflowBundle } from '../support/workflow-bundle';
import { openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import { approvalBy, play, proposal, verification } from './support/plain-return';
import type { WorkerProcessSettings } from './support/worker-process';

describe('when the worker is killed', () => {
  let room: ProcessRoom;
  let codePath: string;
  const children = new Set<ChildProcess>();
  beforeAll(async () => {
    room = await openProcessRoom('kill');
    ({ codePath } = await workflowBundle());
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await room.close();
  });

  /** Resolves when it polls. */
  async function spawnWorker(killAt?: WorkerProcessSettings['killAt']) {
    const settings: WorkerProcessSettings = {
      databaseUrl: room.database.connectionString,
      sealKey,
      address: room.address,
      namespace: room.namespace,
      taskQueue: room.taskQueue,
      codePath,
      ...(killAt ? { killAt } : {}),
    };
    const child = spawn(
      process.execPath,
      ['-r', join(__dirname, '../support/run-typescript.cjs'), join(__dirname, 'support/worker-process.ts')],
      { env: { ...process.env, WORKER: JSON.stringify(settings) }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.add(child);
    const died = new Promise<string | null>((resolve) =>
      child.once('exit', (_code, signal) => {
        children.delete(child);
        resolve(signal);
      }),
    );
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return { died };
  }

  /** With short tasks, so that the server notices a dead worker in seconds. */
  const start = (id: CaseId) =>
    room.client.workflow.start(childReturnType, {
      workflowId: workflowIdOf(id),
      taskQueue: room.taskQueue,
      args: [{ case: id, view: currentView }],
      workflowTaskTimeout: '2 seconds',
    });

  it('at any step around the record, nothing is lost and nothing is written twice', async () => {
    const id = await room.open({ started: false });
    // Each worker is armed for a death of its own, and the next one takes up what it left.
    const loading = await spawnWorker({ call: 'load', side: 'after' });
    await start(id);
    expect(await loading.died).toBe('SIGKILL');

    // The record answers, whatever becomes of the process; its news are read by a worker that lives.
    const beforeReading = await spawnWorker({ call: 'catchUp', side: 'before' });
    await room.submit('qa-officer-1', id, { type: 'acknowledgeCase' });
    expect(await beforeReading.died).toBe('SIGKILL');

    const afterReading = await spawnWorker({ call: 'catchUp', side: 'after' });
    expect((await room.submit('qa-officer-1', id, { type: 'acceptFile' })).receipt).toMatchObject({
      fromVersion: 2,
      toVersion: 4,
    });
    expect(await afterReading.died).toBe('SIGKILL');
    // The record thinks they are read; the process, which died before it knew, reads them all the same.
    expect(await room.unreadNews(id)).toBe(0);

    const inEffect = await spawnWorker({ call: 'submit', type: 'recordChecks', side: 'after' });
    expect(await inEffect.died).toBe('SIGKILL');
    expect((await room.state(id)).checks).toBeDefined();

    await spawnWorker();
    await play(room, id, [...verification, proposal, approvalBy('ua-decider'), approvalBy('ru-decider')]);
    await room.until(id, ({ placeRequest }) => placeRequest !== undefined);
    const events = await room.events(id);
    const counted = (type: string): number => events.filter(({ event }) => event.type === type).length;
    expect(['CaseAcknowledged', 'FileAccepted', 'PlanPutToSides', 'PlaceRequested'].map(counted)).toEqual([
      1, 1, 1, 1,
    ]);
    expect(events.map(({ version }) => version)).toEqual(events.map((_event, index) => index + 1));
  }, 180_000);
});

describe('when Postgres is away', () => {
  let room: ProcessRoom;
  beforeAll(async () => {
    room = await openProcessRoom('outage');
    await room.startWorker();
  });
  afterAll(() => room.close());

  it('a command by hand waits in the engine and is recorded when it is back; effects too', async () => {
    const id = await room.open();
    await play(room, id, [{ by: 'qa-officer-1', command: { type: 'acknowledgeCase' } }]);
    const superuser = new Client({
      connectionString: room.database.superuserUrl.replace(/\/[^/]*$/, '/postgres'),
    });
    await superuser.connect();
    // As a server that is full says it: there is no connection to be had.
    await superuser.query(`alter database ${room.database.name} connection limit 0`);
    await superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      room.database.name,
    ]);
    await room.signal('qa-officer-1', id, { type: 'acceptFile' });
    await room.signal('ru-official-1', id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await superuser.query(`alter database ${room.database.name} connection limit -1`);
    await superuser.end();

    await room.until(id, ({ holds, checks }) => holds.length === 1 && checks !== undefined);
    expect(await room.historyTypes(id)).not.toContain('workflowTaskFailedEventAttributes');
    expect((await room.handle(id).describe()).status.name).toBe('RUNNING');
  }, 60_000);
});
