/**
 * One Homeward per data folder. The lock is a listening socket that the kernel closes when its owner
 * dies, however it dies: nothing is left to clean up after `kill -9` or a reboot, and a reused pid
 * can't hold it. The note beside it only tells the second start whom to name.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder';
import { errnoOf, StackError } from './stack-error';

export interface LockNote {
  readonly pid: number;
  /** ISO instant. */
  readonly since: string;
  /** Where the first one's API answers; known once it has started. */
  readonly apiUrl?: string;
  /** How operators' tools on this machine reach its servers: only of an embedded Postgres, which needs no password. */
  readonly databaseUrl?: string;
  readonly temporal?: { readonly address: string; readonly namespace: string; readonly uiUrl?: string };
}

export interface FolderLock {
  /** Adds what became known after the start, so that a second start can name it. */
  note(facts: Omit<LockNote, 'pid' | 'since'>): void;
  release(): Promise<void>;
}

/** Refuses with a `StackError` naming the first when another Homeward works on this folder. */
export async function lockDataFolder(folder: DataFolder): Promise<FolderLock> {
  const name = lockName(folder);
  const server = await takeLock(name, folder);
  const note: LockNote = { pid: process.pid, since: new Date().toISOString() };
  writeNote(folder, note);
  return {
    note(facts) {
      writeNote(folder, { ...note, ...facts });
    },
    release() {
      rmSync(noteFile(folder), { force: true });
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** A process just killed needs a moment to let go; one that lives does not. */
const timeoutMs = 400;

async function takeLock(name: string, folder: DataFolder): Promise<Server> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await listenOnce(name);
    } catch (error) {
      if (errnoOf(error) !== 'EADDRINUSE') throw error;
      // A socket file without anyone behind it: its owner was killed.
      if (!isAbstract(name) && !(await isAnswered(name))) rmSync(name, { force: true });
      else if (Date.now() > until) throw refusal(folder);
      else await sleep(50);
    }
  }
}

/** What the running one says of itself; undefined when nothing readable is there. */
export function readLockNote(folder: Pick<DataFolder, 'run'>): LockNote | undefined {
  try {
    return JSON.parse(readFileSync(noteFile(folder), 'utf8')) as LockNote;
  } catch {
    return undefined;
  }
}

/**
 * On Linux a name in the abstract namespace, from the folder's device and inode: no file, no length
 * limit, the same through every symlink. Elsewhere a socket file in the folder.
 */
function lockName(folder: DataFolder): string {
  if (process.platform !== 'linux') return join(folder.run, 'lock.sock');
  const { dev, ino } = statSync(folder.path);
  return `\0homeward/${dev}/${ino}`;
}

function isAbstract(name: string): boolean {
  return name.startsWith('\0');
}

function listenOnce(name: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(name, () => {
      // The lock alone is no reason to stay alive.
      server.unref();
      resolve(server);
    });
  });
}

function isAnswered(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(name);
    const answer = (answered: boolean) => () => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
  });
}

function refusal(folder: DataFolder): StackError {
  const first = readLockNote(folder);
  const who = first === undefined ? 'another process' : `process ${first.pid} since ${first.since}`;
  const where = first?.apiUrl === undefined ? '' : `, its API at ${first.apiUrl}`;
  return new StackError(
    'alreadyRunning',
    `Homeward already runs on ${folder.path}: ${who}${where}.`,
    'Use that one, stop it first, or set HOMEWARD_DATA to another folder.',
  );
}

function noteFile(folder: Pick<DataFolder, 'run'>): string {
  return join(folder.run, 'homeward.json');
}

function writeNote(folder: DataFolder, note: LockNote): void {
  writeFileSync(noteFile(folder), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}
