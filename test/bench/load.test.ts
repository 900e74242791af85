import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Results } from '../../bench/results';
import { build, root } from '../simulation/stack-tree';

const run = promisify(execFile);

describe('the load bench, small', () => {
  let folder: string;
  beforeAll(() => {
    build();
    folder = mkdtempSync(join(tmpdir(), 'homeward-bench-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('lays cases, watches them, reads them, and tells of everything that falls due', async () => {
    const result = join(folder, 'result.json');
    const options = ['--only', 'load', '--quick', '--cases', '60', '--idle', '3', '--spread', 'PT3S'];
    await run(
      process.execPath,
      ['dist/bench/main.js', ...options, '--result', result],
      // As from a terminal: the bench must not take this for a worker of Jest.
      { cwd: root, env: { ...process.env, JEST_WORKER_ID: undefined, NODE_OPTIONS: '' } },
    );
    const { load } = JSON.parse(readFileSync(result, 'utf8')) as Results;

    expect(load).toMatchObject({ cases: 60, starts: { count: 60 } });
    expect(Object.keys(load?.byStage ?? {})).toHaveLength(9);
    expect(load?.bursts.map(({ cases, woken, notices }) => [cases, woken, notices])).toEqual([
      [15, 15, 15],
      [15, 15, 15],
    ]);
    expect(load?.reads.flatMap(({ list, refused }) => (refused === undefined ? [] : [list]))).toEqual([]);
    expect(load?.idleDecisions.sent).toBeGreaterThan(0);
    expect(load?.idleDecisions.refused).toEqual([]);
  }, 180_000);
});
