/** Homeward as `npm start` runs it, in a process tree that a test can kill at once. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findStackOn } from '../../src/simulation/demo-stack';
import type { DemoStack } from '../../src/simulation/demo-stack';
import { listPids } from '../../src/stack/process/process-identity';
import { findFreePort } from '../../src/stack/process/ports';
import { eventually } from '../stack/run-stack';
import { killIfAlive } from '../support/kill-if-alive';

export const root = join(__dirname, '../..');

/** Compiles what changed; the tests run what `npm start` runs. */
export function build(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bootstrap.mjs', 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed: ${stdout}${stderr}`);
}

export interface StackTree {
  start(): Promise<DemoStack>;
  /** Parent, Postgres and Temporal together, as a power cut would. */
  kill(): void;
  /** One part alone; its parent starts it again. False when it does not run just now. */
  killPart(part: keyof typeof partNames): boolean;
  /** Of the part, while it runs. */
  pidOf(part: keyof typeof partNames): number | undefined;
  /** Of the process that was started; `start` leads a process group of its own, as in a terminal. */
  pid(): number;
  /** All it said so far since the last start, up to some thousand letters. */
  said(): string;
  /** Its exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
  stop(): Promise<void>;
}

/** Always on the same folder and ports; with the fast mechanism and the eleven unless `extra` says otherwise. */
export async function createStackTree(
  dataFolder: string,
  extra: Readonly<Record<string, string>> = {},
  program: 'main' | 'start' = 'main',
): Promise<StackTree> {
  const env = {
    ...process.env,
    HOMEWARD_DATA: dataFolder,
    HOMEWARD_MECHANISM: join(root, 'examples/mechanisms/fast.yaml'),
    ...extra,
    HOMEWARD_API_PORT: String(await findFreePort()),
    HOMEWARD_TEMPORAL_PORT: String(await findFreePort()),
    HOMEWARD_TEMPORAL_UI_PORT: String(await findFreePort()),
    HOMEWARD_METRICS_PORT: '0',
  };
  let child: ChildProcess | undefined;
  let ended: Promise<number | string> | undefined;
  let said = '';
  const pidOf = (part: keyof typeof partNames): number | undefined => {
    const tree = child?.pid === undefined ? [] : withDescendants(child.pid);
    return tree.find((pid) => partNames[part].test(commandLineOf(pid)));
  };
  return {
    async start() {
      said = '';
      const started = spawn(process.execPath, [`dist/src/${program}.js`], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        // As a shell does, which gives each command a process group of its own.
        detached: program === 'start',
      });
      child = started;
      ended = new Promise((resolve) =>
        started.once('exit', (code, signal) => {
          resolve(signal ?? code ?? -1);
        }),
      );
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8_000)));
      return eventually(async () => {
        const stack = await findStackOn(dataFolder);
        if (!stack) throw new Error(`the stack does not answer: ${said}`);
        return stack;
      }, 60_000);
    },
    kill() {
      const tree = child?.pid === undefined ? [] : withDescendants(child.pid);
      tree.forEach(killIfAlive);
    },
    killPart(part) {
      const found = pidOf(part);
      if (found !== undefined) killIfAlive(found);
      return found !== undefined;
    },
    pidOf,
    pid: () => child!.pid!,
    said: () => said,
    ended: () => ended!,
    async stop() {
      const running = child;
      if (running?.exitCode !== null || running.signalCode !== null) return; // never started, or over
      running.kill('SIGTERM');
      await ended;
    },
  };
}

/** The first in the tree that matches is the server itself: its own children come after it. */
const partNames = {
  postgres: /\/postgres\0-D/,
  temporal: /\0start-dev\0/,
  program: /\/main\.js\0/,
} as const;

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function withDescendants(pid: number): number[] {
  const parents = new Map(listPids().map((one) => [one, parentOf(one)]));
  const tree = [pid];
  for (const one of tree) for (const [child, parent] of parents) if (parent === one) tree.push(child);
  return tree;
}

/** proc(5): the fourth field, after a name that may itself hold brackets and spaces. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
