import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { findProcess, processesIn, processesWithArgument } from '../../src/stack/process/process-identity';
import { silentProgress } from '../../src/stack/process/progress';
import { type Stack, type StackSettings } from '../../src/stack/stack';
import { killIfAlive } from '../support/kill-if-alive';
import { asOwner, eventually, query, runStack, killStacks } from './run-stack';
import { freshSettings, withoutTemporal, startTestStack, stopTestStacks } from './test-settings';

jest.setTimeout(120_000);

const folders: string[] = [];
afterEach(stopTestStacks);
afterEach(killStacks);
const remembered = <T extends StackSettings>(settings: T): T => {
  folders.push(settings.dataFolder);
  return settings;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const write = (url: string, word: string) =>
  query(asOwner(url), `create table if not exists kept (word text); insert into kept values ('${word}')`);
const words = async (url: string) =>
  (await query<{ word: string }>(asOwner(url), 'select word from kept')).map(({ word }) => word);

/** Whether the dev server still knows a namespace made before. */
async function describeNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } finally {
    await connection.close();
  }
}
async function registerNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
  } finally {
    await connection.close();
  }
}

describe('the embedded stack', () => {
  let stack: Stack | undefined;
  afterEach(async () => {
    await stack?.stop();
    stack = undefined;
  });

  it('keeps what it was given over a stop and a start', async () => {
    const settings = remembered(await freshSettings());
    stack = await startTestStack(settings);
    await write(stack.databaseUrl, 'first');
    await registerNamespace(stack.temporal.address, 'kept');
    await stack.stop();
    stack = await startTestStack(settings);
    expect(await words(stack.databaseUrl)).toEqual(['first']);
    await eventually(() => describeNamespace((stack as Stack).temporal.address, 'kept'));
  });

  it('starts Postgres again when it is killed, and nothing acknowledged is lost', async () => {
    const lines: string[] = [];
    const settings = remembered(withoutTemporal());
    stack = await startTestStack(settings, { ...silentProgress, say: (line) => lines.push(line) });
    await write(stack.databaseUrl, 'acknowledged');
    const first = stack.pids().postgres as number;
    process.kill(first, 'SIGKILL');
    expect(await eventually(() => words((stack as Stack).databaseUrl))).toEqual(['acknowledged']);
    await eventually(async () => expect((stack as Stack).pids().postgres).toEqual(expect.any(Number)));
    expect(stack.pids().postgres).not.toBe(first);
    expect(lines.join('\n')).toContain('Postgres was ended by SIGKILL; starting it again');
  });

  it('starts Temporal again when it is killed, with the processes it had', async () => {
    stack = await startTestStack(remembered(await freshSettings()));
    await registerNamespace(stack.temporal.address, 'kept');
    process.kill(stack.pids().temporal as number, 'SIGKILL');
    await eventually(() => describeNamespace((stack as Stack).temporal.address, 'kept'), 30_000);
  });

  it('leaves nothing running after a stop', async () => {
    const settings = remembered(await freshSettings());
    stack = await startTestStack(settings);
    const { postgres, temporal } = stack.pids();
    await stack.stop();
    expect([postgres, temporal].map((pid) => findProcess(pid as number))).toEqual([undefined, undefined]);
  });
});

describe('the embedded stack whose parent is killed with -9', () => {
  it('ends its servers by itself', async () => {
    const settings = remembered(await freshSettings());
    const { child, word } = await runStack(settings);
    child.kill('SIGKILL');
    await eventually(async () => {
      expect(findProcess(word.pids?.postgres as number)).toBeUndefined();
      expect(findProcess(word.pids?.temporal as number)).toBeUndefined();
    });
  });

  it('goes on where it was, even if its servers live on as orphans', async () => {
    const settings = remembered(await freshSettings());
    const first = await runStack(settings);
    await write(first.word.databaseUrl as string, 'acknowledged');
    await registerNamespace(first.word.temporal?.address as string, 'kept');
    // The watchers go first, as in a kill of the whole tree; then nothing ends the servers.
    for (const watcher of watchersOf(first.child.pid as number)) process.kill(watcher, 'SIGKILL');
    first.child.kill('SIGKILL');
    await first.ended;
    const cluster = join(settings.dataFolder, 'postgres', 'cluster');
    const file = join(settings.dataFolder, 'temporal', 'temporal.db');
    expect(processesIn(cluster).length).toBeGreaterThan(0);
    expect(processesWithArgument(file)).toHaveLength(1);

    const second = await runStack(settings);
    expect(second.word).toMatchObject({ databaseUrl: expect.any(String) });
    expect(await words(second.word.databaseUrl as string)).toEqual(['acknowledged']);
    await eventually(() => describeNamespace(second.word.temporal?.address as string, 'kept'));
    expect(findProcess(first.word.pids?.postgres as number)).toBeUndefined();
    expect(findProcess(first.word.pids?.temporal as number)).toBeUndefined();
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(processesIn(cluster)).toEqual([]);
  });

  it('starts again when the whole tree is killed at once', async () => {
    const settings = remembered(await freshSettings());
    const first = await runStack(settings);
    await write(first.word.databaseUrl as string, 'acknowledged');
    const cluster = join(settings.dataFolder, 'postgres', 'cluster');
    const tree = [
      first.child.pid as number,
      ...processesIn(cluster).map(({ pid }) => pid),
      first.word.pids?.temporal as number,
    ];
    tree.forEach(killIfAlive);
    const second = await runStack(settings);
    expect(second.word).toMatchObject({ databaseUrl: expect.any(String) });
    expect(await words(second.word.databaseUrl as string)).toEqual(['acknowledged']);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});

/** The shells that watch over the servers: children of the parent that run `read`. */
function watchersOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return (
          Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent && stat.includes('(sh)')
        );
      } catch {
        return false;
      }
    });
}
