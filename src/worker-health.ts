/** What an orchestrator asks a worker process: does it poll, and does the record answer. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Vitals {
  readonly worker: { readonly isRunning: boolean };
  readonly register: { ping(): Promise<void> };
}

/**
 * Undefined without a port. `GET /health`: 200 while the worker polls; a record that is away does not make it
 * unhealthy, as a restart would not mend that. `GET /ready`: 200 only when the record answers, too.
 */
export async function startHealth(
  port: number | undefined,
  { worker, register }: Vitals,
): Promise<{ port: number; stop(): void } | undefined> {
  if (port === undefined) return undefined;
  const server = createServer((request, response) => {
    const answer = (isWell: boolean): void => {
      response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: isWell ? 'ok' : 'unavailable' }));
    };
    if (request.url === '/health') answer(worker.isRunning);
    else if (request.url === '/ready') {
      register.ping().then(
        () => answer(worker.isRunning),
        () => answer(false),
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
