/** How long `npm start` takes until it says it is ready: installed and compiled, on a data folder that is there. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../src/stack/process/ports';
import { makeDataFolder } from '../servers';
import { quantile } from '../statistics';

export interface ColdStartFigures {
  /** On an empty folder: makes the database and opens the eleven example cases. */
  readonly firstSeconds: number;
  /** Median of the starts after that. */
  readonly seconds: number;
  readonly all: readonly number[];
}

const maxMs = 180_000;
const maxTries = 5;

export async function measureColdStart(root: string, starts: number): Promise<ColdStartFigures> {
  // A start that first had to install or compile, because somebody changed a source meanwhile, tells nothing.
  for (let tries = 0; tries < maxTries; tries += 1) {
    const dataFolder = makeDataFolder(root);
    try {
      const found = [];
      while (found.length < starts + 1) found.push(await startOnce(root, dataFolder));
      if (found.some(({ output }) => /^(Compiling|Installing)/m.test(output))) continue;
      const [firstSeconds = Number.NaN, ...all] = found.map(({ seconds }) => seconds);
      return { firstSeconds, seconds: quantile(all, 0.5), all };
    } finally {
      rmSync(dataFolder, { recursive: true, force: true });
    }
  }
  throw new Error('the sources kept changing while npm start was measured');
}

/** A whole new process from its spawning to its line “Ready.”, then Ctrl-C and its end. */
async function startOnce(root: string, dataFolder: string): Promise<{ seconds: number; output: string }> {
  const ports = { api: await findFreePort(), temporal: await findFreePort(), ui: await findFreePort() };
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, 'bootstrap.mjs'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOMEWARD_DATA: dataFolder,
      HOMEWARD_API_PORT: String(ports.api),
      HOMEWARD_TEMPORAL_PORT: String(ports.temporal),
      HOMEWARD_TEMPORAL_UI_PORT: String(ports.ui),
      HOMEWARD_METRICS_PORT: '0',
      // Or it would stop when the npm that runs the benchmark is not its parent.
      npm_lifecycle_event: undefined,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  let readyAt: number | undefined;
  const ready = new Promise<void>((resolve) => {
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (readyAt === undefined && output.includes('Ready.')) {
        readyAt = performance.now();
        resolve();
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
  });
  const tooLong = setTimeout(() => child.kill('SIGTERM'), maxMs);
  await Promise.race([ready, ended]);
  clearTimeout(tooLong);
  if (child.exitCode === null) child.kill('SIGINT');
  await ended;
  if (readyAt === undefined) throw new Error(`npm start did not become ready:\n${output}`);
  return { seconds: (readyAt - begun) / 1000, output };
}
