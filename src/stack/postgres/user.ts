/**
 * Under which user Postgres runs. It refuses root, so a root start picks an unprivileged user;
 * anyone else runs it as themselves.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined: run it as we are. An existing database keeps the user that owns its folder. */
export function choosePostgresUser(folder: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return ownerOf(folder) ?? namedUser('postgres') ?? namedUser('nobody') ?? { uid: 65_534, gid: 65_534 };
}

/** Whether this user may pass through every folder on the way to `path`, by the permission bits. */
export function canEnter(path: string, user: SystemUser): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function ownerOf(folder: string): SystemUser | undefined {
  try {
    const { uid, gid } = statSync(folder);
    return uid === 0 ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

function namedUser(name: string): SystemUser | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    const user = { uid: Number(uid), gid: Number(gid) };
    return uid && gid && user.uid > 0 && Number.isInteger(user.gid) ? user : undefined;
  } catch {
    return undefined;
  }
}
