import { Client } from 'pg';
import { createPool } from '../../src/record/postgres/database';
import { recordErrorOf } from '../../src/record/postgres/record-error';
import { createRecord } from '../../src/record/record';
import { openDatabaseGate } from '../http/support/database-gate';
import { caseAt, openRecordRoom, sealKey } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
let superuser: Client;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 50 });
  superuser = new Client({ connectionString: room.database.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await room.close();
});

describe('when the network to Postgres drops what is said, without a word', () => {
  it('a statement fails in its time, as what may be tried again, and the next goes another way', async () => {
    const gate = await openDatabaseGate(room.database.connectionString);
    const pool = createPool({ connectionString: gate.connectionString, answerTimeoutMs: 500 });
    const ask = () => pool.query('select 1 as one').then(({ rows }) => rows as unknown);
    expect(await ask()).toEqual([{ one: 1 }]);
    gate.mute();
    const fault = await ask().catch(recordErrorOf);
    expect(fault).toMatchObject({ code: 'database-unavailable', transient: true });
    expect(await ask()).toEqual([{ one: 1 }]);
    await pool.end();
    await gate.shut();
  });
});

describe('when a connection to Postgres is killed', () => {
  it('in the middle of the work of many, nothing acknowledged is lost and nothing is written twice', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, async () => (await room.open()).case));
    const acknowledged: { id: string; hold: string; version: number }[] = [];
    const wanted = ids.length * 2 * 12;
    let killed = 0;
    const killer = (async () => {
      // One for every four that got through, so that a slow machine gets through too.
      while (acknowledged.length < wanted) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (killed > acknowledged.length / 4) continue;
        const { rowCount } = await superuser.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'homeward' and state <> 'idle'
            limit 1`,
        );
        killed += rowCount ?? 0;
      }
    })();
    const one = async (id: string, worker: number) => {
      for (let count = 0; count < 12; count += 1) {
        const hold = `h${worker}-${count}`;
        const envelope = room.envelope('ru-official-1', id, { type: 'placeHold', hold, reason: 'safety' });
        // What Temporal does with a local activity: the same command until it has an answer.
        for (;;) {
          try {
            const result = await room.record.submit(envelope, { knownVersion: 0, route: 'process' });
            expect(result.outcome).not.toBe('refused');
            acknowledged.push({ id, hold, version: result.receipt!.toVersion });
            break;
          } catch (error) {
            expect(error).toMatchObject({ name: 'RecordError', transient: true });
          }
        }
      }
    };
    await Promise.all([killer, ...ids.flatMap((id) => [one(id, 1), one(id, 2)])]);
    expect(killed).toBeGreaterThan(5);

    const fresh = room.another().record;
    for (const id of ids) {
      const { events } = await fresh.catchUp(id, 0);
      const holds = events.flatMap(({ event, version }) =>
        event.type === 'HoldPlaced' ? [{ id, hold: event.hold, version }] : [],
      );
      const expected = acknowledged.filter((each) => each.id === id).sort((a, b) => a.version - b.version);
      expect(holds).toEqual(expected);
    }
  });

  it('before the commit, the command leaves nothing; the same command then succeeds', async () => {
    const { case: id } = await room.open();
    const blocker = new Client({ connectionString: room.database.superuserUrl });
    await blocker.connect();
    await blocker.query('begin');
    // The transaction gets as far as its outbox rows and waits there.
    await blocker.query('lock table outbox in access exclusive mode');
    const pending = room.send('ru-official-1', id, { type: 'placeHold', hold: 'h', reason: 'safety' });
    await untilWaiting();
    await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'homeward' and wait_event_type = 'Lock'`,
    );
    await blocker.query('commit');
    await blocker.end();
    // The record repeats by itself what was never written.
    await expect(pending).resolves.toMatchObject({ outcome: 'recorded', version: 2 });
    const { events } = await room.another().record.catchUp(id, 0);
    expect(events.filter(({ event }) => event.type === 'HoldPlaced')).toHaveLength(1);
  });

  async function untilWaiting(): Promise<void> {
    for (;;) {
      const { rowCount } = await superuser.query(
        `select 1 from pg_stat_activity where datname = current_database()
            and application_name = 'homeward' and wait_event_type = 'Lock'`,
      );
      if (rowCount) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
});

describe('when Postgres is not there', () => {
  it('says so as something that passes, without waiting for ever', async () => {
    const pool = createPool({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' });
    const record = createRecord({ pool, sealKey });
    await expect(record.load('AAAA-AAAA')).rejects.toMatchObject({
      name: 'RecordError',
      code: 'database-unavailable',
      transient: true,
    });
    await pool.end();
    // A process that is stopping does not say that the command is hopeless.
    await expect(record.load('AAAA-AAAA')).rejects.toMatchObject({ transient: true });
  });

  it('says so when it came back without the newest commits, and does not go on from what never was', async () => {
    const { case: id } = await room.open();
    await room.act('qa-officer-1', id, { type: 'acknowledgeCase' });
    const { state } = (await room.record.load(id))!;
    expect(state.acknowledgedAt).toBeDefined();
    // As a standby that took over without the last transaction, after which another process went on.
    await superuser.query('begin');
    await superuser.query('alter table events disable trigger append_only');
    await superuser.query('delete from events where case_id = $1 and version = 2', [id]);
    await superuser.query('alter table events enable always trigger append_only');
    await superuser.query(
      'update cases set version = 1, head = (select command_id from events where case_id = $1) where id = $1',
      [id],
    );
    await superuser.query('commit');
    await room
      .another()
      .record.submit(room.envelope('qa-officer-1', id, { type: 'markUrgent', medicallyUrgent: true }), {
        knownVersion: 0,
        route: 'process',
      });
    const loaded = (await room.record.load(id))!.state;
    expect(loaded).toMatchObject({ version: 2, medicallyUrgent: true });
    expect(loaded.acknowledgedAt).toBeUndefined();
  });
});

describe('when a migration changes what a prepared statement gives', () => {
  it('the statement is prepared anew and the caller notices nothing', async () => {
    const { case: id } = await room.open();
    await room.record.findNotes(id, []);
    await superuser.query('alter table notes alter column party type varchar');
    await expect(room.record.findNotes(id, [])).resolves.toEqual([]);
    await superuser.query('alter table notes alter column party type text');
  });
});

describe('when a value can not be kept', () => {
  it('the fault is named, does not pass, and repeats no word of it', async () => {
    const { case: id } = await room.open();
    const deposit = room.record.depositNotes([
      {
        id: '8f14e45f-ceea-4672-8b34-0242ac120003',
        case: id,
        party: 'ukraine',
        official: 'ua-official-1',
        text: 'A secret\u0000text',
      },
    ]);
    await expect(deposit).rejects.toMatchObject({ code: 'unstorable', transient: false });
    const error = (await deposit.catch((fault: unknown) => fault)) as Error;
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(
      'secret',
    );
  });
});

describe('when a case waits for another', () => {
  it('that never ends, its own command gives up and may be tried again later', async () => {
    const id = await caseAt(room, 'verified');
    const pool = createPool({ connectionString: room.database.connectionString, lockTimeoutMs: 300 });
    const impatient = createRecord({ pool, sealKey });
    const blocker = new Client({ connectionString: room.database.superuserUrl });
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('select 1 from cases where id = $1 for update', [id]);
    await expect(
      impatient.submit(room.envelope('qa-officer-1', id, { type: 'markUrgent', medicallyUrgent: true }), {
        knownVersion: 0,
        route: 'process',
      }),
    ).rejects.toMatchObject({ code: 'contention', transient: true });
    await blocker.query('rollback');
    await blocker.end();
    await pool.end();
  });
});
