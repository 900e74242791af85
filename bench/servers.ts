/** The servers all ways are measured on: Homeward's own embedded stack on a folder that is removed afterwards. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { findFreePort } from '../src/stack/process/ports';
import { terminalProgress } from '../src/stack/process/progress';
import { startMailDrop } from './drop-mail';
import { startStack, type Stack } from '../src/stack/stack';

export interface Servers {
  readonly stack: Stack;
  readonly client: Client;
  stop(): Promise<void>;
}

/** On the disk of the checkout and not in a temporary folder, which may lie in memory and make every commit free. */
export function makeDataFolder(root: string): string {
  const parent = join(root, '.homeward-bench');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'data-'));
}

export async function startServers(root: string): Promise<Servers> {
  const dataFolder = makeDataFolder(root);
  const remove = () => rmSync(dataFolder, { recursive: true, force: true });
  const mail = await startMailDrop();
  try {
    const stack = await startStack(
      {
        dataFolder,
        postgres: {},
        temporal: { port: await findFreePort(), uiPort: await findFreePort(), namespace: 'default' },
        mail: { url: mail.url },
      },
      terminalProgress(),
    );
    const connection = await Connection.connect({ address: stack.temporal.address });
    return {
      stack,
      client: new Client({ connection, namespace: stack.temporal.namespace }),
      async stop() {
        await connection.close();
        await stack.stop();
        await mail.stop();
        remove();
      },
    };
  } catch (error) {
    await mail.stop();
    remove();
    throw error;
  }
}
