/**
 * A backup of the record in one file: everything that can't be made anew. Read in one snapshot while others write,
 * without tools that must match the server's version. What the engine holds is not in it: it is rebuilt from the
 * record. Encrypted with age to whoever may restore it; the keys of the stack are only in it when they are asked for.
 *
 * The file is age over gzip over lines of JSON: a header, each table's name and columns before its rows, and a last
 * line without which it is not whole. Backups of before are gzip in clear, with the keys in a folder beside them.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { createConnection } from '../../record/postgres/database';
import { CliError } from '../cli-error';
import { encrypted } from './age';

export const backupFormats = ['homeward-backup-1', 'homeward-backup-2'] as const;
const backupFormat = backupFormats[1];
/** By format: what was in clear keeps its name. */
export const recordFiles = {
  'homeward-backup-1': 'record.jsonl.gz',
  'homeward-backup-2': 'record.jsonl.gz.age',
} as const;
const recordFile = recordFiles[backupFormat];
export const keysFile = 'keys.json.age';
export const manifestFile = 'manifest.json';
/** Of the embedded stack: without the first the whole record is in doubt after a restore. */
export const keyFiles = ['seal.key', 'issuer'] as const;

export interface Manifest {
  readonly format: (typeof backupFormats)[number];
  /** The instant whose state it holds: what was acknowledged before is in it. */
  readonly at: string;
  readonly migrations: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
  readonly sha256: string;
  readonly keys: readonly string[];
}
export type BackupLine =
  | { readonly format: string; readonly at: string; readonly migrations: readonly string[] }
  | { readonly table: string; readonly columns: readonly string[] }
  | { readonly row: object }
  | { readonly end: Readonly<Record<string, number>> };

const rowsAtOnce = 1_000;

export interface BackupWishes {
  /** Who can read it: age's `age1…`. */
  readonly recipients: readonly string[];
  /** The data folder whose keys go with it, encrypted too. */
  readonly keysOf?: string;
  readonly progress: (rows: number, of: number) => void;
}

/** Writes into a new folder; half a backup is left under another name and never looks like a whole one. */
export async function backUp(
  databaseUrl: string,
  folder: string,
  { recipients, keysOf, progress }: BackupWishes,
): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `${recordFile}.unfinished`);
  const client = createConnection({ connectionString: databaseUrl, application_name: 'homeward backup' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    // Vacuum waits no longer than the backup lasts; a statement of it may take long.
    await client.query('set local statement_timeout = 0');
    const seen: { header?: Extract<BackupLine, { format: string }>; rows: Record<string, number> } = {
      rows: {},
    };
    const lines = Readable.from(textOf(linesOf(client, seen, progress)), { objectMode: false });
    const packed = lines.pipe(createGzip());
    lines.once('error', (error) => packed.destroy(error));
    await pipeline(await encrypted(packed, recipients), createWriteStream(unfinished, { mode: 0o600 }));
    await flush(unfinished);
    if (!seen.header) throw new Error('nothing was read');
    const keys = keysOf === undefined ? [] : await keepKeys(keysOf, folder, recipients);
    const manifest: Manifest = {
      format: backupFormat,
      at: seen.header.at,
      migrations: seen.header.migrations,
      rows: seen.rows,
      sha256: await sha256Of(unfinished),
      keys,
    };
    await rename(unfinished, join(folder, recordFile));
    await writeFile(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    return manifest;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

/** Tables in the order in which they were made: what refers to another comes after it. */
async function* linesOf(
  client: Client,
  seen: { header?: Extract<BackupLine, { format: string }>; rows: Record<string, number> },
  progress: (rows: number, of: number) => void,
): AsyncGenerator<BackupLine> {
  const [{ rows: migrations }, { rows: clock }, { rows: tables }] = [
    await client.query<{ name: string }>('select name from kysely_migration order by name'),
    await client.query<{ at: Date }>('select clock_timestamp() as at'),
    await client.query<{ name: string; columns: string[]; estimate: number }>(
      `select c.relname as name, greatest(c.reltuples, 0)::float8 as estimate,
              array_agg(a.attname::text order by a.attnum) as columns
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                          and not a.attisdropped and a.attgenerated = ''
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
        group by c.oid order by c.oid`,
    ),
  ];
  seen.header = {
    format: backupFormat,
    at: clock[0]?.at.toISOString() ?? '',
    migrations: migrations.map(({ name }) => name),
  };
  yield seen.header;
  const estimate = tables.reduce((sum, table) => sum + table.estimate, 0);
  let all = 0;
  for (const { name, columns } of tables) {
    yield { table: name, columns };
    seen.rows[name] = 0;
    await client.query(
      `declare rows no scroll cursor for select to_jsonb(t) as row from ${client.escapeIdentifier(name)} t`,
    );
    for (;;) {
      const { rows } = await client.query<{ row: object }>(`fetch ${rowsAtOnce} from rows`);
      for (const { row } of rows) yield { row };
      seen.rows[name] += rows.length;
      all += rows.length;
      progress(all, Math.max(all, estimate));
      if (rows.length < rowsAtOnce) break;
    }
    await client.query('close rows');
  }
  yield { end: seen.rows };
}

async function* textOf(lines: AsyncIterable<BackupLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/** Every file of the keys by its path, in one encrypted file. */
async function keepKeys(
  dataFolder: string,
  folder: string,
  recipients: readonly string[],
): Promise<string[]> {
  const files: Record<string, string> = {};
  const kept: string[] = [];
  for (const name of keyFiles) {
    const found = await filesUnder(dataFolder, name);
    for (const path of found) files[path] = (await readFile(join(dataFolder, path))).toString('base64');
    if (found.length > 0) kept.push(name);
  }
  const text = Readable.from([Buffer.from(JSON.stringify(files))], { objectMode: false });
  await pipeline(
    await encrypted(text, recipients),
    createWriteStream(join(folder, keysFile), { mode: 0o600 }),
  );
  return kept;
}

async function filesUnder(root: string, path: string): Promise<string[]> {
  try {
    if ((await stat(join(root, path))).isFile()) return [path];
    const entries = await readdir(join(root, path));
    return (await Promise.all(entries.map((entry) => filesUnder(root, `${path}/${entry}`)))).flat();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}

export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, manifestFile), 'utf8')) as { format?: string };
    if ((backupFormats as readonly unknown[]).includes(manifest.format)) return manifest as Manifest;
  } catch {
    // Said below.
  }
  throw new CliError('usage', `${folder} holds no whole backup.`, 'It has a manifest.json once it is whole.');
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(
    createReadStream(file),
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done();
      },
    }),
  );
  return hash.digest('hex');
}

/** On the disk, not only in memory, before it is called whole. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
