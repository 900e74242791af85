/** A record with one case of which many are copied, and an API over it in a process of its own. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Pool } from 'pg';
import pino from 'pino';
import { createFileStore } from '../../src/auth/issuer-store';
import { issueLinkFrom } from '../../src/auth/sign-in-links';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { createPool } from '../../src/record/postgres/database';
import { migrateToLatest } from '../../src/record/migrations/migrate';
import { createRecord } from '../../src/record/record';
import { createOperatorSetup } from '../../src/temporal/operator-setup';
import { benchMechanism } from '../homeward/mechanism';
import { createHomewardWay } from '../homeward/way';
import type { Servers } from '../servers';
import type { Surroundings } from '../way';
import { startApiProcess } from '../worker-handle';

export interface InboxGround {
  readonly pool: Pool;
  readonly mechanism: Mechanism;
  readonly url: string;
  readonly issueSignInLink: (official: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openInboxGround(root: string, { stack, client }: Servers): Promise<InboxGround> {
  const { ownerUrl: databaseUrl, smtpUrl } = stack;
  await migrateToLatest({ connectionString: databaseUrl });
  await createOperatorSetup(client, pino({ level: 'warn' }));
  const sealKey = randomBytes(32).toString('hex');
  const pool = createPool({ connectionString: databaseUrl });
  const mechanism = benchMechanism(root);
  await createRecord({ pool, sealKey }).saveMechanism(mechanism);
  const issuerFolder = join(stack.folder.path, 'issuer');
  const surroundings: Surroundings = {
    ...{ address: stack.temporal.address, namespace: stack.temporal.namespace },
    ...{ databaseUrl, smtpUrl, sealKey, taskQueue: 'bench-inbox', mechanism: mechanism.id, issuerFolder },
  };
  const way = await createHomewardWay({ ...surroundings, client }, mechanism);
  const api = await startApiProcess(surroundings);
  const close = async (): Promise<void> => {
    await api.stop();
    await way.close();
    await pool.end();
  };
  try {
    await way.open();
  } catch (error) {
    await close();
    throw error;
  }
  const url = api.url ?? '';
  const store = createFileStore(issuerFolder);
  return {
    ...{ pool, mechanism, url, close },
    issueSignInLink: (official) => issueLinkFrom(store, url, official),
  };
}
