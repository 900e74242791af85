/**
 * The servers one Jest run shares, started when the first test asks. Jest's workers are separate
 * processes, so the one process that outlives them all owns the servers and answers on loopback.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../src/stack/data-folder';
import { findFreePort } from '../../src/stack/process/ports';
import { startPostgres, type EmbeddedPostgres } from '../../src/stack/postgres/postgres';
import { silentProgress } from '../../src/stack/process/progress';
import { startTemporalServer, type EmbeddedTemporal } from '../../src/stack/temporal/server';
import type { BrokerAnswers } from './ask-broker';
import { builtBundle } from './workflow-bundle';

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
  let bundle: Promise<BrokerAnswers['bundle']> | undefined;
  let postgres: Promise<EmbeddedPostgres> | undefined;
  let temporal: Promise<EmbeddedTemporal> | undefined;
  const ownRoot = () => (root ??= mkdtempSync(join(tmpdir(), 'homeward-test-')));
  const folder = () => openDataFolder(ownRoot());
  const task = silentProgress.task('');
  const say = (line: string) => {
    process.stderr.write(`test stack: ${line}\n`);
  };

  const needs: { [Need in keyof BrokerAnswers]: () => Promise<BrokerAnswers[Need]> } = {
    bundle: () => (bundle ??= builtBundle(ownRoot())),
    // Tests lose nothing they want to keep if the machine stops, so nothing waits for the disk.
    postgres: async () =>
      (postgres ??= startPostgres({
        folder: folder(),
        task,
        say,
        settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
      })).then(({ superuserUrl }) => ({ superuserUrl })),
    temporal: async () =>
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
    const need = request.url?.slice(1) as keyof BrokerAnswers;
    // A connection kept open may be closed here at the very moment a busy suite uses it again.
    response.setHeader('connection', 'close');
    needs[need]().then(
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

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });
}
