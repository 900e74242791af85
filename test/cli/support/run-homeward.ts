/** The command line as a process of its own, as people run it. */
import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}

export function startHomeward(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): { child: ChildProcess; ended: Promise<Ended> } {
  const program = [
    '-r',
    join(__dirname, '../../support/run-typescript.cjs'),
    join(__dirname, '../../../src/cli/main.ts'),
  ];
  let child!: ChildProcess;
  const ended = new Promise<Ended>((resolve) => {
    child = execFile(
      process.execPath,
      [...program, ...words],
      { env: { ...process.env, NO_COLOR: '1', ...env } },
      (error, out, complaint) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, complaint });
      },
    );
  });
  return { child, ended };
}
