/**
 * Postgres dies again and again under officials who read and write. Homeward's programs must live through each of
 * these deaths: whoever starts them may not be there. A hundred: `KILLS=100 npm test -- test/e2e/postgres-kills`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { processesIn } from '../../src/stack/process/process-identity';
import { killIfAlive } from '../support/kill-if-alive';
import { query } from '../stack/run-stack';
import { startUnderLoad } from './support/under-load';
import type { Program, UnderLoad } from './support/under-load';

const kills = Number(process.env.KILLS ?? 6);
jest.setTimeout(120_000 + kills * 30_000);

/** Every way in which a server takes its connections away. */
const ways: Readonly<Record<string, (load: UnderLoad) => unknown>> = {
  'its sessions ended': ({ stack }) =>
    query(
      stack.superuserUrl!,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'homeward'`,
    ),
  'kill -9 of the postmaster': ({ stack }) => {
    killIfAlive(stack.pids().postgres!);
  },
  'kill -9 of one session, so that the server ends all others': ({ stack }) => {
    const [, ...rest] = processesIn(`${stack.folder.postgres}/cluster`);
    killIfAlive(rest.at(-1)!.pid);
  },
};

describe.each([
  { where: 'as processes of their own', programs: ['api', 'worker'] satisfies Program[] },
  { where: 'in one process', programs: ['main'] satisfies Program[] },
])('API and worker $where', ({ programs }) => {
  let load: UnderLoad;
  beforeAll(async () => {
    load = await startUnderLoad(programs);
  });
  afterAll(() => load.close());

  it(`live through ${kills} deaths of Postgres, and nothing acknowledged is lost`, async () => {
    for (let index = 0; index < kills; index += 1) {
      const [way, kill] = Object.entries(ways)[index % Object.keys(ways).length]!;
      await load.untilItAnswers();
      // At a moment of its own in what the programs do.
      await sleep(300 + Math.random() * 700);
      await kill(load);
      await sleep(300);
      expect([way, load.deaths]).toEqual([way, []]);
    }
    await load.untilItAnswers();
    expect(load.deaths).toEqual([]);
    expect(load.answered()).toBeGreaterThan(kills);
    // Those that write go on: what is acknowledged from here on the answer below may not know.
    const receipts = [...load.receipts];
    const kept = await query<{ command_id: string }>(load.stack.databaseUrl, 'select command_id from events');
    const ids = new Set(kept.map(({ command_id: id }) => id));
    expect(receipts.length).toBeGreaterThan(0);
    expect(receipts.filter(({ commandId }) => !ids.has(commandId))).toEqual([]);
  });
});
