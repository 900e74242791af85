/** How long `npm start` takes until it says it is ready: installed and compiled, on a data folder that is there. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../src/stack/ports';
import { makeDataFolder } from '../servers';
import { quantile } from '../statistics';

export interface ColdStartFigures {
  /** On an empty folder: makes the database and opens the eleven example cases. */
  readonly firstSeconds: number;
  /** Median of the starts after that. */
  readonly seconds: number;
  readonly all: readonly number[];
}

const longestMs = 180_000;

export async function measureColdStart(root: string, starts: number): Promise<ColdStartFigures> {
  const dataFolder = makeDataFolder(root);
  try {
    const firstSeconds = await startOnce(root, dataFolder);
    const all: number[] = [];
    for (let index = 0; index < starts; index += 1) all.push(await startOnce(root, dataFolder));
    return { firstSeconds, seconds: quantile(all, 0.5), all };
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** A whole new process from its spawning to its line “Ready.”, then Ctrl-C and its end. */
async function startOnce(root: string, dataFolder: string): Promise<number> {
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
  const tooLong = setTimeout(() => child.kill('SIGTERM'), longestMs);
  await Promise.race([ready, ended]);
  clearTimeout(tooLong);
  if (child.exitCode === null) child.kill('SIGINT');
  await ended;
  if (readyAt === undefined) throw new Error(`npm start did not become ready:\n${output}`);
  return (readyAt - begun) / 1000;
}
