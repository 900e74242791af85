import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { openDataFolder } from '../../src/stack/data-folder';
import { silentProgress } from '../../src/stack/process/progress';
import { findFreePort } from '../../src/stack/process/ports';
import { loadOrCreateSealKeys } from '../../src/stack/seal-key';
import { eventually, query, runStack, killStacks } from './run-stack';
import { freshFolder, withoutTemporal, startTestStack, stopTestStacks } from './test-settings';

jest.setTimeout(60_000);

const asRoot = process.getuid?.() === 0;
const folders: string[] = [];
afterEach(stopTestStacks);
afterEach(killStacks);
const folder = () => {
  const path = freshFolder();
  folders.push(path);
  return path;
};
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

describe('the first start', () => {
  it('makes the database whole again after one that was killed while making it', async () => {
    const settings = withoutTemporal(folder());
    const home = join(settings.dataFolder, 'postgres');
    const program = join(__dirname, 'stack-program.ts');
    const hook = join(__dirname, '../support/run-typescript.cjs');
    const first = spawn(process.execPath, ['-r', hook, program, JSON.stringify(settings)], {
      stdio: 'ignore',
    });
    const unfinished = () => readdirSync(home).filter((name) => name.startsWith('unfinished-'));
    // Half-way: initdb has begun and the cluster is not there yet.
    await eventually(async () => expect(existsSync(home) && unfinished().length > 0).toBe(true));
    first.kill('SIGKILL');
    expect(existsSync(join(home, 'cluster'))).toBe(false);

    const stack = await startTestStack(settings);
    expect(await query(stack.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(unfinished()).toEqual([]);
    await stack.stop();
  });

  it('gives a database with checksums, in UTF-8, that sorts the same everywhere and knows every letter', async () => {
    const stack = await startTestStack(withoutTemporal(folder()));
    const [facts] = await query<Record<string, string>>(
      stack.databaseUrl,
      `select current_setting('server_version') as version, current_setting('data_checksums') as checksums,
              current_setting('server_encoding') as encoding, current_setting('timezone') as zone,
              upper('їжак') as upper, (select datlocprovider::text || ' ' || datlocale from pg_database
              where datname = current_database()) as locale, current_setting('listen_addresses') as tcp`,
    );
    expect(facts).toMatchObject({
      checksums: 'on',
      encoding: 'UTF8',
      zone: 'UTC',
      upper: 'ЇЖАК',
      locale: 'b C.UTF-8',
      tcp: '',
    });
    expect(facts?.version).toMatch(/^18\./);
    await stack.stop();
  });

  it('listens on loopback with a password when a port is asked for', async () => {
    const port = await findFreePort();
    const stack = await startTestStack(
      { ...withoutTemporal(folder()), postgres: { tcpPort: port } },
      silentProgress,
    );
    await expect(query(`postgresql://postgres:wrong@127.0.0.1:${port}/postgres`, 'select 1')).rejects.toThrow(
      /password/,
    );
    await stack.stop();
  });

  it('keeps everybody else out of the socket and the data', async () => {
    const stack = await startTestStack(withoutTemporal(folder()));
    const socket = decodeURIComponent(/@([^:]+):/.exec(stack.databaseUrl)?.[1] ?? '');
    for (const path of [socket, stack.folder.postgres]) expect(statSync(path).mode & 0o077).toBe(0);
    await stack.stop();
  });

  it('works from a folder whose path is too long for a socket', async () => {
    const path = join(folder(), 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(path, { recursive: true });
    const stack = await startTestStack(withoutTemporal(path));
    expect(await query(stack.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stack.stop();
  });

  it('makes the seal key once, for its owner only', () => {
    const data = openDataFolder(folder());
    const [key] = loadOrCreateSealKeys(data);
    expect(key.length).toBeGreaterThanOrEqual(32);
    expect(loadOrCreateSealKeys(data)).toEqual([key]);
    expect(statSync(join(data.path, 'seal.key')).mode & 0o777).toBe(0o600);
  });
});

/** Only root can become somebody else; elsewhere every other test already runs as an ordinary user. */
(asRoot ? describe : describe.skip)('started by root', () => {
  it('runs Postgres as somebody else, also under a folder that one can not enter', async () => {
    const closed = folder();
    chmodSync(closed, 0o700);
    const settings = withoutTemporal(join(closed, 'data'));
    for (const round of ['first', 'second']) {
      const stack = await startTestStack(settings);
      const pid = stack.pids().postgres as number;
      expect([round, statSync(`/proc/${pid}`).uid]).not.toEqual([round, 0]);
      expect(statSync(join(settings.dataFolder, 'postgres', 'cluster')).uid).toBe(
        statSync(`/proc/${pid}`).uid,
      );
      await stack.stop();
    }
  });

  it('works as an ordinary user as well', async () => {
    const home = mkdtempSync(join(tmpdir(), 'homeward-user-'));
    folders.push(home);
    chownSync(home, 65_534, 65_534);
    const nobody = { uid: 65_534, gid: 65_534, env: { PATH: process.env.PATH, HOME: home } };
    const started = await runStack(withoutTemporal(join(home, 'data')), nobody);
    expect(started.word).toMatchObject({ databaseUrl: expect.any(String) });
    expect(statSync(`/proc/${started.word.pids?.postgres ?? 0}`).uid).toBe(65_534);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
  });
});
