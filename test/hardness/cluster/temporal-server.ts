/**
 * The full Temporal server, as the compose file's image runs it: on Postgres, all services, no dev server. Built by Go from the
 * pinned version, once, into our cache.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { cachedCliPath, pinnedServer } from '../../../src/stack/temporal/cli';
import { assertPortFree } from '../../../src/stack/process/ports';
import { run } from '../../../src/stack/process/run-command';

const within = { build: 45 * 60_000, schema: 60_000 };
const databases = { temporal: 'temporal', temporal_visibility: 'visibility' } as const;

export interface TemporalPrograms {
  readonly server: string;
  readonly sqlTool: string;
}

export async function obtainTemporalServer(say: (line: string) => void): Promise<TemporalPrograms> {
  const folder = join(
    cachedCliPath(process.env.HOMEWARD_CACHE, process.env),
    '../..',
    `server-${pinnedServer}`,
  );
  const programs = { server: join(folder, 'server'), sqlTool: join(folder, 'sql') };
  if (Object.values(programs).every((path) => existsSync(path))) return programs;
  say(`building the Temporal server ${pinnedServer} with Go (some minutes, once)`);
  const workshop = `${folder}.${process.pid}`;
  mkdirSync(workshop, { recursive: true });
  const packages = ['cmd/server', 'cmd/tools/sql'].map(
    (each) => `go.temporal.io/server/${each}@v${pinnedServer}`,
  );
  const { problem } = await run('go', ['install', '-ldflags=-s -w', ...packages], {
    timeoutMs: within.build,
    env: { ...process.env, CGO_ENABLED: '0', GOBIN: workshop, GOFLAGS: '' },
    cwd: workshop,
  });
  if (problem !== undefined) throw new Error(`the Temporal server could not be built: ${problem}`);
  renameSync(workshop, folder);
  return programs;
}

export interface SqlServer {
  readonly port: number;
  readonly password: string;
}

/** Empty databases of the names above are there, and are role `temporal`’s. */
export async function setUpSchema(
  { sqlTool }: TemporalPrograms,
  { port, password }: SqlServer,
): Promise<void> {
  for (const [database, schema] of Object.entries(databases)) {
    const at = [
      '--plugin',
      'postgres12',
      '--ep',
      '127.0.0.1',
      '-p',
      String(port),
      '-u',
      'temporal',
      '--pw',
      password,
    ];
    for (const step of [
      ['setup-schema', '-v', '0.0'],
      ['update-schema', '--schema-name', `postgresql/v12/${schema}`],
    ]) {
      const { problem, output } = await run(sqlTool, [...at, '--db', database, ...step], {
        timeoutMs: within.schema,
      });
      if (problem !== undefined) throw new Error(`Temporal’s schema: ${problem}\n${output.slice(-1_000)}`);
    }
  }
}

/** The server keeps its ports in a column that ends at 32,767, below those that the system gives away. */
async function findLowPort(from: number): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = from + Math.floor(Math.random() * 1_000);
    if (
      await assertPortFree(port, 'Temporal', '').then(
        () => true,
        () => false,
      )
    )
      return port;
  }
  throw new Error(`no port is free from ${from} on`);
}

/** Writes what the server reads; gives how it is started and where it answers. */
export async function configureServer(
  { server }: TemporalPrograms,
  { port, password }: SqlServer,
  folder: string,
): Promise<{ command: readonly string[]; address: string }> {
  const ports: number[] = [];
  while (ports.length < 8) ports.push(await findLowPort(20_000 + 1_000 * ports.length));
  const rpcOf = (index: number): object => ({
    rpc: { grpcPort: ports[2 * index], membershipPort: ports[2 * index + 1], bindOnIP: '127.0.0.1' },
  });
  const store = (databaseName: string): object => ({
    sql: {
      ...{ pluginName: 'postgres12', databaseName, connectAddr: `127.0.0.1:${port}`, connectProtocol: 'tcp' },
      ...{ user: 'temporal', password, maxConns: 20, maxIdleConns: 20, maxConnLifetime: '1h' },
    },
  });
  const [frontend] = ports;
  const address = `127.0.0.1:${frontend}`;
  const config = {
    log: { stdout: true, level: 'warn' },
    persistence: {
      ...{ defaultStore: 'default', visibilityStore: 'visibility', numHistoryShards: 4 },
      datastores: { default: store('temporal'), visibility: store('temporal_visibility') },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: { frontend: rpcOf(0), matching: rpcOf(1), history: rpcOf(2), worker: rpcOf(3) },
    clusterMetadata: {
      ...{ enableGlobalNamespace: false, failoverVersionIncrement: 10 },
      ...{ masterClusterName: 'active', currentClusterName: 'active' },
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: address },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    publicClient: { hostPort: address },
  };
  mkdirSync(join(folder, 'config'), { recursive: true });
  writeFileSync(join(folder, 'config', 'homeward.yaml'), stringify(config), { mode: 0o600 });
  return { command: [server, '--root', folder, '--env', 'homeward', 'start'], address };
}
