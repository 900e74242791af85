/**
 * What the application's role may do in the database: insert what is recorded, never change or remove it, and nothing
 * to the tables themselves. The owner's role migrates and is used for nothing else. Granted after each migration, from
 * what each table says of itself, so that a new one can't be forgotten.
 */
import type { Client } from 'pg';
import { createConnection } from './database';

/** Triggers by which a table refuses changes; what they refuse is not granted in the first place. */
const rightsByTrigger = {
  append_only: 'select, insert',
  never_rewritten: 'select, insert',
  written_once: 'select, insert, update',
} as const;
/** Only migrations write here. */
const readOnly = ['unvouched', 'kysely_migration', 'kysely_migration_lock'];
const others = 'select, insert, update, delete';

/** `applicationUrl` may be of the owner itself: then there is nothing to grant, and `ops status` says so. */
export async function grantToApplication(ownerUrl: string, applicationUrl: string): Promise<void> {
  const role = decodeURIComponent(new URL(applicationUrl).username);
  const client = createConnection({ connectionString: ownerUrl, application_name: 'homeward rights' });
  await client.connect();
  try {
    const { rows } = await client.query<{ owner: string }>('select current_user as owner');
    if (role === '' || rows[0]?.owner === role) return;
    await client.query('begin');
    for (const statement of await grantsFor(client, client.escapeIdentifier(role)))
      await client.query(statement);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function grantsFor(client: Client, role: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; view: boolean; triggers: string[] }>(
    `select c.relname as name, c.relkind = 'v' as view, array_remove(array_agg(t.tgname::text), null) as triggers
       from pg_class c left join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
      group by c.relname, c.relkind order by c.relname`,
  );
  return [
    `revoke all on all tables in schema public from ${role}`,
    `revoke create on schema public from public, ${role}`,
    `grant usage on schema public to ${role}`,
    `grant usage, select on all sequences in schema public to ${role}`,
    ...rows.map(({ name, view, triggers }) => {
      const [, rights] = Object.entries(rightsByTrigger).find(([trigger]) => triggers.includes(trigger)) ?? [
        '',
        others,
      ];
      const granted = view || readOnly.includes(name) ? 'select' : rights;
      return `grant ${granted} on ${client.escapeIdentifier(name)} to ${role}`;
    }),
  ];
}
