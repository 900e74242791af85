/**
 * Each fault that `homeward ops status` knows of, planted by itself in a record and a Temporal where nothing else is
 * wrong: it is named, with what to do, and the program ends with 1. What is wrong at first (no worker, no schedule,
 * clocks, dead letters, alarms) is planted in `operator-commands.test.ts`.
 */
import { checks } from '../../src/cli/operator/checks';
import { ensureUpkeepSchedule, upkeepScheduleId, upkeepTaskQueue } from '../../src/temporal/upkeep-schedule';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { asApplication } from '../support/application-role';
import { newKey } from '../http/support/api-room';
import { openProcessRoom } from '../workflows/support/process-room';
import type { ProcessRoom } from '../workflows/support/process-room';
import { runHomeward, wrongIn } from './operator-console';
import type { Status } from './operator-console';

interface Fault {
  /** The check that names it. */
  readonly check: keyof typeof checks;
  readonly plant: (room: ProcessRoom, id: string) => Promise<unknown>;
  readonly says: RegExp;
  readonly mend: (room: ProcessRoom, id: string) => Promise<unknown>;
}

const looked = async ({ record }: ProcessRoom): Promise<void> => {
  await record.selfCheck.round(1_000);
  await record.operations.noteRound('check-record', 1, {});
};

const faults: Readonly<Record<string, Fault>> = {
  'a command that was accepted and never answered': {
    check: 'commands',
    plant: ({ pool }, id) =>
      pool.query(
        `insert into commands (id, case_id, status, body_hash, envelope) values ($1, $2, 'accepted', 'x', '{}')`,
        [`qa-lead:${newKey()}`, id],
      ),
    says: /^1 unanswered/,
    mend: ({ pool }) =>
      pool.query(
        `update commands set status = 'refused', answer = '{"rejection":{"code":"wrong-stage"}}', answered_at = now()
          where status = 'accepted'`,
      ),
  },
  'news that a process does not read': {
    check: 'commands',
    plant: ({ pool }, id) =>
      pool.query(
        `insert into news (case_id, version, command, at, next_at)
         values ($1, 1000, 'depart', now() - interval '2 minutes', now() + interval '1 hour')`,
        [id],
      ),
    says: /1 that processes have not read/,
    mend: ({ pool }) => pool.query('delete from news'),
  },
  'a notice of which no letter is made': {
    check: 'outbox',
    plant: ({ pool }, id) =>
      pool.query(
        `insert into outbox (id, case_id, version, notice, party, roles, safety, created_at, next_attempt_at)
         values ('late', $1, 1, '{"kind":"waiting"}', 'qatar', '{lead}', false, now(), now() - interval '1 hour')`,
        [id],
      ),
    says: /the oldest that could go for 60 min/,
    mend: ({ pool }) => pool.query(`delete from outbox where id = 'late'`),
  },
  'something of safety that is overdue': {
    check: 'safety',
    plant: ({ pool }, id) =>
      pool.query(
        `insert into obligations (case_id, key, mechanism_id, kind, party, roles, since, due, safety, commands)
         values ($1, 'late', 'doha', 'check-in', 'escort', '{escort}', now() - interval '2 hours',
                 now() - interval '1 hour', true, '{checkIn}')`,
        [id],
      ),
    says: /^1 overdue, the oldest for 60 min/,
    mend: ({ pool }) => pool.query(`delete from obligations where key = 'late'`),
  },
  'workflow tasks that fail again and again': {
    check: 'workflow tasks',
    plant: ({ pool }, id) =>
      pool.query(
        `insert into stuck_processes (case_id, run_id, attempt, since) values ($1, 'run', 9, now())`,
        [id],
      ),
    says: /^1 cases whose tasks fail/,
    mend: ({ pool }) => pool.query('delete from stuck_processes'),
  },
  'a case that met a fault which has not passed': {
    check: 'trouble',
    plant: ({ client, taskQueue }) =>
      client.workflow.start('trouble', {
        workflowId: `trouble-${taskQueue}`,
        taskQueue,
        typedSearchAttributes: [{ key: searchAttributes.trouble, value: 'record-away' }],
      }),
    says: /^1 cases met a fault/,
    mend: ({ client, taskQueue }) => client.workflow.getHandle(`trouble-${taskQueue}`).terminate(),
  },
  'somebody else’s workflow under the id of a case': {
    check: 'foreign workflows',
    plant: ({ record }, id) => record.operations.noteRestarts([{ case: id, runId: 'run', cause: 'foreign' }]),
    says: /^within a day 1 under the id of a case were not ours/,
    mend: ({ pool }) => pool.query('delete from process_restarts'),
  },
  'an open case without a process': {
    check: 'processes',
    plant: async (room, id) => {
      await room.handle(id).terminate();
    },
    says: /^1 open cases, 0 running/,
    mend: (room) => runHomeward(room, room.database.connectionString, ['rebuild', '--all']),
  },
  'no round of the upkeep for minutes': {
    check: 'reconciliation',
    plant: ({ pool }) =>
      pool.query(`update upkeep_rounds set at = now() - interval '1 hour' where task = 'reconcile'`),
    says: /^last whole one 60 min ago/,
    mend: ({ record }) => record.operations.noteRound('reconcile', 1, { started: 0, missing: 0 }),
  },
  'a record that does not look at itself any more': {
    check: 'the record itself',
    plant: ({ pool }) =>
      pool.query(`update upkeep_rounds set at = now() - interval '3 hours' where task = 'check-record'`),
    says: /^as it was recorded; last looked at 3 h ago/,
    mend: looked,
  },
};

describe('homeward ops status', () => {
  let room: ProcessRoom;
  let databaseUrl: string;
  let id: string;
  beforeAll(async () => {
    room = await openProcessRoom('ops-faults');
    databaseUrl = (await asApplication(room.database)).connectionString;
    await room.startWorker();
    await room.startWorker({ taskQueue: upkeepTaskQueue(room.taskQueue) });
    await ensureUpkeepSchedule(room.client, room.taskQueue, { every: '1 hour' });
    id = await room.open();
    await room.followed(id);
    await runHomeward(room, databaseUrl, ['ops', 'reconcile']);
    await looked(room);
  });
  afterAll(async () => {
    await room.client.schedule.getHandle(upkeepScheduleId(room.taskQueue)).delete();
    await room.close();
  });

  const status = async (as = databaseUrl): Promise<{ code: number; status: Status }> => {
    const { code, out } = await runHomeward(room, as, ['--json', 'ops', 'status']);
    return { code, status: JSON.parse(out) as Status };
  };

  /** What Temporal lists follows what happened by a moment. */
  const statusOnce = async (wrong: readonly string[]): Promise<{ code: number; status: Status }> => {
    let found = await status();
    for (let tries = 0; tries < 10 && wrongIn(found.status).join() !== wrong.join(); tries += 1)
      found = await status();
    return found;
  };

  it('ends with 0 where nothing is wrong, and is asked of every check there is', async () => {
    const { code, status: sound } = await statusOnce([]);
    expect([code, wrongIn(sound)]).toEqual([0, []]);
    expect(sound.checks.map(({ name }) => name)).toEqual(Object.keys(checks));
  });

  it.each(Object.entries(faults))(
    'names %s, and ends with 1',
    async (_fault, { check, plant, says, mend }) => {
      await plant(room, id);
      const found = await statusOnce([check]);
      expect([found.code, wrongIn(found.status)]).toEqual([1, [check]]);
      const named = found.status.checks.find(({ name }) => name === check);
      expect(named?.says).toMatch(says);
      expect(named?.next).toBeDefined();
      await mend(room, id);
    },
  );

  /** Last, as nobody unsays them. */
  it.each([
    [
      'an event',
      `with forged as (
         insert into events (case_id, version, at, event, actor, command_id)
         select case_id, max(version) + 1, now(), '{"type":"UrgencyMarked","medicallyUrgent":true}',
                '{"system":"process"}', 'forged' from events where case_id = $1 group by case_id returning version)
       update cases set version = forged.version, head = 'forged' from forged where id = $1`,
      1,
    ],
    [
      'a version of the mechanism',
      `insert into mechanisms (id, version, content, hash)
       select id, 1000, content, '' from mechanisms where $1::text is not null limit 1`,
      2,
    ],
  ])('names %s that nobody vouches for, and ends with 1', async (_fault, forge, doubts) => {
    await room.pool.query(forge, [id]);
    await room.pool.query('delete from record_checks');
    await looked(room);
    const { code, status: found } = await statusOnce(['the record itself']);
    expect([code, wrongIn(found)]).toEqual([1, ['the record itself']]);
    expect(found.checks.find(({ name }) => name === 'the record itself')?.says).toBe(
      `${doubts} cases or mechanisms are not as they were recorded; nothing departs on them`,
    );
    const { out } = await runHomeward(room, databaseUrl, ['ops', 'doubts']);
    expect(out).toContain(doubts === 1 ? id : 'doha');
  });

  it('names a role that owns the tables, and ends with 1', async () => {
    const { code, status: found } = await status(room.database.connectionString);
    expect([code, wrongIn(found).includes('database role')]).toEqual([1, true]);
  });
});
