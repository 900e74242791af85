/** Starts `stack-program` as a child and waits for its word. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import type { StackSettings } from '../../src/stack/stack';

interface StackWord {
  readonly databaseUrl?: string;
  readonly temporal?: { address: string };
  readonly pids?: { postgres?: number; temporal?: number };
  readonly fault?: string;
  readonly problem?: string;
  readonly remedy?: string;
}

export interface StackProcess {
  readonly child: ChildProcess;
  readonly word: StackWord;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
}

export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  readonly env: NodeJS.ProcessEnv;
}

const started = new Set<ChildProcess>();

/** After each test, so that one that failed half-way leaves nothing that runs on. */
export function killStacks(): void {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
}

export async function runStack(settings: StackSettings, as?: RunAs): Promise<StackProcess> {
  const child = spawn(
    process.execPath,
    [
      '-r',
      join(__dirname, '../support/run-typescript.cjs'),
      join(__dirname, 'stack-program.ts'),
      JSON.stringify(settings),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      // As a terminal would start it: its own process group.
      detached: true,
      ...(as === undefined ? {} : { uid: as.uid, gid: as.gid, env: as.env }),
    },
  );
  started.add(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? code ?? -1);
    });
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, word: JSON.parse(line) as StackWord, ended };
  }
  throw new Error(`the stack said nothing: ${errors}`);
}

/** A table of a test's own is made by the owner: the application's role makes none. */
export const asOwner = (databaseUrl: string): string => databaseUrl.replace('//homeward_app', '//homeward');

export async function query<Row>(databaseUrl: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Tries until it works; what it still says at the end is thrown. */
export async function eventually<T>(work: () => Promise<T>, withinMs = 20_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
