/** What a load is measured on: the record, the processes of worker and API, their officials, and the watch over all. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pino from 'pino';
import type { Client, ScheduleHandle } from '@temporalio/client';
import type { Pool } from 'pg';
import { issueLinkFrom } from '../../src/auth/sign-in-links';
import { createFileStore } from '../../src/auth/issuer-store';
import { createOfficials, type Officials } from '../../src/simulation/officials';
import { createPool } from '../../src/record/postgres/database';
import { migrateToLatest } from '../../src/record/migrations/migrate';
import { createRecord, type CaseRecord } from '../../src/record/record';
import { createOperatorSetup } from '../../src/temporal/operator-setup';
import { benchMechanism } from '../homeward/mechanism';
import type { Servers } from '../servers';
import type { Surroundings } from '../way';
import { startApiProcess, startWorkerProcess, type WorkerHandle } from '../worker-handle';
import { mechanismVersions, type GroupName, type Version } from './mechanism-versions';
import { startWatch, type Watch } from './watch';

export interface Setting {
  readonly client: Client;
  readonly taskQueue: string;
  readonly record: CaseRecord;
  /** For questions that no door of the record answers. */
  readonly pool: Pool;
  readonly sealKey: string;
  readonly versions: Record<GroupName, Version>;
  readonly officials: Officials;
  readonly worker: WorkerHandle;
  readonly api: WorkerHandle;
  readonly watch: Watch;
  readonly dataFolder: string;
  /** Nothing is started behind the bench's back while the ground is laid. */
  pauseSchedules(): Promise<void>;
  resumeSchedules(): Promise<void>;
  close(): Promise<void>;
}

/** Only the laying of the ground saves itself the wait for the disk; worker and API have settings of their own. */
const withoutWaitForDisk = (databaseUrl: string): string =>
  `${databaseUrl}${databaseUrl.includes('?') ? '&' : '?'}options=-c%20synchronous_commit%3Doff`;

export async function createSetting(root: string, servers: Servers, spread: string): Promise<Setting> {
  const { stack, client } = servers;
  // Of the owner: the bench lays tables of its own and rows that the application may not write.
  const { ownerUrl: databaseUrl, smtpUrl } = stack;
  const logger = pino({ level: 'warn' });
  await migrateToLatest({ connectionString: databaseUrl });
  await createOperatorSetup(client, logger);
  const sealKey = randomBytes(32).toString('hex');
  const pool = createPool({ connectionString: withoutWaitForDisk(databaseUrl) });
  const record = createRecord({ pool, sealKey });
  const versions = mechanismVersions(benchMechanism(root), spread);
  for (const { mechanism } of Object.values(versions)) await record.saveMechanism(mechanism);

  const taskQueue = 'bench-load';
  const issuerFolder = join(stack.folder.path, 'issuer');
  const { mechanism } = versions.calm;
  const surroundings: Surroundings = {
    ...{ address: stack.temporal.address, namespace: stack.temporal.namespace },
    ...{ databaseUrl, smtpUrl, sealKey, taskQueue, mechanism: mechanism.id, issuerFolder },
  };
  const worker = await startWorkerProcess('homeward', surroundings);
  const api = await startApiProcess(surroundings);
  const url = api.url ?? '';
  const store = createFileStore(issuerFolder);
  const officials = createOfficials(mechanism, {
    apiUrl: () => url,
    issueSignInLink: (official) => issueLinkFrom(store, url, official),
  });
  const watch = startWatch(() => ({ api: api.pid, worker: worker.pid, ...stack.pids() }));
  return {
    ...{ client, taskQueue, record, pool, sealKey, versions, officials, worker, api, watch },
    dataFolder: stack.folder.path,
    pauseSchedules: () => onSchedules(client, (handle) => handle.pause('the ground is being laid')),
    resumeSchedules: () => onSchedules(client, (handle) => handle.unpause('the ground is laid')),
    async close() {
      watch.stop();
      await api.stop();
      await worker.stop();
      await pool.end();
    },
  };
}

/** The worker makes them when it starts; the server is the bench's own, so all there are are meant. */
async function onSchedules(client: Client, act: (handle: ScheduleHandle) => Promise<void>): Promise<void> {
  for await (const { scheduleId } of client.schedule.list()) await act(client.schedule.getHandle(scheduleId));
}
