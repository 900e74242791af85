/** What `npm start` runs, killed in part and whole: it comes back by itself, and ends when it is asked to. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProcess, processesIn } from '../../src/stack/process/process-identity';
import { build, createStackTree, root } from '../simulation/stack-tree';
import type { StackTree } from '../simulation/stack-tree';
import { killIfAlive } from '../support/kill-if-alive';
import { asOwner, eventually, query } from './run-stack';
import { freshFolder } from './test-settings';
import { readLockNote } from '../../src/stack/lock';

jest.setTimeout(180_000);

describe('npm start', () => {
  const dataFolder = freshFolder();
  const cluster = join(dataFolder, 'postgres', 'cluster');
  let tree: StackTree;
  beforeAll(async () => {
    build();
    tree = await createStackTree(dataFolder, { HOMEWARD_EXAMPLES: 'off' }, 'start');
    await tree.start();
  });
  afterAll(async () => {
    await tree.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const note = () => readLockNote({ run: join(dataFolder, 'run') });
  const write = (word: string) =>
    query(
      asOwner(note()!.databaseUrl!),
      `create table if not exists kept (word text); insert into kept values ('${word}')`,
    );
  const words = async () =>
    (await query<{ word: string }>(asOwner(note()!.databaseUrl!), 'select word from kept order by word')).map(
      ({ word }) => word,
    );
  const answersAgain = (killed: number) =>
    eventually(async () => {
      expect(tree.pidOf('program')).not.toBe(killed);
      const { apiUrl = '' } = note()!;
      expect((await fetch(`${apiUrl}/readyz`)).status).toBe(200);
    }, 60_000);

  it('starts the program again that was killed with -9, with the servers and the record it had', async () => {
    await write('first');
    const killed = tree.pidOf('program')!;
    process.kill(killed, 'SIGKILL');
    await answersAgain(killed);
    expect(tree.said()).toContain('Homeward was ended by SIGKILL; starting it again');
    expect(await words()).toEqual(['first']);
    expect(processesIn(cluster).map(({ pid }) => pid)).toContain(tree.pidOf('postgres'));
  });

  it('starts it again when its servers and their watchers die with it and leave everything behind', async () => {
    await write('second');
    const killed = tree.pidOf('program')!;
    const servers = [tree.pidOf('temporal')!, ...processesIn(cluster).map(({ pid }) => pid)];
    [killed, ...servers].forEach(killIfAlive);
    await answersAgain(killed);
    expect(await words()).toEqual(['first', 'second']);
  });

  it('begins again by itself when its Postgres falls while it comes up', async () => {
    const killed = tree.pidOf('program')!;
    process.kill(tree.pid(), 'SIGKILL');
    await tree.ended();
    const started = tree.start();
    // From here on the schema, the mechanism and the worker are asked of the record.
    await eventually(() => {
      expect(tree.pidOf('temporal')).toBeDefined();
      return Promise.resolve();
    });
    tree.killPart('postgres');
    await started;
    await answersAgain(killed);
    expect(await words()).toEqual(['first', 'second']);
  });

  it('leaves nothing behind when it is killed itself, and the next start goes on at once', async () => {
    const killed = tree.pidOf('program')!;
    process.kill(tree.pid(), 'SIGKILL');
    expect(await tree.ended()).toBe('SIGKILL');
    await tree.start();
    await answersAgain(killed);
    expect(findProcess(killed)).toBeUndefined();
    expect(await words()).toEqual(['first', 'second']);
  });

  it('drains and ends in order on a Ctrl-C, which reaches the whole foreground of a terminal', async () => {
    const program = tree.pidOf('program')!;
    process.kill(-tree.pid(), 'SIGINT');
    expect(await tree.ended()).toBe(0);
    expect(tree.said()).toContain('Stopped. The next start goes on where this one was.');
    expect(tree.said()).not.toContain('starting it again');
    expect(findProcess(program)).toBeUndefined();
    expect(processesIn(cluster)).toEqual([]);
  });

  it('does not start again what says that its configuration is wrong', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/src/start.js'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOMEWARD_DATA: dataFolder, HOMEWARD_SEAL_KEY: 'too short' },
      timeout: 60_000,
    });
    expect(status).toBe(78);
    expect(stderr).toContain('HOMEWARD_SEAL_KEY');
    expect(stderr).not.toContain('starting it again');
  });
});
