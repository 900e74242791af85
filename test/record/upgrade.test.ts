/** A record that the first release wrote, on this code's schema: nothing is lost, and nobody is told anything twice. */
import type { CommandEnvelope } from '../../src/domain/model/commands';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Pool } from 'pg';
import { sealEnvelope } from '../../src/contracts/seal';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { obligationsOf } from '../../src/domain/obligations/obligations';
import { planRouting } from '../../src/notify/routing/route-notices';
import { createPool } from '../../src/record/postgres/database';
import { migrateToLatest } from '../../src/record/migrations/migrate';
import { migrations } from '../../src/record/migrations';
import { createRecord } from '../../src/record/record';
import type { CaseRecord } from '../../src/record/record';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';

/** The key by which the commands of this record were sealed. */
const sealKey = 'a key that only tests use';

/** All rows of a record of release 0.1 (commit 312e79f), by table: twelve cases in as many situations. */
type Rows = Record<string, Record<string, unknown>[]>;
const old = JSON.parse(
  gunzipSync(readFileSync(join(__dirname, 'histories/release-0.1.json.gz'))).toString(),
) as Rows;

let database: TestDatabase;
let pool: Pool;
let record: CaseRecord;
const said: string[] = [];
let adopted: Awaited<ReturnType<CaseRecord['selfCheck']['adopt']>>;

/** As release 0.1 left it, its own note of migrations included. */
async function layOldRecord(): Promise<void> {
  const names = Object.keys(migrations).slice(0, 2);
  await pool.query('create table kysely_migration (name text primary key, timestamp text not null)');
  for (const name of names) {
    await pool.query(migrations[name as keyof typeof migrations]);
    await pool.query('insert into kysely_migration values ($1, $2)', [name, new Date(0).toISOString()]);
  }
  for (const [table, rows] of Object.entries(old)) {
    const columns = Object.keys(rows[0] ?? {})
      .map((name) => `"${name}"`)
      .join(', ');
    if (rows.length > 0)
      await pool.query(
        `insert into ${table} (${columns}) overriding system value
         select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
        [JSON.stringify(rows)],
      );
  }
}

const rowsOf = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await pool.query<Row>(text, values)).rows;
const noticesBy = (rows: readonly Record<string, unknown>[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status } of rows) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  return counts;
};

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  pool = createPool({ connectionString: database.connectionString });
  record = createRecord({ pool, sealKey });
  await layOldRecord();
  await migrateToLatest({ ...database, say: (line) => said.push(line) });
  adopted = await record.selfCheck.adopt();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('a record of release 0.1', () => {
  it('is brought up to date at the first start, which says so, and at no other', async () => {
    expect(said.join(' ')).toContain(`${old.cases!.length} cases`);
    said.length = 0;
    await migrateToLatest({ ...database, say: (line) => said.push(line) });
    expect(said).toEqual([]);
  });

  it('keeps every event and every answer as it was', async () => {
    for (const table of ['events', 'commands', 'refusals']) {
      const [{ rows } = { rows: [] }] = await rowsOf<{ rows: Record<string, unknown>[] }>(
        `select coalesce(jsonb_agg(to_jsonb(t)), '[]') as rows from ${table} as t`,
      );
      const columns = Object.keys(old[table]![0] ?? {});
      const kept = rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
      const sorted = (all: readonly object[]) => all.map((row) => JSON.stringify(row)).sort();
      const inOrder = (row: Record<string, unknown>) =>
        Object.fromEntries(columns.map((column) => [column, row[column]]));
      expect(sorted(kept)).toEqual(sorted(old[table]!.map(inOrder)));
    }
  });

  it('shows each case, what is owed in it, and what it has behind it', async () => {
    const cases = await rowsOf<{ id: string }>('select id from cases order by id');
    expect(cases.map(({ id }) => id)).toEqual(old.cases!.map(({ id }) => id as string).sort());
    for (const { id } of cases) {
      const loaded = await record.load(id);
      const [{ at } = { at: '' }] = await rowsOf<{ at: string }>(
        'select last_at as at from cases where id = $1',
        [id],
      );
      const owed = obligationsOf(loaded!.state, loaded!.rules, at).map(({ key }) => key);
      // What is to come is listed, too.
      const listed = await rowsOf<{ key: string }>(
        'select key from obligations where case_id = $1 and since <= $2',
        [id, at],
      );
      expect(listed.map(({ key }) => key).sort()).toEqual(owed.sort());
    }
    const [{ met, left } = { met: 0, left: 0 }] = await rowsOf<{ met: number; left: number }>(
      'select (select count(*) from past_obligations) as met, (select count(*) from past_stages) as left',
    );
    const [{ open, answered } = { open: 0, answered: 0 }] = await rowsOf<{ open: number; answered: number }>(
      `select count(*) filter (where stage <> 'closed') as open, count(care_with) as answered from cases`,
    );
    expect([open > 0, answered]).toEqual([true, open]);
    // Nobody has been given any of them, and the mediator's lead learns of it.
    const [{ had, asked } = { had: 0, asked: 0 }] = await rowsOf<{ had: number; asked: number }>(
      `select (select count(*) from cases where officer is not null or deputy is not null) as had,
              (select count(*) from obligations where kind = 'assign-officer') as asked`,
    );
    expect([had, asked]).toEqual([0, open]);
    expect(met).toBeGreaterThan(50);
    expect(left).toBeGreaterThan(15);
  });

  it('tells nobody again of what is out, and goes on with what is not', async () => {
    const before = noticesBy(old.outbox!);
    expect(before).toMatchObject({ sent: expect.any(Number), dead: 1, pending: 7 });
    const now = await rowsOf<{ id: string; status: string }>('select id, status from outbox');
    // Only what newer rules imply for old events is new, and that is never sent.
    const known = new Set(old.outbox!.map(({ id }) => id));
    const added = now.filter(({ id }) => !known.has(id));
    expect(new Set(added.map(({ status }) => status))).toEqual(new Set(added.length > 0 ? ['silenced'] : []));
    const kept = noticesBy(now.filter(({ id }) => known.has(id)));
    expect(kept.sent).toBe(before.sent);

    const told = old.outbox!.find((row) => (row.sent_to as string[]).length > 0)!;
    await record.outbox.route(500, planRouting(record.absences.current));
    const letters = await rowsOf<{ notice_id: string; receiver: string }>(
      'select notice_id, receiver from letter_notices',
    );
    expect(letters.length).toBeGreaterThan(0);
    const pending = new Set(old.outbox!.filter(({ status }) => status === 'pending').map(({ id }) => id));
    expect(letters.every(({ notice_id: id }) => pending.has(id))).toBe(true);
    expect(letters).not.toContainEqual({ notice_id: told.id, receiver: 'qa-lead' });
  });

  it('takes the next command of an official, under the rules the case was opened with', async () => {
    const [{ id, version } = { id: '', version: 0 }] = await rowsOf<{ id: string; version: number }>(
      `select id, version from cases where stage = 'preparation' and not on_hold order by id limit 1`,
    );
    const { mechanism } = (await record.latestMechanism('doha'))!;
    const envelope = sealEnvelope<CommandEnvelope>(
      {
        id: 'ua-official-1:after-the-upgrade',
        case: id,
        actor: actorOf(mechanism, 'ru-official-1'),
        command: { type: 'placeHold', hold: 'after-the-upgrade', reason: 'legal' },
      },
      sealKey,
    );
    const { outcome, rejection } = await record.submit(envelope, { knownVersion: 0, route: 'process' });
    expect([outcome, rejection]).toEqual(['recorded', undefined]);
    expect((await record.load(id))?.state.version).toBe(version + 1);
  });

  it('is vouched for once, as its commands were sealed; what is added to it by somebody else is not', async () => {
    expect(adopted).toEqual({ adopted: old.cases!.length, doubts: [] });
    expect((await record.selfCheck.round(100)).found).toEqual([]);
    const [{ id } = { id: '' }] = await rowsOf<{ id: string }>('select id from cases order by id limit 1');
    await pool.query(
      `insert into events (case_id, version, at, event, actor, command_id)
       select case_id, max(version) + 1, clock_timestamp(), '{"type":"CaseAcknowledged"}', '{"system":"process"}', 'forged'
         from events where case_id = $1 group by case_id`,
      [id],
    );
    expect(await record.selfCheck.adopt()).toEqual({ adopted: 0, doubts: [] });
    expect((await record.selfCheck.checkCase(id)).map(({ code }) => code)).toEqual(['unvouched']);
  });

  it('of which a command was sealed by nobody is not vouched for', async () => {
    const elsewhere = createRecord({ pool, sealKey: 'the key of somebody who was not there' });
    await pool.query('alter table vouchers disable trigger append_only');
    await pool.query('grant delete on vouchers to current_user; delete from vouchers');
    const { adopted: looked, doubts } = await elsewhere.selfCheck.adopt();
    expect(looked).toBe(old.cases!.length);
    expect(new Set(doubts.map(({ code }) => code))).toEqual(new Set(['seal-wrong']));
  });
});

function actorOf({ officials }: Mechanism, id: string) {
  const found = officials.find((each) => each.id === id)!;
  return { official: id, party: found.party, roles: found.roles };
}
