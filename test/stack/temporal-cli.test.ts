import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { silentProgress, type Task } from '../../src/stack/process/progress';
import { findTemporalCli, pinnedServer } from '../../src/stack/temporal/cli';
import { downloadTemporalCli } from '../../src/stack/temporal/cli-download';
import { buildTemporalCli } from '../../src/stack/temporal/cli-build';
import { startTestStack, freshFolder, freshSettings, stopTestStacks } from './test-settings';

const folders: string[] = [];
const folder = () => {
  const path = freshFolder();
  folders.push(path);
  return path;
};
afterEach(stopTestStacks);
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

const task = silentProgress.task('');
const system = '/usr/local/bin:/usr/bin:/bin';

/** A command that says what we want it to say. */
function script(path: string, body: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}
const cli = (path: string, server: string) =>
  script(path, `echo "temporal version 9.9.9 (Server ${server}, UI 2.0.0)"`);

describe('the Temporal CLI', () => {
  it('is taken from the PATH when its server is not too old', async () => {
    const path = folder();
    cli(join(path, 'temporal'), '1.30.2');
    const found = await findTemporalCli({
      task,
      cacheFolder: folder(),
      env: { PATH: `${path}:${system}` },
      sources: [],
    });
    expect(found).toEqual({ path: join(path, 'temporal'), server: '1.30.2', source: 'path' });
  });

  it('is taken from the cache when the one on the PATH is too old or broken', async () => {
    const cache = folder();
    const cached = cli(join(cache, 'temporal-1.5.1', 'temporal'), pinnedServer);
    for (const body of ['echo "temporal version 0.10.0 (Server 1.22.0)"', 'exit 3']) {
      const path = folder();
      script(join(path, 'temporal'), body);
      const found = await findTemporalCli({
        task,
        cacheFolder: cache,
        env: { PATH: `${path}:${system}` },
        sources: [],
      });
      expect(found).toEqual({ path: cached, server: pinnedServer, source: 'cache' });
    }
  });

  it('is never one of another server than the one that made the data', async () => {
    const [path, cache] = [folder(), folder()];
    cli(join(path, 'temporal'), '1.31.0');
    const cached = cli(join(cache, 'temporal-1.5.1', 'temporal'), pinnedServer);
    const search = { task, cacheFolder: cache, env: { PATH: `${path}:${system}` }, sources: [] };
    expect(await findTemporalCli({ ...search, wantedServer: pinnedServer })).toMatchObject({ path: cached });
    await expect(findTemporalCli({ ...search, wantedServer: '1.30.0' })).rejects.toMatchObject({
      fault: 'temporalVersion',
      problem: expect.stringContaining('made by server 1.30.0'),
    });
  });

  it('is obtained when it is nowhere; the next way is tried when one fails', async () => {
    const cache = folder();
    const found = await findTemporalCli({
      task,
      cacheFolder: cache,
      env: { PATH: folder() },
      sources: [
        { name: 'download', label: 'download', obtain: async () => 'no way out' },
        {
          name: 'go',
          label: 'go install',
          obtain: async ({ target }) => {
            cli(target, pinnedServer);
            return undefined;
          },
        },
      ],
    });
    expect(found).toMatchObject({ source: 'go', server: pinnedServer });
  });

  it('can not be had: every way that failed is named, and how to mend it', async () => {
    const search = findTemporalCli({
      task,
      cacheFolder: folder(),
      env: { PATH: folder() },
      sources: [
        { name: 'download', label: 'download', obtain: async () => 'no way out' },
        { name: 'go', label: 'go install', obtain: async () => 'Go is not installed' },
      ],
    });
    await expect(search).rejects.toMatchObject({
      fault: 'temporalMissing',
      problem: expect.stringMatching(
        /PATH: .*cache: .*download: no way out.*go install: Go is not installed/,
      ),
      remedy: expect.stringMatching(/TEMPORAL_ADDRESS/),
    });
  });
});

describe('the download of the Temporal CLI', () => {
  afterEach(() => jest.restoreAllMocks());

  it('takes nothing but the very archive of the release, by its hash', async () => {
    const asked = jest.spyOn(global, 'fetch').mockResolvedValue(new Response('another archive'));
    const target = join(folder(), 'temporal-1.5.1', 'temporal');
    const outcome = await downloadTemporalCli({ target, version: '1.5.1', task, env: {} });
    expect(outcome).toContain('its hash differs');
    expect(existsSync(target)).toBe(false);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('does not ask for a version whose hash is not known', async () => {
    const asked = jest.spyOn(global, 'fetch');
    const target = join(folder(), 'temporal-9.9.9', 'temporal');
    expect(await downloadTemporalCli({ target, version: '9.9.9', task, env: {} })).toContain(
      'no hash is known',
    );
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('the build of the Temporal CLI', () => {
  const build = (go: string | undefined, onNow: (detail: string) => void = () => undefined) => {
    const [path, cache] = [folder(), folder()];
    if (go !== undefined) script(join(path, 'go'), go);
    const target = join(cache, 'temporal-1.5.1', 'temporal');
    const watched: Task = { ...task, now: onNow };
    const outcome = buildTemporalCli({
      target,
      version: '1.5.1',
      task: watched,
      env: { PATH: `${path}:/bin:/usr/bin`.replace(go === undefined ? ':/bin:/usr/bin' : '', '') },
    });
    return { outcome, target, cache };
  };
  const version = 'if [ "$1" = version ]; then echo "go version go1.26.0 linux/amd64"; exit 0; fi';

  it('shows what it is at, and puts the binary in its place when it is whole', async () => {
    const shown: string[] = [];
    const go = `${version}
      echo "go: downloading go.temporal.io/server v1.29.1" >&2
      echo "go.temporal.io/server/temporal" >&2
      [ "$CGO_ENABLED" = 0 ] && echo built > "$GOBIN/temporal"`;
    const { outcome, target } = build(go, (detail) => shown.push(detail));
    expect(await outcome).toBeUndefined();
    expect(existsSync(target)).toBe(true);
    expect(shown.join('\n')).toMatch(/fetching go.temporal.io\/server[^]*1 packages so far/);
  });

  it('leaves nothing behind when it fails half-way', async () => {
    const { outcome, target, cache } = build(`${version}
      echo half > "$GOBIN/temporal"; echo "dial tcp: no such host" >&2; exit 1`);
    expect(await outcome).toBe('dial tcp: no such host');
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('says when Go is missing or too old', async () => {
    expect(await build(undefined).outcome).toBe('Go is not installed');
    expect(await build('echo "go version go1.22.1 linux/amd64"').outcome).toBe('Go 1.22 is older than 1.25');
  });
});

describe('the data of the Temporal server', () => {
  it('remember which server made them, and are not opened by another', async () => {
    const settings = await freshSettings(folder());
    await (await startTestStack(settings)).stop();
    writeFileSync(join(settings.dataFolder, 'temporal', 'made-by.json'), '{"server":"1.0.0"}');
    await expect(startTestStack(settings)).rejects.toMatchObject({ fault: 'temporalVersion' });
  });
});
