/** What an orchestrator and Prometheus ask a worker process: does it poll, does the record answer, and its figures. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { metricsType } from './telemetry/serve-metrics';

export interface Vitals {
  readonly worker: { readonly isRunning: boolean };
  readonly record: { ping(): Promise<void> };
  readonly metrics: { page(): Promise<string> };
}

/**
 * Undefined without a port. `GET /healthz`: 200 while the worker polls; a record that is away does not make it
 * unhealthy, as a restart would not mend that. `GET /readyz`: 200 only when the record answers, too. `/health` and
 * `/ready` are the same by their older names. `GET /metrics` is for Prometheus.
 */
export async function startHealth(
  { host, port }: { readonly host: string; readonly port: number | undefined },
  { worker, record, metrics }: Vitals,
): Promise<{ port: number; stop(): void } | undefined> {
  if (port === undefined) return undefined;
  const server = createServer((request, response) => {
    const answer = (isWell: boolean): void => {
      response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: isWell ? 'ok' : 'unavailable' }));
    };
    const { url } = request;
    if (url === '/healthz' || url === '/health') answer(worker.isRunning);
    else if (url === '/readyz' || url === '/ready') {
      record.ping().then(
        () => answer(worker.isRunning),
        () => answer(false),
      );
    } else if (url === '/metrics') {
      metrics.page().then(
        (page) => response.writeHead(200, { 'content-type': metricsType }).end(page),
        () => response.writeHead(500).end(),
      );
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // One connection that could not be accepted is no reason to end the worker.
  server.on('error', () => undefined);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
