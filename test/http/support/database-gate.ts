/** A way to the test's Postgres that can be shut: what an API sees of a database server that went away. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface DatabaseGate {
  readonly connectionString: string;
  /** Cuts every connection and refuses new ones. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** From now on nothing comes through the connections that are open, and nobody is told: a network that drops. */
  mute(): void;
}

export async function openDatabaseGate(connectionString: string): Promise<DatabaseGate> {
  const { username, hostname, port, pathname } = new URL(connectionString);
  const target = `${decodeURIComponent(hostname)}/.s.PGSQL.${port}`;
  const sockets = new Set<Socket>();
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    const upstream = connect(target);
    pairs.add([client, upstream]);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  const listen = (at: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(at, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port: gatePort } = server.address() as AddressInfo;
  return {
    connectionString: `postgresql://${username}@127.0.0.1:${gatePort}${pathname}`,
    async shut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    open: () => listen(gatePort),
    mute() {
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream);
        upstream.unpipe(client);
      }
      pairs.clear();
    },
  };
}
