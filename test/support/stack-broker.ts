/**
 * The servers one Jest run shares, started when the first test asks. Jest's workers are separate
 * processes, so the one process that outlives them all owns the servers and answers on loopback.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../src/stack/data-folder';
import { findFreePort } from '../../src/stack/ports';
import { startPostgres, type EmbeddedPostgres } from '../../src/stack/postgres';
import { silentProgress } from '../../src/stack/progress';
import { startTemporalServer, type EmbeddedTemporal } from '../../src/stack/temporal-server';

/** What a test learns of the servers. */
export interface BrokerAnswers {
  postgres: { superuserUrl: string };
  temporal: { address: string; namespace: string; uiUrl: string };
}

/** The variable that tells the workers where the broker answers. */
export const brokerVariable = 'TEST_STACK_BROKER';

/** Where the Temporal CLI is kept, when not in the usual place. */
export function testCacheFolder(): { cacheFolder?: string } {
  const folder = process.env.HOMEWARD_CACHE;
  return folder ? { cacheFolder: folder } : {};
}

export interface Broker {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startBroker(): Promise<Broker> {
  let root: string | undefined;
  let postgres: Promise<EmbeddedPostgres> | undefined;
  let temporal: Promise<EmbeddedTemporal> | undefined;
  const folder = () => openDataFolder((root ??= mkdtempSync(join(tmpdir(), 'homeward-test-'))));
  const task = silentProgress.task('');
  const say = (line: string) => {
    process.stderr.write(`test stack: ${line}\n`);
  };

  const needs = {
    // Tests lose nothing they want to keep if the machine stops, so nothing waits for the disk.
    postgres: async (): Promise<BrokerAnswers['postgres']> =>
      (postgres ??= startPostgres({
        folder: folder(),
        task,
        say,
        settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
      })).then(({ superuserUrl }) => ({ superuserUrl })),
    temporal: async (): Promise<BrokerAnswers['temporal']> =>
      (temporal ??= (async () => {
        const [port, uiPort] = [await findFreePort(), await findFreePort()];
        return startTemporalServer({
          folder: folder(),
          task,
          say,
          port,
          uiPort,
          namespace: 'default',
          ...testCacheFolder(),
        });
      })()).then(({ address, namespace, uiUrl }) => ({ address, namespace, uiUrl })),
  };

  const server = createServer((request, response) => {
    const need = request.url?.slice(1) === 'temporal' ? needs.temporal : needs.postgres;
    need().then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? error.message : String(error));
      },
    );
  });
  server.unref();
  return {
    url: `http://127.0.0.1:${await listen(server)}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      const parts: Promise<{ stop(): Promise<void> }>[] = [];
      if (postgres !== undefined) parts.push(postgres);
      if (temporal !== undefined) parts.push(temporal);
      // One that failed to start has nothing to stop.
      await Promise.allSettled(parts.map(async (part) => (await part).stop()));
      if (root !== undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

/** From inside a test: the answer of the broker, starting the server if it is the first to ask. */
export async function askBroker<Need extends keyof BrokerAnswers>(need: Need): Promise<BrokerAnswers[Need]> {
  const url = process.env[brokerVariable];
  if (url === undefined) throw new Error(`${brokerVariable} is not set: run the tests through Jest`);
  const response = await fetch(`${url}/${need}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`the test ${need} server did not start: ${body}`);
  return JSON.parse(body) as BrokerAnswers[Need];
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });
}
