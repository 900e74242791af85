/**
 * A backup of the record in one file, and of the keys beside it: everything that can't be made anew. Read in one
 * snapshot while others write, without tools that must match the server's version. What the engine holds is not
 * in it: it is rebuilt from the record.
 *
 * The file is gzip over lines of JSON: a header, each table's name and columns before its rows, and a last line
 * without which it is not whole.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, cp, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { createConnection } from '../../register/database';
import { CliError } from '../cli-error';

export const backupFormat = 'homeward-backup-1';
export const recordFile = 'record.jsonl.gz';
export const manifestFile = 'manifest.json';
/** Of the embedded stack: without them sealed commands, webhooks and sessions of the day before are void. */
export const keyFiles = ['seal.key', 'issuer'] as const;

export interface Manifest {
  readonly format: typeof backupFormat;
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

/** Writes into a new folder; half a backup is left under another name and never looks like a whole one. */
export async function backUp(
  databaseUrl: string,
  folder: string,
  { dataFolder, progress }: { dataFolder?: string; progress: (rows: number, of: number) => void },
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
    await pipeline(lines, createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
    await flush(unfinished);
    if (!seen.header) throw new Error('nothing was read');
    const keys = dataFolder === undefined ? [] : await copyKeys(dataFolder, folder);
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

async function copyKeys(dataFolder: string, folder: string): Promise<string[]> {
  const keys = join(folder, 'keys');
  await mkdir(keys, { recursive: true, mode: 0o700 });
  const copied: string[] = [];
  for (const name of keyFiles) {
    try {
      await cp(join(dataFolder, name), join(keys, name), { recursive: true, force: true });
      copied.push(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  if (copied.includes('seal.key')) await chmod(join(keys, 'seal.key'), 0o600);
  return copied;
}

export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, manifestFile), 'utf8')) as { format?: string };
    if (manifest.format === backupFormat) return manifest as Manifest;
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
