/**
 * Where the embedded Postgres keeps its things, and how its user reaches them.
 *
 * When root starts it from a folder the Postgres user can't enter (/root/homeward/.homeward), the
 * child is handed an open descriptor of its own folder and works through /proc/self/fd/3: the data
 * stay where the reader expects them and no permission of any folder above is changed.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainFolderFault, type DataFolder } from '../data-folder';
import { canEnter, type SystemUser } from './user';
import { StackError } from '../stack-error';

export interface Reach {
  /** The cluster's path as the child may use it. */
  readonly cluster: string;
  /** The home's path as the child may use it. */
  readonly home: string;
  /** Descriptors to pass on from number 3. */
  readonly handles: readonly number[];
  close(): void;
}

export interface PostgresPaths {
  /** Owned by the Postgres user, 0700. */
  readonly home: string;
  /** The initialised cluster inside home. */
  readonly cluster: string;
  readonly socketFolder: string;
  readonly socketPort: number;
  /** Clears away a socket folder that lies outside the data folder. */
  release(): void;
  readonly recordFile: string;
  readonly user: SystemUser | undefined;
  open(): Reach;
}

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const maxSocketPathLength = 103;
/** Only names the socket file; nothing listens on this port. */
const socketPort = 5432;

export function openPostgresPaths(folder: DataFolder, user: SystemUser | undefined): PostgresPaths {
  const home = folder.postgres;
  try {
    ownFolder(home, user);
  } catch (error) {
    throw explainFolderFault(home, error);
  }
  const viaHandle = user !== undefined && !canEnter(home, user);
  if (viaHandle && !existsSync('/proc/self/fd')) {
    throw new StackError(
      'folderNotWritable',
      `The data folder ${folder.path} lies where the Postgres user (${user.uid}) can't enter.`,
      'Set HOMEWARD_DATA to a folder every user may pass through, or start Homeward as an ordinary user.',
    );
  }
  const socketFolder = openSocketFolder(folder, user);
  return {
    home,
    cluster: join(home, 'cluster'),
    socketFolder,
    socketPort,
    release() {
      if (!socketFolder.startsWith(folder.path)) rmSync(socketFolder, { recursive: true, force: true });
    },
    recordFile: join(folder.run, 'postgres.json'),
    user,
    open() {
      if (!viaHandle) return { home, cluster: join(home, 'cluster'), handles: [], close: () => undefined };
      const handle = openSync(home, 'r');
      return {
        home: '/proc/self/fd/3',
        cluster: '/proc/self/fd/3/cluster',
        handles: [handle],
        close: () => {
          closeSync(handle);
        },
      };
    },
  };
}

/** The superuser's password for TCP; made once, readable by the owner only. */
export function superuserPassword(home: string): string {
  const file = join(home, 'superuser.password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    const { uid, gid } = statSync(home);
    if (process.getuid?.() === 0) chownSync(file, uid, gid);
  }
  return readFileSync(file, 'utf8').trim();
}

/** Beside the data when the path is short enough and can be entered, else in the system's temporary folder. */
function openSocketFolder(folder: DataFolder, user: SystemUser | undefined): string {
  const beside = join(folder.path, 'socket');
  const fits = Buffer.byteLength(join(beside, `.s.PGSQL.${socketPort}`)) <= maxSocketPathLength;
  if (fits && (user === undefined || canEnter(folder.path, user))) {
    ownFolder(beside, user);
    return beside;
  }
  const owner = user?.uid ?? process.getuid?.() ?? 0;
  for (const base of new Set([tmpdir(), '/tmp'])) {
    const real = realpathSync(base);
    if (user !== undefined && !canEnter(real, user)) continue;
    const { dev, ino } = statSync(folder.path);
    const usual = join(real, `homeward-${dev.toString(36)}-${ino.toString(36)}`);
    if (Buffer.byteLength(usual) + 20 > maxSocketPathLength) continue;
    return claimed(usual, owner, user) ? usual : claimFresh(real, user);
  }
  throw new StackError(
    'folderNotWritable',
    `No folder was found for the Postgres socket: the path of ${folder.path} is too long or closed, and so is the temporary folder.`,
    'Set HOMEWARD_DATA to a shorter path, or TMPDIR to a folder every user may enter.',
  );
}

/** In a shared /tmp somebody else may have made a folder of our name first; then ours gets another. */
function claimed(path: string, owner: number, user: SystemUser | undefined): boolean {
  try {
    ownFolder(path, user);
    const stat = lstatSync(path);
    return stat.isDirectory() && stat.uid === owner && (stat.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

function claimFresh(base: string, user: SystemUser | undefined): string {
  const path = mkdtempSync(join(base, 'homeward-'));
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  return path;
}

function ownFolder(path: string, user: SystemUser | undefined): void {
  if (existsSync(path)) return;
  mkdirSync(path, { mode: 0o700 });
  chmodSync(path, 0o700);
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}
