/** Rows of many open cases laid by SQL, for what only asks how much is owed: no process follows them. */
import type { Pool, PoolClient } from 'pg';

/** What differs between the copies of one case. */
const own = ['id', 'stage', 'due', 'waiting_since', 'lapses_at', 'last_at', 'waiting_on', 'opened_at'];

/**
 * Copies of the only case there is, numbered `from` to `to`. Every second one waits for the mediator's case officers,
 * all wait for both sides; half of what is owed is overdue.
 */
export async function layOwing(pool: Pool, from: number, to: number): Promise<void> {
  const client = await pool.connect();
  try {
    // Longer than the record allows a command; and no row of it has to outlive the run.
    await client.query('set statement_timeout = 0; set synchronous_commit = off');
    await layCases(client, from, to);
    await client.query(
      `insert into dossiers (case_id, version, content, hash, at)
       select c.id, 1, d.content, d.hash, d.at
         from ${laid} cross join (select * from dossiers order by case_id, version limit 1) as d`,
      [from, to],
    );
    await client.query(
      `insert into obligations (case_id, key, mechanism_id, kind, subject, party, roles, since, due, safety, commands)
       select c.id, owed.kind || ':' || owed.party, c.mechanism_id, owed.kind, null, owed.party, owed.roles,
              now() - (n % 40 + 2) * interval '1 day', now() + (n % 79 - 39.5) * interval '1 day', false, '{}'
         from ${laid} cross join (values ('accept-file', 'qatar', '{case-officer}'::text[], 2),
                                         ('decide-on-plan', 'russia', '{decider}', 1),
                                         ('attest-facet', 'ukraine', '{}', 1)) as owed(kind, party, roles, every)
        where n % owed.every = 0`,
      [from, to],
    );
    await client.query('vacuum analyze');
  } finally {
    // Not given back: it would keep its settings.
    client.release(true);
  }
}

const idOf = (n: string): string => `'B' || lpad((${n})::text, 7, '0')`;
const laid = `generate_series($1::integer, $2::integer) as n join cases as c on c.id = ${idOf('n')}`;

async function layCases(client: PoolClient, from: number, to: number): Promise<void> {
  const { rows } = await client.query<{ names: string }>(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
      where table_schema = current_schema() and table_name = 'cases' and column_name <> all ($1)`,
    [own],
  );
  const same = rows[0]?.names ?? '';
  await client.query(
    `insert into cases (${own.join(', ')}, ${same})
     select ${idOf('n')}, 'verification', now() + (n % 50 + 2) * interval '1 day', now() - interval '9 days',
            now() + (n % 90 + 40) * interval '1 day', now() - interval '8 days', '{qatar}', now() - interval '30 days',
            ${same}
       from generate_series($1::integer, $2::integer) as n
      cross join (select * from cases order by opened_at limit 1) as one`,
    [from, to],
  );
}
