import { migrateToLatest } from '../../src/record/migrations/migrate';
import { applicationRole as role, asApplication } from '../support/application-role';
import { createTestDatabase } from '../support/postgres';
import { caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 20, database: await asApplication(await createTestDatabase()) });
});
afterAll(() => room.close());

const refused = (text: string) =>
  expect(room.pool.query(text)).rejects.toMatchObject({
    code: expect.stringMatching(/^(42501|2BP01)$/) as string,
  });

describe('the role that the application works as', () => {
  it('does everything that Homeward does', async () => {
    const id = await caseAt(room, 'handed-over');
    expect((await room.record.selfCheck.round(10)).found).toEqual([]);
    await room.record.rebuildProjections();
    expect((await room.record.load(id))?.state.stage).toBe('follow-up');
    expect((await room.record.systemStatus()).ownsTables).toBe(false);
  });

  const recorded: [string, string][] = [
    ['events', 'event'],
    ['refusals', 'rejection'],
    ['mechanisms', 'content'],
    ['absences', 'until'],
    ['absence_ends', 'request'],
    ['webhook_secrets', 'request'],
    ['vouchers', 'seal'],
  ];
  for (const [table, column] of recorded) {
    it(`can’t change or remove ${table}, nor let the table forget that it refuses`, async () => {
      // Postgres answers this with a warning and grants nothing.
      await room.pool.query(`grant all on ${table} to ${role}`);
      for (const attempt of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable trigger append_only`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} owner to ${role}`,
        `drop trigger append_only on ${table}`,
        `drop table ${table}`,
        `create trigger mine before insert on ${table} for each row execute function refuse_change()`,
      ])
        await refused(attempt);
    });
  }

  it('can’t change what the database does when it refuses, nor make anything of its own', async () => {
    for (const attempt of [
      `create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$`,
      `drop function refuse_change() cascade`,
      `create table mine ()`,
      `set session_replication_role = replica`,
      `set role homeward`,
      `alter role ${role} superuser`,
      `insert into unvouched values ('case', 'AAAA-AAAA', 1)`,
      `insert into kysely_migration values ('0099-mine', '')`,
      `delete from commands`,
      `update dossiers set content = '{}'`,
      `delete from dossiers`,
      `delete from notes`,
    ])
      await refused(attempt);
  });

  it('brings no database to a newer schema, and says which setting names who may', async () => {
    const empty = await asApplication(await createTestDatabase({ empty: true }));
    await expect(migrateToLatest({ connectionString: empty.connectionString })).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('DATABASE_OWNER_URL') as string,
    });
    await empty.drop();
  });

  it('that owns the tables is told as wrong', async () => {
    const asOwner = await openRecordRoom();
    try {
      expect((await asOwner.record.systemStatus()).ownsTables).toBe(true);
    } finally {
      await asOwner.close();
    }
  });
});
