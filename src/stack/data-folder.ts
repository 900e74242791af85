/**
 * The data folder: everything the embedded stack keeps, and nothing outside it but the cache.
 *
 *   postgres/   the database (owned by the user Postgres runs as)
 *   temporal/   the dev server's file and which version made it
 *   mail/       mails the embedded sink received
 *   log/ run/   logs of the children; records of running processes
 */
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { errnoOf, StackError } from './stack-error';

export interface DataFolder {
  /** Absolute, symlinks resolved: processes are recognised by it. */
  readonly path: string;
  readonly postgres: string;
  readonly temporal: string;
  readonly mail: string;
  readonly log: string;
  readonly run: string;
}

/** A fresh Postgres takes 40 MB, its first WAL 16 more, Temporal's file a few: below this a start can't end well. */
const neededMegabytes = 200;

/** Creates what is missing and proves that it can be written; refuses with a `StackError` otherwise. */
export function openDataFolder(wanted: string, needed = neededMegabytes): DataFolder {
  const asked = resolve(wanted);
  try {
    const existed = exists(asked);
    mkdirSync(asked, { recursive: true });
    // Root lets the Postgres user pass through, but not look around; anyone else keeps it to themselves.
    if (!existed) chmodSync(asked, process.getuid?.() === 0 ? 0o711 : 0o700);
    const path = realpathSync(asked);
    const folder: DataFolder = {
      path,
      postgres: join(path, 'postgres'),
      temporal: join(path, 'temporal'),
      mail: join(path, 'mail'),
      log: join(path, 'log'),
      run: join(path, 'run'),
    };
    for (const part of [folder.temporal, folder.mail, folder.log, folder.run]) {
      mkdirSync(part, { recursive: true, mode: 0o700 });
    }
    assertRoom(path, needed);
    const probe = join(folder.run, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
    return folder;
  } catch (error) {
    throw explainFolderFault(asked, error);
  }
}

/** One sentence for what the file system refused; other errors pass unchanged. */
export function explainFolderFault(folder: string, error: unknown): unknown {
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(folder, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ELOOP':
      return new StackError(
        'folderNotWritable',
        `The data folder ${folder} can't be written (${errnoOf(error) ?? 'unknown'}).`,
        'Give this user the right to it, or set HOMEWARD_DATA to a folder it may write.',
        { cause: error },
      );
    default:
      return error;
  }
}

export function diskFull(folder: string, cause?: unknown): StackError {
  return new StackError(
    'diskFull',
    `The disk that holds ${folder} is full.`,
    'Free some space, or set HOMEWARD_DATA to a folder on another disk; nothing acknowledged was lost.',
    { cause },
  );
}

function assertRoom(path: string, needed: number): void {
  const { bavail, bsize } = statfsSync(path);
  const freeMegabytes = Math.floor((bavail * bsize) / 1_048_576);
  if (freeMegabytes >= needed) return;
  throw new StackError(
    'diskFull',
    `The disk that holds ${path} has ${freeMegabytes} MB left, and Homeward needs ${needed} MB to start.`,
    'Free some space, or set HOMEWARD_DATA to a folder on another disk.',
  );
}

function exists(path: string): boolean {
  try {
    accessSync(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}
