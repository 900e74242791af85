import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { createTestDatabase } from './postgres';
import { testTemporal, uniqueTaskQueue } from './temporal';

describe('the servers every test may use', () => {
  it('gives each suite a Postgres database of its own, signed in as the application and not as superuser', async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase({ empty: true })]);
    expect(first.name).not.toBe(second.name);
    const client = new Client({ connectionString: first.connectionString });
    await client.connect();
    const { rows } = await client.query(
      `select current_user as user, current_database() as database, usesuper as super
       from pg_user where usename = current_user`,
    );
    expect(rows).toEqual([{ user: 'homeward', database: first.name, super: false }]);
    await client.end();
    await Promise.all([first.drop(), second.drop()]);
  });

  it('lets the application add the extensions it searches with, and they know Cyrillic', async () => {
    const database = await createTestDatabase({ empty: true });
    const client = new Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query('create extension pg_trgm; create extension fuzzystrmatch; create extension unaccent');
    const { rows } = await client.query(
      `select similarity('Ганна', 'Анна') > 0.3 as alike, lower('ЇЖАК') as lower, daitch_mokotoff('Hanna') as sound`,
    );
    expect(rows).toEqual([{ alike: true, lower: 'їжак', sound: ['560000'] }]);
    await client.end();
    await database.drop();
  });

  it('gives a Temporal server that answers, and task queues that never meet', async () => {
    const { address } = await testTemporal();
    const connection = await Connection.connect({ address });
    await expect(connection.healthService.check({})).resolves.toMatchObject({ status: 1 });
    await connection.close();
    expect(uniqueTaskQueue('suite')).not.toBe(uniqueTaskQueue('suite'));
  });
});
