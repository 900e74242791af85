/**
 * Homeward's programs on a Postgres of their own, with officials who read and write all the time; whoever of the
 * programs ends without being asked is noted.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { issueLinkFrom } from '../../../src/auth/sign-in-links';
import { createFileStore } from '../../../src/auth/issuer-store';
import { getExampleMechanism } from '../../../src/examples/example-files';
import { loadTheEleven } from '../../../src/examples/the-eleven';
import { createOfficials } from '../../../src/simulation/officials';
import type { Receipt } from '../../../src/simulation/http-official';
import { dateOf } from '../../../src/domain/calendar/time';
import { findFreePort } from '../../../src/stack/process/ports';
import { silentProgress } from '../../../src/stack/process/progress';
import { startStack } from '../../../src/stack/stack';
import type { Stack } from '../../../src/stack/stack';
import { upkeepScheduleId } from '../../../src/temporal/upkeep-schedule';
import { connectClient } from '../../../src/temporal/connection';
import { build, root } from '../../simulation/stack-tree';
import { eventually } from '../../stack/run-stack';
import { freshFolder, withoutTemporal } from '../../stack/test-settings';
import { testTemporal, uniqueTaskQueue } from '../../support/temporal';

export type Program = 'main' | 'api' | 'worker';
export interface UnderLoad {
  readonly stack: Stack;
  /** Programs that ended without being asked, with their last words. */
  readonly deaths: readonly string[];
  /** What the API said is recorded. */
  readonly receipts: readonly Receipt[];
  /** How many reads were answered with 200 so far. */
  answered(): number;
  /** Until reads are answered again. */
  untilItAnswers(): Promise<void>;
  close(): Promise<void>;
}

/** Each from another table of the record, some through Kysely and some not. */
const paths = ['/v1/cases', '/v1/inbox', '/v1/figures', '/v1/absences', '/v1/inbox?scope=party', '/readyz'];
const readers = 12;
const writers = 3;

export async function startUnderLoad(programs: readonly Program[]): Promise<UnderLoad> {
  build();
  const temporal = await testTemporal();
  const dataFolder = freshFolder();
  const stack = await startStack(withoutTemporal(dataFolder), silentProgress);
  const taskQueue = uniqueTaskQueue('kills');
  const port = await findFreePort();
  const workerPort = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const deaths: string[] = [];
  const children = new Map<ChildProcess, Promise<void>>();
  const ending = new AbortController();
  const { signal } = ending;
  // Each of the officials listens.
  setMaxListeners(0, signal);
  const programFolder = `${dataFolder}-programs`;

  const words = new Map<Program, () => string>();
  const lastWords = (): string => [...words].map(([program, said]) => `${program}: ${said()}`).join('\n');

  const start = (program: Program): void => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [`dist/src/${program}.js`], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{
          PATH,
          HOME,
          HOMEWARD_DATA: programFolder,
          HOMEWARD_EXAMPLES: 'off',
          HOMEWARD_TASK_QUEUE: taskQueue,
        },
        HOMEWARD_MECHANISM: join(root, 'examples/mechanisms/fast.yaml'),
        HOMEWARD_SEAL_KEY: 'a key that only this test uses, and no other',
        HOMEWARD_API_PORT: String(port),
        HOMEWARD_WORKER_HEALTH_PORT: String(workerPort),
        HOMEWARD_METRICS_PORT: '0',
        DATABASE_URL: stack.databaseUrl,
        DATABASE_OWNER_URL: stack.ownerUrl,
        TEMPORAL_ADDRESS: temporal.address,
        SMTP_URL: stack.smtpUrl,
      },
    });
    let said = '';
    words.set(program, () => said);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1_500)));
    const ended = new Promise<void>((resolve) => {
      child.once('exit', (code, by) => {
        if (!signal.aborted) deaths.push(`${program} ended with ${by ?? code}: ${said}`);
        resolve();
      });
    });
    children.set(child, ended);
  };
  const untilReady = (at: number): Promise<void> =>
    eventually(async () => {
      if (deaths.length > 0) return;
      if (!(await fetch(`http://127.0.0.1:${at}/readyz`)).ok) throw new Error('not ready');
    }, 60_000);

  // The API migrates; a worker that is there first refuses.
  for (const program of programs) {
    start(program);
    await untilReady(program === 'worker' ? workerPort : port);
  }

  const receipts: Receipt[] = [];
  const store = createFileStore(join(programFolder, 'issuer'));
  const mechanism = getExampleMechanism('fast');
  const officials = createOfficials(mechanism, {
    apiUrl: () => url,
    issueSignInLink: (official) => issueLinkFrom(store, url, official),
    onAcknowledged: (receipt) => receipts.push(receipt),
    signal,
  });
  let answered = 0;
  const clients = mechanism.officials.filter(({ active }) => active).map(({ id }) => officials.official(id));
  const read = async (index: number): Promise<void> => {
    const official = clients[index % clients.length]!;
    for (let turn = index; !signal.aborted; turn += 1) {
      await official.get(paths[turn % paths.length]!);
      answered += 1;
      await sleep(30, undefined, { signal });
    }
  };
  const [plain] = loadTheEleven(dateOf(new Date().toISOString())).filter(
    ({ siblings }) => siblings.length === 0,
  );
  const { whereaboutsKnown: _said, ...facts } = plain!.opening;
  const body = { ...facts, siblings: [], dossier: plain!.dossier };
  const write = async (index: number): Promise<void> => {
    const official = officials.first('requesting', ['official']);
    const officer = officials.first('mediator', ['case-officer']);
    for (let turn = 0; !signal.aborted; turn += 1) {
      const { case: id } = await official.write('POST', '/v1/cases', body, `load-${index}-${turn}`);
      await officer.command(id, { type: 'acknowledgeCase' }, `load-${index}-${turn}`);
      await sleep(200, undefined, { signal });
    }
  };
  const load = Promise.allSettled([
    ...Array.from({ length: readers }, (_, index) => read(index)),
    ...Array.from({ length: writers }, (_, index) => write(index)),
  ]);

  return {
    stack,
    deaths,
    receipts,
    answered: () => answered,
    untilItAnswers: () => untilReady(port),
    async close() {
      ending.abort();
      await load;
      for (const child of children.keys()) child.kill('SIGTERM');
      // It stops by itself, forced or not, well within this.
      const late = setTimeout(() => {
        for (const child of children.keys()) child.kill('SIGKILL');
      }, 100_000);
      await Promise.all(children.values());
      clearTimeout(late);
      const badly = [...children.keys()].filter(({ exitCode }) => exitCode !== 0);
      await stack.stop();
      for (const folder of [dataFolder, programFolder]) rmSync(folder, { recursive: true, force: true });
      const { client, connection } = await connectClient(temporal);
      // Not there when the worker never came so far.
      await client.schedule
        .getHandle(upkeepScheduleId(taskQueue))
        .delete()
        .catch(() => undefined);
      for await (const { workflowId } of client.workflow.list({
        query: `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'`,
      }))
        await client.workflow.getHandle(workflowId).terminate('end of the suite');
      await connection.close();
      expect(badly.map(({ exitCode, signalCode }) => [exitCode ?? signalCode, lastWords()])).toEqual([]);
    },
  };
}
