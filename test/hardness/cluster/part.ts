/** One process of the cluster. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Part {
  readonly name: string;
  readonly pid: number | undefined;
  /** Undefined where it has no port of its own. */
  readonly port?: number;
  start(): Promise<void>;
  /** As a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** As a replacement would: it may finish what it has in hand. */
  stop(): Promise<void>;
  /** The last it said. */
  said(): string;
}

export interface PartPlan {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly port?: number;
  /** Whether it does its work. */
  readonly isReady: () => Promise<boolean>;
}

const readyWithinMs = 120_000;
const restMs = 1_000;

export function definePart({ name, command, env, cwd, port, isReady }: PartPlan): Part {
  let child: ChildProcess | undefined;
  let gone: Promise<void> = Promise.resolve();
  let isWanted = false;
  let said = '';
  const run = (): void => {
    const [program = '', ...words] = command;
    const started = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    gone = new Promise((resolve) => started.once('exit', () => resolve()).once('error', () => resolve()));
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8_000)));
    // As `restart: unless-stopped` has it: what needs Postgres ends while that comes up again.
    void gone.then(() => sleep(restMs)).then(() => (isWanted && child === started ? run() : undefined));
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    isWanted = false;
    child?.kill(signal);
    await gone;
  };
  return {
    name,
    ...(port !== undefined && { port }),
    get pid() {
      return child?.exitCode === null && child.signalCode === null ? child.pid : undefined;
    },
    async start() {
      isWanted = true;
      run();
      const end = Date.now() + readyWithinMs;
      while (!(await isReady().catch(() => false))) {
        if (Date.now() > end) throw new Error(`${name} does not come up: ${said}`);
        await sleep(100);
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    said: () => said,
  };
}

export const answersAt = async (url: string): Promise<boolean> =>
  (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
