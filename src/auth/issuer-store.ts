/**
 * Where the local issuer keeps what outlives a request: keys, sign-in links, sessions, codes. One file each,
 * under the hash of its id, readable by this user only. Folders may be shared by several processes: a value
 * is taken by renaming its file, so of two takers one gets it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface IssuerStore {
  put(kind: string, id: string, value: unknown, expiresAt?: Date): Promise<void>;
  /** Keeps the value unless there is one already; tells which of the two stands now. */
  keepFirst(kind: string, id: string, value: unknown, expiresAt?: Date): Promise<unknown>;
  find(kind: string, id: string): Promise<unknown>;
  /** Finds and removes in one: a second taker gets undefined. */
  take(kind: string, id: string): Promise<unknown>;
  drop(kind: string, id: string): Promise<void>;
  /** All values of a kind that have not expired. */
  list(kind: string): Promise<unknown[]>;
  /** Removes what has expired. */
  sweep(): Promise<void>;
}

interface Entry {
  readonly value: unknown;
  readonly expiresAt?: string;
}

const entryOf = (value: unknown, expiresAt?: Date): Entry => ({
  value,
  ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
});

export function createFileStore(folder: string): IssuerStore {
  const folderOf = (kind: string): string => join(folder, kind);
  const fileOf = (kind: string, id: string): string =>
    join(folderOf(kind), `${createHash('sha256').update(id).digest('hex')}.json`);

  const read = async (file: string): Promise<Entry | undefined> => {
    const text = await readFile(file, 'utf8').catch(absent);
    if (text === undefined) return undefined;
    const entry = JSON.parse(text) as Entry;
    return entry.expiresAt !== undefined && entry.expiresAt <= new Date().toISOString() ? undefined : entry;
  };
  const filesOf = async (kind: string): Promise<string[]> =>
    ((await readdir(folderOf(kind)).catch(absent)) ?? [])
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folderOf(kind), name));

  /** Written aside first: a reader never sees half a file, also after a crash. */
  const writeAside = async (kind: string, id: string, entry: Entry): Promise<string> => {
    await mkdir(folderOf(kind), { recursive: true, mode: 0o700 });
    const aside = `${fileOf(kind, id)}.${randomUUID()}`;
    await writeFile(aside, JSON.stringify(entry), { mode: 0o600, flush: true });
    return aside;
  };

  return {
    async put(kind, id, value, expiresAt) {
      await rename(await writeAside(kind, id, entryOf(value, expiresAt)), fileOf(kind, id));
    },
    async keepFirst(kind, id, value, expiresAt) {
      const aside = await writeAside(kind, id, entryOf(value, expiresAt));
      // A hard link, unlike a rename, fails when the name is taken.
      await link(aside, fileOf(kind, id)).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      });
      await rm(aside, { force: true });
      return (await read(fileOf(kind, id)))?.value;
    },
    find: async (kind, id) => (await read(fileOf(kind, id)))?.value,
    async take(kind, id) {
      const taken = `${fileOf(kind, id)}.taken-${randomUUID()}`;
      const won = await rename(fileOf(kind, id), taken).then(() => true, absent);
      if (won === undefined) return undefined;
      const entry = await read(taken);
      await rm(taken, { force: true });
      return entry?.value;
    },
    drop: (kind, id) => rm(fileOf(kind, id), { force: true }),
    async list(kind) {
      const entries = await Promise.all((await filesOf(kind)).map(read));
      return entries.flatMap((entry) => (entry ? [entry.value] : []));
    },
    async sweep() {
      for (const kind of (await readdir(folder).catch(absent)) ?? [])
        for (const name of (await readdir(folderOf(kind)).catch(absent)) ?? []) {
          const file = join(folderOf(kind), name);
          const abandoned = !name.endsWith('.json') && (await isOlderThan(file, 3_600_000));
          if (abandoned || (name.endsWith('.json') && (await read(file)) === undefined))
            await rm(file, { force: true });
        }
    },
  };
}

const isOlderThan = async (file: string, milliseconds: number): Promise<boolean> => {
  const found = await stat(file).catch(absent);
  return found !== undefined && Date.now() - found.mtimeMs > milliseconds;
};

/** A file or folder that is not there, or is a file where a folder was looked for; all else is a fault. */
function absent(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
