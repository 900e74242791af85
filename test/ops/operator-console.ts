/** The `homeward` program as an operator runs it: a process of its own, on a suite's record and Temporal. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { ProcessRoom } from '../workflows/support/process-room';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}
export interface Status {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly says: string;
    readonly next?: string;
  }[];
  readonly restarts: Readonly<Record<string, number>>;
}

export const program = [
  '-r',
  join(__dirname, '../support/run-typescript.cjs'),
  join(__dirname, '../../src/cli/main.ts'),
];

export const runHomeward = (
  { address, taskQueue }: Pick<ProcessRoom, 'address' | 'taskQueue'>,
  databaseUrl: string,
  words: readonly string[],
): Promise<Ended> =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      NO_COLOR: '1',
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: address,
      HOMEWARD_TASK_QUEUE: taskQueue,
    };
    execFile(process.execPath, [...program, ...words], { env }, (error, out, complaint) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, out, complaint }),
    );
  });

export const wrongIn = ({ checks }: Status): string[] =>
  checks.filter(({ ok }) => !ok).map(({ name }) => name);
