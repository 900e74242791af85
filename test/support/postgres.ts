/**
 * A database of its own for each suite, copied from a migrated template in some forty milliseconds,
 * on the one real Postgres of this run. Its owner is the application's role, as in production.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { askBroker } from './ask-broker';

export interface TestDatabase {
  /** As the application signs in. */
  readonly connectionString: string;
  /** As superuser, on the same database: for faults that the application's role may not cause. */
  readonly superuserUrl: string;
  readonly name: string;
  /** Ends every session on it and removes it. */
  drop(): Promise<void>;
}

const role = 'homeward';
const template = 'homeward_template';
/** Any number, the same in every worker: only one of them makes the template. */
const templateLock = 7_210_030;

/** `empty` gives a database without any migration, `like` a copy of one that nobody is connected to. */
export async function createTestDatabase(
  options: { empty?: boolean; like?: Pick<TestDatabase, 'name'> } = {},
): Promise<TestDatabase> {
  const { superuserUrl } = await askBroker('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(superuserUrl, async (client) => {
    if (!options.empty && !options.like) await makeTemplate(client, superuserUrl);
    const source = options.empty ? 'template0' : (options.like?.name ?? template);
    await client.query(`create database ${name} owner ${role} template ${source}`);
  });
  return {
    name,
    connectionString: urlOf(superuserUrl, role, name),
    superuserUrl: urlOf(superuserUrl, 'postgres', name),
    drop: () =>
      asSuperuser(superuserUrl, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

async function makeTemplate(client: Client, superuserUrl: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [templateLock]);
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount !== 0) return;
    const unfinished = `${template}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished} owner ${role} template template0`);
    await migrate(urlOf(superuserUrl, role, unfinished));
    await client.query(`alter database ${unfinished} rename to ${template}`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templateLock]);
  }
}

async function migrate(connectionString: string): Promise<void> {
  const module = join(__dirname, '../../src/record/migrations/migrate');
  // Until the record exists the template stays empty.
  if (!existsSync(`${module}.ts`)) return;
  const { migrateToLatest } = (await import(module)) as {
    migrateToLatest(database: { connectionString: string }): Promise<unknown>;
  };
  await migrateToLatest({ connectionString });
}

async function asSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(superuserUrl: string, user: string, database: string): string {
  return superuserUrl.replace('//postgres@', `//${user}@`).replace(/\/postgres$/, `/${database}`);
}
