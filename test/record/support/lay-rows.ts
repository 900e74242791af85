/** Rows of many cases, laid by SQL: what years of returns leave in the tables, at a glance. */
import type { RecordRoom } from './record-room';

/** Nothing of it begins, falls due or is closed today: it is there, and does not change. */
export interface Laying {
  /** Open cases: each owes one thing by each of three offices of the mediator and one by each side. */
  readonly open: number;
  /** Cases long closed, with their dossiers, notices and letters. */
  readonly closed: number;
}

const columnsBut = async (room: RecordRoom, table: string, without: readonly string[]): Promise<string> => {
  const { rows } = await room.pool.query<{ names: string }>(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
      where table_name = $1 and column_name <> all ($2)`,
    [table, without],
  );
  return rows[0]!.names;
};

/** Copies of the case `like`, under references beginning with `prefix`: a letter that no real reference has. */
export async function layRows(
  room: RecordRoom,
  like: string,
  prefix: string,
  { open, closed }: Laying,
): Promise<void> {
  const { pool } = room;
  const changed = [
    'id',
    'stage',
    'due',
    'waiting_since',
    'lapses_at',
    'last_at',
    'waiting_on',
    'opened_at',
    'safety',
  ];
  const same = await columnsBut(room, 'cases', changed);
  const cases = (number: number, first: string, stage: string, lapses: string): Promise<unknown> =>
    pool.query(
      `insert into cases (id, stage, due, waiting_since, lapses_at, last_at, waiting_on, opened_at, safety, ${same})
       select $2 || lpad(n::text, 6, '0'), $3, case when $3 <> 'closed' then now() + (n % 50 + 2) * interval '1 day' end,
              now() - interval '9 days', ${lapses}, now() - interval '8 days', '{qatar}',
              now() - interval '30 days', false, ${same}
         from cases, generate_series(1, $4::integer) as n where id = $1`,
      [like, first, stage, number],
    );
  await cases(open, `${prefix}O`, 'verification', `now() + (n % 90 + 40) * interval '1 day'`);
  await cases(closed, `${prefix}C`, 'closed', 'null');
  await pool.query(
    `insert into dossiers (case_id, version, content, hash, at)
     select c.id, 1, d.content, d.hash, d.at from cases c, dossiers d where c.id like $2 || '%' and d.case_id = $1`,
    [like, prefix],
  );
  await pool.query(
    `insert into obligations (case_id, key, mechanism_id, kind, subject, party, roles, since, due, safety, commands)
     select c.id, owed.kind || ':' || owed.party || '@' || n, c.mechanism_id, owed.kind, null, owed.party, owed.roles,
            now() - (n % 40 + 2) * interval '1 day', now() + (n % 80 - 38.5) * interval '1 day', false, '{closeCase}'
       from (select *, row_number() over (order by id) as n from cases where id like $1 || 'O%') as c,
            (values ('accept-file', 'qatar', '{case-officer}'::text[]), ('review-attestation', 'qatar', '{reviewer}'),
                    ('give-go', 'qatar', '{lead}'), ('decide-on-plan', 'russia', '{decider}'),
                    ('attest-facet', 'ukraine', '{}')) as owed(kind, party, roles)
      where (n % 80 - 38.5) not between -1 and 1`,
    [prefix],
  );
  await pool.query(
    `insert into outbox (id, case_id, version, notice, party, roles, safety, created_at, status, next_attempt_at)
     select c.id || ':' || n, c.id, n, '{"kind":"waiting"}', 'qatar', '{lead}', false, now() - interval '9 days', 'sent',
            now() - interval '9 days' from cases c, generate_series(1, 5) as n where c.id like $1 || '%'`,
    [prefix],
  );
  await pool.query(
    `insert into letters (id, kind, mechanism_id, party, official, safety, send_at, status, next_attempt_at, sent_at)
     select c.id || ':letter', 'notice', c.mechanism_id, 'qatar', 'qa-lead', false, now() - interval '9 days', 'sent',
            now() - interval '9 days', now() - interval '9 days' from cases c where c.id like $1 || '%'`,
    [prefix],
  );
  // As the rounds of the upkeep since have left it.
  await room.record.addUpTallies();
  await room.record.listComingOfAge();
  await pool.query('analyze');
}
