/**
 * An earlier release beside this one, over HTTP: each runs its own bench in its own checkout, in turns, with the same
 * returns, on servers of its own. So each has the stack it was made for, and a drift of the machine hits both.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchOptions } from '../options';
import type { Results } from '../results';
import { sum } from '../statistics';
import type { AgainstFigures, Measured } from './against-figures';

const atATime = 10;
/** Throws a RangeError when the folder holds no bench that could run. */
export async function measureAgainst(
  root: string,
  folder: string,
  { quick, rounds }: BenchOptions,
  say: (line: string) => void,
): Promise<AgainstFigures> {
  if (!existsSync(programOf(folder)) || !existsSync(join(folder, 'node_modules')))
    throw new RangeError(
      `--against: ${folder} is not a built checkout; run “npm ci” and “npm run build” there`,
    );
  const pairs: { then: Measured; now: Measured }[] = [];
  let commit = '';
  for (let round = 0; round < rounds; round += 1) {
    const run = async (name: string, at: string): Promise<Results> => {
      const results = await runBench(at, quick, resultFileIn(root));
      const { p50, p95, cpuMsPerReturn } = measuredOf(results);
      say(
        `  ${name.padEnd(9)} ${results.commit}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ` +
          `CPU ${cpuMsPerReturn.toFixed(0)} ms a return`,
      );
      return results;
    };
    const isThenFirst = round % 2 === 0;
    const early = isThenFirst ? await run('then', folder) : undefined;
    const now = await run('now', root);
    const then = early ?? (await run('then', folder));
    commit = then.commit;
    pairs.push({ then: measuredOf(then), now: measuredOf(now) });
  }
  return { commit, atATime, pairs };
}

const programOf = (folder: string): string => join(folder, 'dist/bench/main.js');

function resultFileIn(root: string): string {
  const folder = join(root, '.homeward-bench');
  mkdirSync(folder, { recursive: true });
  return join(folder, `against-${process.pid}.json`);
}

async function runBench(folder: string, quick: boolean, resultFile: string): Promise<Results> {
  const options = ['--only', 'returns', '--ways', 'http', '--at-a-time', String(atATime), '--rounds', '1'];
  const child = spawn(
    process.execPath,
    [programOf(folder), ...options, ...(quick ? ['--quick'] : []), '--result', resultFile],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const take = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  // It stops its servers and removes its data; a signal to the group reaches it by itself.
  const leave = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`the bench in ${folder} ended with ${String(code)}:\n${output}`);
    return JSON.parse(readFileSync(resultFile, 'utf8')) as Results;
  } finally {
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
    rmSync(resultFile, { force: true });
  }
}

function measuredOf({ returns }: Results): Measured {
  const found = returns?.loads.find((load) => load.way === 'http' && load.atATime === atATime);
  if (!found) throw new Error('a bench that measured no returns over HTTP');
  const { returnsPerSecond, approvalP50, approvalP95, p50, p95, cpuMsPerReturn } = found;
  const cpu = cpuMsPerReturn ? sum(Object.values(cpuMsPerReturn)) : Number.NaN;
  return { returnsPerSecond, approvalP50, approvalP95, p50, p95, cpuMsPerReturn: cpu };
}
