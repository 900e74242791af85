import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { explainFolderFault, openDataFolder } from '../../src/stack/data-folder';
import { explainPostgresFailure } from '../../src/stack/postgres/cluster';
import { type StackSettings } from '../../src/stack/stack';
import { StackError } from '../../src/stack/stack-error';
import { runStack, killStacks } from './run-stack';
import { freshFolder, freshSettings, withoutTemporal, startTestStack, stopTestStacks } from './test-settings';

jest.setTimeout(60_000);

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

async function refusalOf(settings: StackSettings): Promise<StackError> {
  try {
    const stack = await startTestStack(settings);
    await stack.stop();
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
  throw new Error('it started');
}

function listen(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: address !== null && typeof address === 'object' ? address.port : 0 });
    });
  });
}

describe('a start that can not be', () => {
  it('is refused on a folder where another Homeward runs, and names that one', async () => {
    const settings = withoutTemporal(folder());
    const first = await runStack(settings);
    const second = await runStack(settings);
    expect(second.word).toMatchObject({ fault: 'alreadyRunning' });
    expect(second.word.problem).toContain(`process ${first.child.pid ?? 0} since 20`);
    expect(second.word.problem).toContain('its API at http://127.0.0.1:9');
    expect(await second.ended).toBe(75);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('is refused through another name of the same folder', async () => {
    const real = folder();
    const first = await runStack(withoutTemporal(real));
    const error = await refusalOf(withoutTemporal(join(real, '..', real.split('/').at(-1) ?? '')));
    expect(error.fault).toBe('alreadyRunning');
    first.child.kill('SIGTERM');
    await first.ended;
  });

  it.each([
    ['port', 'HOMEWARD_TEMPORAL_PORT'],
    ['uiPort', 'HOMEWARD_TEMPORAL_UI_PORT'],
  ])(
    'names a taken Temporal %s, who holds it, and the variable %s that moves it',
    async (which, variable) => {
      const { server, port } = await listen();
      const settings = await freshSettings(folder());
      const error = await refusalOf({
        ...settings,
        temporal: { ...settings.temporal, [which]: port },
      });
      expect(error.fault).toBe('portTaken');
      expect(error.problem).toContain(`Port ${port}`);
      if (process.platform === 'linux') expect(error.problem).toContain(`process ${process.pid}`);
      expect(error.remedy).toContain(variable);
      server.close();
    },
  );

  it('names all taken ports at once, each with its variable', async () => {
    const taken = await Promise.all([listen(), listen(), listen()]);
    const [port, uiPort, api] = taken.map((one) => one.port) as [number, number, number];
    const settings = await freshSettings(folder());
    const error = await refusalOf({
      ...settings,
      temporal: { ...settings.temporal, port, uiPort },
      alsoListening: [{ port: api, purpose: 'the API', variable: 'HOMEWARD_API_PORT' }],
    });
    expect(error.fault).toBe('portTaken');
    for (const number of [port, uiPort, api]) expect(error.problem).toContain(`Port ${number}`);
    for (const name of ['TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'API_PORT'])
      expect(error.remedy).toContain(`HOMEWARD_${name}`);
    for (const { server } of taken) server.close();
  });

  it('leaves nothing running when one part of it fails', async () => {
    const { server, port } = await listen();
    const settings = await freshSettings(folder());
    await refusalOf({ ...settings, temporal: { ...settings.temporal, port } });
    server.close();
    // The same folder again at once: neither lock nor Postgres was left behind.
    const stack = await startTestStack(withoutTemporal(settings.dataFolder));
    await stack.stop();
  });

  it('names a data folder that can not be written', async () => {
    // A file in its place: that stops root as well as anybody.
    const path = join(folder(), 'data');
    writeFileSync(path, '');
    const error = await refusalOf(withoutTemporal(path));
    expect(error).toMatchObject({ fault: 'folderNotWritable', exitCode: 73 });
    expect(error.problem).toContain(path);
    expect(error.remedy).toContain('HOMEWARD_DATA');
  });

  it('names a data folder that this user may not write', async () => {
    if (process.getuid?.() !== 0) {
      const path = folder();
      chmodSync(path, 0o500);
      expect(await refusalOf(withoutTemporal(join(path, 'data')))).toMatchObject({
        fault: 'folderNotWritable',
      });
      return;
    }
    const path = join(folder(), 'roots');
    mkdirSync(path, { mode: 0o700 });
    const nobody = { uid: 65_534, gid: 65_534, env: { ...process.env, HOME: '/' } };
    const refused = await runStack(withoutTemporal(path), nobody);
    expect(refused.word).toMatchObject({ fault: 'folderNotWritable' });
    expect(await refused.ended).toBe(73);
  });

  it('says how much room is missing on the disk', () => {
    const path = folder();
    expect(() => openDataFolder(path, 2 ** 40)).toThrow(/MB left, and Homeward needs/);
    expect(() => openDataFolder(path, 2 ** 40)).toThrow(StackError);
  });

  it('knows a full disk from the words of the system and of Postgres', () => {
    const noSpace = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(explainFolderFault('/data', noSpace)).toMatchObject({ fault: 'diskFull' });
    const words = 'FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device';
    expect(explainPostgresFailure('/data', 'ended with code 1', '/log', words)).toMatchObject({
      fault: 'diskFull',
    });
  });

  it('keeps a database of another Postgres version untouched', async () => {
    const path = folder();
    await (await startTestStack(withoutTemporal(path))).stop();
    writeFileSync(join(path, 'postgres', 'cluster', 'PG_VERSION'), '17\n');
    expect(await refusalOf(withoutTemporal(path))).toMatchObject({ fault: 'postgresVersion' });
    expect(existsSync(join(path, 'postgres', 'cluster', 'global'))).toBe(true);
  });

  it('says what Postgres said when it does not start', async () => {
    const path = folder();
    await (await startTestStack(withoutTemporal(path))).stop();
    rmSync(join(path, 'postgres', 'cluster', 'global', 'pg_control'));
    const error = await refusalOf(withoutTemporal(path));
    expect(error.fault).toBe('postgresFailed');
    expect(error.remedy).toContain('postgres.log');
  });
});
