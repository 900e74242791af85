/**
 * The embedded Postgres: real Postgres 18 as a child process, on a unix socket in a folder only its
 * user may enter, its data under the data folder.
 *
 * The application signs in as a role that owns nothing, as it would in production; but whoever is the user that
 * Postgres runs as can sign in as anybody, the superuser too. Nothing listens on TCP unless a port is asked for, and then with a password.
 */
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataFolder } from '../data-folder';
import { openLog, logTail } from '../process/log-file';
import { assertPortFree } from '../process/ports';
import { findPostgresBinaries, postgresEnvironment } from './binaries';
import { initialiseCluster, explainPostgresFailure } from './cluster';
import { clearOldPostgres } from './orphan';
import { openPostgresPaths } from './paths';
import { choosePostgresUser } from './user';
import type { Task } from '../process/progress';
import { StackError } from '../stack-error';
import { supervise } from '../process/supervisor';

export interface PostgresOptions {
  readonly folder: DataFolder;
  readonly task: Task;
  readonly say: (line: string) => void;
  /** Also listen on 127.0.0.1, for tools that can't use a socket; superuser `postgres` by password. */
  readonly tcpPort?: number;
  /** `-c name=value` for the server, e.g. `fsync: 'off'` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** For the application: what is recorded it can add to and not change. */
  readonly url: string;
  /** For migrations and a restore: owner of the database `homeward`. */
  readonly ownerUrl: string;
  /** For set-up and tests: the superuser, on the database `postgres`. */
  readonly superuserUrl: string;
  readonly version: string;
  /** Undefined while it is being restarted. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** The database and its owner, both of this name; the role that the application signs in as. */
const owner = 'homeward';
const application = 'homeward_app';

const baseSettings = {
  // Lines worth reading only; a checkpoint every five minutes is not.
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
} as const;

export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { folder, task, say, tcpPort } = options;
  const user = choosePostgresUser(folder.postgres);
  const binaries = findPostgresBinaries(user);
  const paths = openPostgresPaths(folder, user);
  const logPath = join(folder.log, 'postgres.log');

  const prepare = () => clearOldPostgres(paths);
  task.now('clearing up after the last run');
  await prepare();
  if (tcpPort !== undefined) await assertPortFree(tcpPort, 'Postgres', 'HOMEWARD_POSTGRES_PORT');
  await initialiseCluster({ binaries, paths, task, logPath });

  task.now('starting');
  const settings = {
    ...baseSettings,
    ...options.settings,
    unix_socket_directories: paths.socketFolder,
    unix_socket_permissions: '0700',
    listen_addresses: tcpPort === undefined ? '' : '127.0.0.1',
    port: String(tcpPort ?? paths.socketPort),
  };
  const port = tcpPort ?? paths.socketPort;
  const url = (role: string, database: string) =>
    `postgresql://${role}@${encodeURIComponent(paths.socketFolder)}:${port}/${database}`;
  const superuserUrl = url('postgres', 'postgres');

  const child = await supervise(
    {
      name: 'Postgres',
      prepare,
      spawn: () => {
        const log = openLog(logPath);
        const reach = paths.open();
        try {
          return spawn(
            binaries.postgres,
            [
              '-D',
              reach.cluster,
              ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
            ],
            {
              ...user,
              cwd: '/',
              env: postgresEnvironment(),
              detached: true,
              stdio: ['ignore', log, log, ...reach.handles],
            },
          );
        } finally {
          closeSync(log);
          reach.close();
        }
      },
      isReady: () => answers(superuserUrl),
      readyWithinMs: 60_000,
      // INT: end the sessions and stop in order. QUIT: stop without a checkpoint; recovery follows at the next start.
      stopSteps: [
        { signal: 'SIGINT', waitMs: 15_000 },
        { signal: 'SIGQUIT', waitMs: 5_000 },
        { signal: 'SIGKILL', waitMs: 5_000 },
      ],
      recordFile: paths.recordFile,
      explainFailure: (outcome) => explainPostgresFailure(folder.path, outcome, logPath, logTail(logPath)),
    },
    say,
  );
  try {
    await createApplicationDatabase(superuserUrl);
  } catch (error) {
    await child.stop();
    throw new StackError(
      'postgresFailed',
      `Postgres runs but the database could not be set up: ${(error as Error).message}.`,
      `See ${logPath}.`,
      { cause: error },
    );
  }
  return {
    url: url(application, owner),
    ownerUrl: url(owner, owner),
    superuserUrl,
    version: binaries.version,
    get pid() {
      return child.pid;
    },
    async stop() {
      await child.stop();
      paths.release();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A server that dies under an idle client emits here; unheard it would end our process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createApplicationDatabase(superuserUrl: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const name of [owner, application]) {
      const role = await client.query('select 1 from pg_roles where rolname = $1', [name]);
      if (role.rowCount === 0) await client.query(`create role ${name} login`);
    }
    const database = await client.query('select 1 from pg_database where datname = $1', [owner]);
    if (database.rowCount === 0) await client.query(`create database ${owner} owner ${owner}`);
  } finally {
    await client.end();
  }
}
