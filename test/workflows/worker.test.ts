import { spawn } from 'node:child_process';
import { findFreePort } from '../../src/stack/process/ports';
import { upkeepScheduleId } from '../../src/temporal/upkeep-schedule';
import { build, root } from '../simulation/stack-tree';
import { openPostOffice } from '../notify/support/post-office';
import type { PostOffice } from '../notify/support/post-office';
import { sealKey } from '../record/support/record-room';
import { createTestDatabase } from '../support/postgres';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';

describe('the worker as a process of its own', () => {
  let room: ProcessRoom;
  let office: PostOffice;
  beforeAll(async () => {
    build();
    room = await openProcessRoom('worker');
    office = await openPostOffice();
  });
  afterAll(async () => {
    await room.client.schedule.getHandle(upkeepScheduleId(room.taskQueue)).delete();
    await office.stop();
    await room.close();
  });

  function spawnWorker(settings: Record<string, string>) {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, ['dist/src/worker.js'], {
      cwd: root,
      env: { PATH, HOME, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, ended, output: () => output };
  }
  const settings = (): Record<string, string> => ({
    DATABASE_URL: room.database.connectionString,
    HOMEWARD_SEAL_KEY: sealKey,
    TEMPORAL_ADDRESS: room.address,
    HOMEWARD_TASK_QUEUE: room.taskQueue,
    SMTP_URL: office.url,
    HOMEWARD_MAIL_FROM: 'Homeward <homeward@mediator.example>',
    HOMEWARD_PUBLIC_URL: 'https://homeward.example',
  });

  it('runs cases, mails and upkeep, tells that it is well, and drains when asked to end', async () => {
    const port = await findFreePort();
    const { child, ended, output } = spawnWorker({ ...settings(), HOMEWARD_WORKER_HEALTH_PORT: `${port}` });
    const look = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`).then(
        ({ status }) => status,
        () => undefined,
      );
    await eventually(async () => ((await look('/health')) === 200 ? true : undefined), 60_000);
    expect(await look('/ready')).toBe(200);
    expect(await look('/elsewhere')).toBe(404);

    // Opened without a process: the upkeep that this worker has scheduled starts it.
    const id = await room.open({ started: false });
    await room.client.schedule.getHandle(upkeepScheduleId(room.taskQueue)).trigger();
    // Of safety, so its mails go at once.
    await room.enter('ru-official-1', id, { type: 'reportMedicalEmergency' });
    await eventually(async () => (await room.unreadNews(id)) === 0 || undefined);

    // Asked to end with mails in hand: these go out first.
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    office.onMail = () => {
      if (!child.killed) child.kill('SIGTERM'); // a second one would end it at once
      return held;
    };
    await eventually(() => (child.killed ? true : undefined));
    release();
    expect(await ended).toBe(0);
    const { rowCount: sent } = await room.pool.query(`select from letters where status = 'sent'`);
    expect(office.received.length).toBeGreaterThan(0);
    expect(sent).toBe(office.received.length);
    expect(office.received[0]!.text).toContain(`https://homeward.example/cases/${id}`);

    for (const { name, email } of room.mechanism.officials) {
      expect(output()).not.toContain(name);
      expect(output()).not.toContain(email);
    }
  }, 120_000);

  it.each([
    [
      'Temporal does not answer',
      { TEMPORAL_ADDRESS: '127.0.0.1:1' },
      /No Temporal server answers at 127\.0\.0\.1:1/,
    ],
    ['Postgres does not answer', { DATABASE_URL: 'postgres://homeward@127.0.0.1:1/homeward' }, /record/],
    ['settings are missing', { SMTP_URL: '', HOMEWARD_SEAL_KEY: '' }, /2 settings are wrong/],
  ])(
    'ends with one clear sentence when %s',
    async (_what, change, sentence) => {
      const { ended, output } = spawnWorker({ ...settings(), ...change });
      expect(await ended).not.toBe(0);
      expect(output()).toMatch(sentence);
      expect(output()).not.toMatch(/ {4}at /);
    },
    60_000,
  );

  it('refuses a database whose schema is not the one it was made for', async () => {
    const empty = await createTestDatabase({ empty: true });
    const { ended, output } = spawnWorker({ ...settings(), DATABASE_URL: empty.connectionString });
    expect(await ended).not.toBe(0);
    expect(output()).toMatch(/lacks 0001-record/);
    expect(output()).not.toMatch(/ {4}at /);
    await empty.drop();
  }, 60_000);
});
