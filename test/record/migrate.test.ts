import { Client } from 'pg';
import { assertMigrated, migrateToLatest } from '../../src/record/migrations/migrate';
import { migrations } from '../../src/record/migrations';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
});
afterEach(() => database.drop());

const query = async (text: string) => {
  const client = new Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

describe('migrating', () => {
  it('says nothing of an older release on a database that is new', async () => {
    const said: string[] = [];
    await migrateToLatest({ ...database, say: (line) => said.push(line) });
    expect(said).toEqual([]);
  });

  it('runs every migration once, though five processes start at the same time', async () => {
    const ran = await Promise.all(Array.from({ length: 5 }, () => migrateToLatest(database)));
    expect(ran.flat().sort()).toEqual(Object.keys(migrations));
    await expect(assertMigrated(database)).resolves.toBeUndefined();
    await expect(migrateToLatest(database)).resolves.toEqual([]);
  });

  it('finds a database that is behind, and says which migrations it lacks', async () => {
    await expect(assertMigrated(database)).rejects.toMatchObject({ code: 'schema-older', transient: true });
  });

  it('refuses a database that a newer Homeward has migrated, and leaves it as it is', async () => {
    await migrateToLatest(database);
    await query(`insert into kysely_migration values ('9999-from-the-future', '2030-01-01')`);
    const refusal = { name: 'RecordError', code: 'schema-newer', transient: false };
    await expect(migrateToLatest(database)).rejects.toMatchObject(refusal);
    await expect(assertMigrated(database)).rejects.toMatchObject(refusal);
    await expect(migrateToLatest(database)).rejects.toThrow(/9999-from-the-future/);
  });

  it('leaves nothing half done when it fails', async () => {
    // A table of that name is in the way of the second migration.
    await query('create table outbox (id text)');
    await expect(migrateToLatest(database)).rejects.toMatchObject({ name: 'RecordError' });
    const tables = await query(`select tablename from pg_tables where schemaname = 'public' order by 1`);
    expect(tables.map(({ tablename }) => tablename)).not.toContain('events');
    await query('drop table outbox');
    await expect(migrateToLatest(database)).resolves.toEqual(Object.keys(migrations));
  });

  it('says that Postgres is away when it is', async () => {
    await expect(
      migrateToLatest({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' }),
    ).rejects.toMatchObject({ code: 'database-unavailable', transient: true });
  });
});
