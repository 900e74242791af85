/** Everything the ways need to be there before they are measured: schema, search attributes, one table, clients. */
import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { rulesOf, type Mechanism } from '../src/contracts/mechanism/mechanism';
import { createConnection, createPool } from '../src/record/postgres/database';
import { migrateToLatest } from '../src/record/migrations/migrate';
import { createRecord } from '../src/record/record';
import { createOperatorSetup } from '../src/temporal/operator-setup';
import { createServedWay } from './served-way';
import { createFloorWay } from './floor/way';
import { benchMechanism } from './homeward/mechanism';
import { returnSteps } from './homeward/return-steps';
import { createHttpWay } from './homeward/http-way';
import { createHomewardWay } from './homeward/way';
import { plainTable } from './plain/activities';
import { createPlainWay } from './plain/way';
import type { Servers } from './servers';
import {
  workerOf,
  type ClientSurroundings,
  type Surroundings,
  type Way,
  type WayName,
  type WorkerName,
} from './way';

export interface Ground {
  readonly ways: readonly Way[];
  readonly surroundingsOf: (worker: WorkerName) => Surroundings;
  close(): Promise<void>;
}

/** `urlOf`: where a way's own server answers, asked when the first return is opened. */
export async function layGround(
  root: string,
  servers: Servers,
  names: readonly WayName[],
  urlOf: (worker: WorkerName) => string,
): Promise<Ground> {
  const { stack, client } = servers;
  // As the owner throughout: the ways that Homeward is compared with make tables of their own.
  const databaseUrl = stack.ownerUrl;
  await migrateToLatest({ connectionString: databaseUrl });
  await createOperatorSetup(client, pino({ level: 'warn' }));
  await createPlainTable(databaseUrl);

  const sealKey = randomBytes(32).toString('hex');
  const surroundingsOf = (worker: WorkerName): Surroundings => ({
    address: stack.temporal.address,
    namespace: stack.temporal.namespace,
    databaseUrl,
    smtpUrl: stack.smtpUrl,
    sealKey,
    taskQueue: `bench-${worker}`,
  });
  const mechanism = benchMechanism(root);
  const facts = { case: '', rules: rulesOf(mechanism), dossier: { version: 1, hash: '' }, now: new Date() };
  const messages = returnSteps(facts).map(({ by, command }) => ({ name: command.type, by }));
  const makers = {
    homeward: (around) => createHomewardWay(around, mechanism),
    http: (around) => createHttpWay(around, mechanism, stack.folder.path),
    plain: (around) => Promise.resolve(createPlainWay(around, messages)),
    floor: (around) => Promise.resolve(createFloorWay(around, messages)),
    express: () => Promise.resolve(createServedWay('express', () => urlOf('express'), messages)),
    dbos: () => Promise.resolve(createServedWay('dbos', () => urlOf('dbos'), messages)),
  } satisfies Record<WayName, (around: ClientSurroundings) => Promise<Way>>;
  await keepMechanism(databaseUrl, sealKey, mechanism);
  const ways: Way[] = [];
  for (const name of names) ways.push(await makers[name]({ ...surroundingsOf(workerOf[name]), client }));
  return {
    ways,
    surroundingsOf,
    async close() {
      for (const way of ways) await way.close();
    },
  };
}

async function createPlainTable(connectionString: string): Promise<void> {
  const postgres = createConnection({ connectionString });
  await postgres.connect();
  try {
    await postgres.query(plainTable);
  } finally {
    await postgres.end();
  }
}

/** Before an API starts, which serves a mechanism that is kept. */
async function keepMechanism(connectionString: string, sealKey: string, mechanism: Mechanism): Promise<void> {
  const pool = createPool({ connectionString });
  try {
    await createRecord({ pool, sealKey }).saveMechanism(mechanism);
  } finally {
    await pool.end();
  }
}
