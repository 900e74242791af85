/**
 * What can go wrong before Homeward runs, as one family of errors.
 *
 * Each carries one sentence that names the problem and one that says how to mend it; `main` prints
 * the two and leaves with the exit code. A stack trace is for our faults, never for these.
 */

/** Stable codes; the exit code lets a script tell the faults apart (64–78 follow sysexits.h). */
export const stackFaults = {
  nodeTooOld: 69,
  platformUnsupported: 69,
  configurationInvalid: 78,
  alreadyRunning: 75,
  portTaken: 71,
  folderNotWritable: 73,
  diskFull: 74,
  postgresMissing: 69,
  postgresFailed: 70,
  postgresVersion: 65,
  temporalMissing: 69,
  temporalFailed: 70,
  temporalVersion: 65,
} as const satisfies Record<string, number>;

/** Faults that may pass by themselves while a program that once ran is started again: a server slow to recover. */
const passing: readonly number[] = [
  stackFaults.postgresFailed,
  stackFaults.portTaken,
  stackFaults.diskFull,
  stackFaults.alreadyRunning,
];
export const mayPass = (exitCode: number): boolean => passing.includes(exitCode);

export type StackFault = keyof typeof stackFaults;

export class StackError extends Error {
  override readonly name = 'StackError';
  readonly exitCode: number;

  constructor(
    readonly fault: StackFault,
    /** One sentence: what is the matter, with the names and numbers at hand. */
    readonly problem: string,
    /** One sentence: what the reader does about it. */
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem} ${remedy}`, options);
    this.exitCode = stackFaults[fault];
  }
}

/** The errno code of a system error, if it is one. By shape: Jest gives tests an `Error` of their own. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
