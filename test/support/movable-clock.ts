/**
 * A Postgres whose clock a test sets. Nothing is to be installed for it: functions of the clock's names stand in front
 * of Postgres's own for every session that begins from now on, and the columns' defaults use them, too.
 */
import { Client } from 'pg';
import type { TestDatabase } from './postgres';

export interface MovableClock {
  /** From now on it is so far ahead of the true time, e.g. `200 days`; behind is negative. */
  set(ahead: string): Promise<void>;
  close(): Promise<void>;
}

export async function movableClock(database: TestDatabase): Promise<MovableClock> {
  const superuser = new Client({ connectionString: database.superuserUrl });
  superuser.on('error', () => undefined);
  await superuser.connect();
  const function_ = (name: string): string => `
    create function moved.${name}() returns timestamptz language sql volatile
      as $$ select pg_catalog.clock_timestamp() + ahead from moved.clock $$;`;
  await superuser.query(`
    create schema moved;
    create table moved.clock (ahead interval not null);
    insert into moved.clock values ('0');
    ${['clock_timestamp', 'statement_timestamp', 'now'].map(function_).join('')}
    grant usage on schema moved to public;
    grant select on moved.clock to public;
    alter database ${database.name} set search_path = moved, pg_catalog, public;
  `);
  const { rows } = await superuser.query<{ change: string }>(`
    select format('alter table %s alter column %I set default moved.clock_timestamp()', d.adrelid::regclass, a.attname)
             as change
      from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
     where pg_get_expr(d.adbin, d.adrelid) like '%clock_timestamp()%'`);
  for (const { change } of rows) await superuser.query(change);
  return {
    async set(ahead) {
      await superuser.query('update moved.clock set ahead = $1', [ahead]);
    },
    close: () => superuser.end(),
  };
}
