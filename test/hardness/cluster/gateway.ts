/** What stands before the APIs, as the compose file's gateway does: each connection goes to the next one that answers. */
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

export interface Gateway {
  readonly url: string;
  close(): void;
}

export async function openGateway(ports: () => readonly number[]): Promise<Gateway> {
  let turn = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((incoming) => {
    open.add(incoming);
    incoming.on('close', () => open.delete(incoming)).on('error', () => undefined);
    const all = ports();
    const first = turn++;
    const tryNext = (tried: number): void => {
      const port = all[(first + tried) % all.length];
      if (port === undefined || tried >= all.length) return void incoming.destroy();
      const api = connect(port, '127.0.0.1');
      api.once('error', () => (api.bytesRead > 0 ? incoming.destroy() : tryNext(tried + 1)));
      api.once('connect', () => {
        incoming.pipe(api).pipe(incoming);
        api.on('close', () => incoming.destroy());
        incoming.on('close', () => api.destroy());
      });
    };
    tryNext(0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      for (const each of open) each.destroy();
    },
  };
}
