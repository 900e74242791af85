import { execFile } from 'node:child_process';
import { Client } from 'pg';
import { asApplication } from '../support/application-role';
import type { TestDatabase } from '../support/postgres';
import { aDossier } from '../record/support/record-room';
import { acceptance, play } from '../workflows/support/plain-return';
import { eventually, openProcessRoom } from '../workflows/support/process-room';
import type { ProcessRoom } from '../workflows/support/process-room';
import { program, runHomeward, wrongIn } from './operator-console';
import type { Ended, Status } from './operator-console';
import { ensureUpkeepSchedule, upkeepScheduleId, upkeepTaskQueue } from '../../src/temporal/upkeep-schedule';

describe('the commands of who runs Homeward', () => {
  let room: ProcessRoom;
  let application: TestDatabase;
  const printed: string[] = [];
  beforeAll(async () => {
    room = await openProcessRoom('ops-commands');
    application = await asApplication(room.database);
  });
  afterAll(async () => {
    await room.client.schedule
      .getHandle(upkeepScheduleId(room.taskQueue))
      .delete()
      .catch(() => undefined);
    await room.close();
  });

  const homeward = async (...words: string[]): Promise<Ended> => {
    const ended = await runHomeward(room, application.connectionString, words);
    printed.push(ended.out, ended.complaint);
    return ended;
  };
  const status = async (): Promise<{ code: number; status: Status }> => {
    const { code, out } = await homeward('--json', 'ops', 'status');
    return { code, status: JSON.parse(out) as Status };
  };

  it('status says what is wrong, each with the next command, and ends with 1', async () => {
    await room.open({ started: false });
    const before = await status();
    expect(before.code).toBe(1);
    expect(wrongIn(before.status)).toEqual([
      ...['worker', 'schedule', 'reconciliation', 'processes', 'the record itself'],
    ]);
    for (const { ok, next } of before.status.checks) expect(next !== undefined).toBe(!ok);
    const said = await homeward('ops', 'status');
    expect(said.out).toContain('→ homeward rebuild --all');
    expect(said.complaint).toContain('5 things are wrong.');
  });

  it('rebuild --all starts what is missing and says how many; run again it finds nothing to do', async () => {
    await room.startWorker();
    await room.startWorker({ taskQueue: upkeepTaskQueue(room.taskQueue) });
    await ensureUpkeepSchedule(room.client, room.taskQueue, { every: '1 hour' });
    const { code, out } = await homeward('--json', 'rebuild', '--all');
    expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({
      code: 0,
      open: 1,
      started: 1,
      failed: 0,
    });
    await eventually(async () => {
      const again = JSON.parse((await homeward('--json', 'rebuild', '--all')).out) as { running: number };
      return again.running === 1 ? true : undefined;
    });
    expect((await homeward('rebuild')).code).toBe(2);
    expect((await homeward('rebuild', '--all', '--running-since-before', 'yesterday')).code).toBe(2);
  });

  it('reconcile has the upkeep run now, and then nothing is wrong', async () => {
    const { code, out } = await homeward('ops', 'reconcile');
    expect(code).toBe(0);
    expect(out).toMatch(/^1 open cases, 1 ran; 0 started, 0 still missing/);
    const after = await status();
    expect({ code: after.code, wrong: wrongIn(after.status) }).toEqual({ code: 0, wrong: [] });
    await room.client.schedule.getHandle(upkeepScheduleId(room.taskQueue)).pause('by hand');
    expect(wrongIn((await status()).status)).toEqual(['schedule']);
    await room.client.schedule.getHandle(upkeepScheduleId(room.taskQueue)).unpause();
  });

  it('status remembers that a clock was wrong, when it is right again', async () => {
    const { code } = await room.pool
      .query(`insert into clock_differences values (now(), now() - interval '1 hour', 17280000)`)
      .then(status);
    expect(code).toBe(1);
    const { out } = await homeward('ops', 'status');
    expect(out).toContain('agree now; Postgres’s was 4800 h ahead within the last day');
    expect(out).toContain('→ docs/operations.md, “When a clock is wrong”');
    await room.pool.query('delete from clock_differences');
  });

  it('retry ends a workflow and starts it anew; a reference that is none is said so', async () => {
    const id = await room.open();
    await play(room, id, acceptance);
    const before = (await room.handle(id).describe()).runId;
    const { code, out } = await homeward('ops', 'retry', id.toLowerCase());
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('started anew') as string });
    expect((await room.handle(id).describe()).runId).not.toBe(before);
    await room.until(id, ({ stage }) => stage === 'verification');
    expect((await status()).status.restarts).toMatchObject({ 'by-operator': 1 });
    expect(await homeward('ops', 'retry', 'AAAA-AAAA')).toMatchObject({ code: 1 });
  });

  it('dead letters are listed by reference and code, and sent again', async () => {
    const id = await room.open();
    const client = new Client({ connectionString: room.database.superuserUrl });
    await client.connect();
    await client.query(
      `update outbox set status = 'dead', last_error_code = 'nobody-to-write-to' where case_id = $1`,
      [id],
    );
    await client.end();
    expect(wrongIn((await status()).status)).toContain('dead letters');
    const { code, out } = await homeward('ops', 'dead-letters');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(id) as string });
    expect(out).toContain('nobody-to-write-to');
    expect((await homeward('ops', 'resend')).code).toBe(2);
    expect((await homeward('ops', 'resend', 'no-such-letter')).code).toBe(1);
    expect((await homeward('ops', 'resend', '--all')).code).toBe(0);
    expect((await homeward('ops', 'dead-letters')).out).toBe('None.\n');
  });

  it('an alarm whose first attempt failed is wrong at once, and what to do is said', async () => {
    const client = new Client({ connectionString: room.database.superuserUrl });
    await client.connect();
    await client.query(
      `insert into letters (id, kind, mechanism_id, party, official, safety, send_at, next_attempt_at, attempts,
                            last_error_code, fault)
       values ('alarm', 'notice', 'doha', 'qatar', 'qa-duty', true, clock_timestamp(),
               clock_timestamp() + interval '1 hour', 1, 'smtp-550-5.7.1', 'ours')`,
    );
    expect(wrongIn((await status()).status)).toContain('alarms');
    expect((await homeward('ops', 'status')).out).toContain('1 letters about safety have not arrived');
    await client.query(`delete from letters where id = 'alarm'`);
    await client.end();
    expect(wrongIn((await status()).status)).not.toContain('alarms');
  });

  it('nothing reachable ends with 4 and says what to do', async () => {
    const unreachable = await new Promise<Ended>((resolve) => {
      const env = {
        ...process.env,
        DATABASE_URL: '',
        TEMPORAL_ADDRESS: '',
        HOMEWARD_DATA: '/tmp/no-homeward-here',
      };
      execFile(process.execPath, [...program, 'ops', 'status'], { env }, (error, out, complaint) => {
        resolve({ code: Number(error?.code ?? 0), out, complaint });
      });
    });
    expect(unreachable).toMatchObject({
      code: 4,
      complaint: expect.stringContaining('HOMEWARD_DATA') as string,
    });
  });

  it('no name, birth date or place of a child was printed in all of this', () => {
    const { child, recipients } = aDossier;
    const words = [...child.names, ...recipients.flatMap(({ names }) => names)].flatMap(
      ({ given = '', family = '' }) => [given, family],
    );
    const canaries = [...words, '2012-07-16', 'A town'];
    const all = printed.join('\n');
    expect(all.length).toBeGreaterThan(1_000);
    expect(canaries.filter((word) => all.includes(word))).toEqual([]);
  });
});
