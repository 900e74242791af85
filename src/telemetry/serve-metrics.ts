/**
 * The figures of a process, on a port of their own: they name no case, but small counts and times tell much to who
 * watches them, and the API's port is open to the world. Whoever reaches this port reads them.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

export interface MetricsPage {
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
}

export async function serveMetrics(
  { host, port }: MetricsPage,
  metrics: { page(): Promise<string> },
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.page().then(
      (page) => response.writeHead(200, { 'content-type': metricsType }).end(page),
      () => response.writeHead(500).end(),
    );
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // One connection that could not be accepted is no reason to end the process.
  server.on('error', () => undefined);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${taken}/metrics`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
