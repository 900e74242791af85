/**
 * The topology of docker-compose.yml as processes of this machine: Postgres with a database and a role for each, the full
 * Temporal server on it, two APIs behind a gateway, three workers.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { issueLinkFrom } from '../../../src/auth/sign-in-links';
import { createFileStore } from '../../../src/auth/issuer-store';
import type { OfficialId } from '../../../src/domain/model/ids';
import { getExamplePath } from '../../../src/examples/example-files';
import { openDataFolder } from '../../../src/stack/data-folder';
import { startMailSink } from '../../../src/stack/mail-sink';
import { startPostgres } from '../../../src/stack/postgres/postgres';
import { findFreePort } from '../../../src/stack/process/ports';
import { silentProgress } from '../../../src/stack/process/progress';
import { openGateway } from './gateway';
import { answersAt, definePart } from './part';
import type { Part } from './part';
import { configureServer, obtainTemporalServer, setUpSchema } from './temporal-server';

export interface Cluster {
  readonly apiUrl: string;
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly apis: readonly Part[];
  readonly workers: readonly Part[];
  readonly temporal: Part;
  readonly postgres: { kill(): boolean };
  /** One more worker, of another checkout. */
  addWorker(root: string, name: string): Promise<Part>;
  issueSignInLink(official: OfficialId): Promise<string>;
  stop(): Promise<void>;
}

export interface ClusterPlan {
  readonly root: string;
  readonly apis: number;
  readonly workers: number;
  readonly say: (line: string) => void;
}

export async function openCluster({ root, apis, workers, say }: ClusterPlan): Promise<Cluster> {
  const programs = await obtainTemporalServer(say);
  const home = mkdtempSync(join(tmpdir(), 'homeward-cluster-'));
  const folder = openDataFolder(join(home, 'servers'));
  const stops: (() => Promise<void> | void)[] = [() => rmSync(home, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const task = silentProgress.task('');
    const sqlPort = await findFreePort();
    const postgres = await startPostgres({ folder, task, say, tcpPort: sqlPort });
    stops.push(() => postgres.stop());
    const password = randomBytes(16).toString('hex');
    await createDatabases(postgres.superuserUrl, password);
    const sql = { port: sqlPort, password };
    await setUpSchema(programs, sql);

    const { command, address } = await configureServer(programs, sql, join(home, 'temporal'));
    const temporal = definePart({
      ...{ name: 'temporal', command, cwd: home, env: process.env },
      isReady: () => withTemporal(address, (connection) => connection.healthService.check({})),
    });
    stops.push(() => temporal.kill());
    await temporal.start();
    await withTemporal(address, (connection) =>
      connection.workflowService.registerNamespace({
        namespace: 'default',
        workflowExecutionRetentionPeriod: { seconds: (400 * 86_400) as never },
      }),
    );

    const mail = await startMailSink({ folder: join(home, 'mail') });
    stops.push(() => mail.stop());
    const urlOf = (role: string): string => `postgresql://${role}:${password}@127.0.0.1:${sqlPort}/homeward`;
    const ports: number[] = [];
    for (let index = 0; index < apis; index += 1) ports.push(await findFreePort());
    const gateway = await openGateway(() => ports);
    stops.push(() => gateway.close());
    const data = join(home, 'data');
    mkdirSync(data);
    const shared: NodeJS.ProcessEnv = {
      PATH: process.env.PATH,
      DATABASE_URL: urlOf('homeward_app'),
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: 'default',
      SMTP_URL: `smtp://127.0.0.1:${mail.port}?requireTLS=false`,
      HOMEWARD_SEAL_KEY: randomBytes(32).toString('hex'),
      HOMEWARD_PUBLIC_URL: gateway.url,
      HOMEWARD_MAIL_FROM: 'Homeward <homeward@localhost>',
      HOMEWARD_MECHANISM: getExamplePath('mechanisms', 'fast.yaml'),
      HOMEWARD_DATA: data,
      LOG_LEVEL: 'warn',
    };
    const node = (program: string, from = root): readonly string[] => [
      process.execPath,
      join(from, 'dist', 'src', program),
    ];
    const apiParts = [];
    for (const [index, port] of ports.entries())
      apiParts.push(
        definePart({
          ...{ name: `api ${index + 1}`, command: node('api.js'), cwd: root, port },
          env: {
            ...shared,
            DATABASE_OWNER_URL: urlOf('homeward'),
            HOMEWARD_API_PORT: String(port),
            HOMEWARD_METRICS_PORT: '0',
            HOMEWARD_TRUST_PROXY: '1',
          },
          isReady: () => answersAt(`http://127.0.0.1:${port}/readyz`),
        }),
      );
    const defineWorker = async (name: string, from: string): Promise<Part> => {
      const port = await findFreePort();
      return definePart({
        ...{ name, command: node('worker.js', from), cwd: from, port },
        env: { ...shared, HOMEWARD_WORKER_HEALTH_PORT: String(port) },
        isReady: () => answersAt(`http://127.0.0.1:${port}/healthz`),
      });
    };
    const workerParts: Part[] = [];
    for (let index = 0; index < workers; index += 1)
      workerParts.push(await defineWorker(`worker ${index + 1}`, root));
    const everybody = [...apiParts, ...workerParts];
    stops.push(async () => {
      await Promise.all(everybody.map((part) => part.stop()));
    });
    // As the compose file has it: the workers wait until the API has brought the schema up to date.
    for (const part of everybody) await part.start();

    const store = createFileStore(join(data, 'issuer'));
    return {
      ...{ apiUrl: gateway.url, ownerUrl: urlOf('homeward'), temporalAddress: address },
      ...{ apis: apiParts, workers: workerParts, temporal, stop },
      postgres: {
        kill() {
          const { pid } = postgres;
          if (pid !== undefined) process.kill(pid, 'SIGKILL');
          return pid !== undefined;
        },
      },
      async addWorker(from, name) {
        const part = await defineWorker(name, from);
        everybody.push(part);
        await part.start();
        return part;
      },
      issueSignInLink: (official) => issueLinkFrom(store, gateway.url, official),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As docker/create-databases.sh does on an empty volume; the database of the record is there. */
async function createDatabases(superuserUrl: string, password: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(`create role temporal login password '${password}'`);
    for (const role of ['homeward', 'homeward_app'])
      await client.query(`alter role ${role} password '${password}'`);
    for (const name of ['temporal', 'temporal_visibility'])
      await client.query(`create database ${name} owner temporal`);
  } finally {
    await client.end();
  }
}

async function withTemporal(
  address: string,
  work: (connection: Connection) => Promise<unknown>,
): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    await work(connection);
    return true;
  } finally {
    await connection.close();
  }
}
