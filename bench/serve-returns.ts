/** The smallest HTTP server for returns: open one, send it a message and wait for the answer. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { loopback } from '../src/stack/process/ports';
import type { SimpleStep } from './simple-way';

export interface ReturnDoors {
  /** Resolves when the return is durably open. */
  readonly open: (id: string) => Promise<void>;
  /** Resolves when the return has durably taken the message. */
  readonly take: (id: string, step: SimpleStep) => Promise<void>;
}
export interface ServedReturns {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveReturns({ open, take }: ReturnDoors): Promise<ServedReturns> {
  const app = express();
  app.use(express.json());
  app.post('/returns', async (request, response) => {
    const { id } = request.body as { id: string };
    await open(id);
    response.status(201).json({ id });
  });
  app.post('/returns/:id/steps', async (request, response) => {
    const step = request.body as SimpleStep;
    await take(request.params.id, step);
    response.json({ taken: step.id });
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening: Server = app.listen(0, loopback, (error) =>
      error ? reject(error) : resolve(listening),
    );
  });
  return {
    url: `http://${loopback}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
