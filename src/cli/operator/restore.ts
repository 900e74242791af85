/**
 * Brings a backup into an empty database, in one transaction: whatever happens in the middle, nothing of it is
 * there. Afterwards every process is started anew from the record.
 */
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { createConnection } from '../../record/postgres/database';
import { migrateToLatest } from '../../record/migrations/migrate';
import { CliError } from '../cli-error';
import { decrypted } from './age';
import { keyFiles, keysFile, readManifest, recordFiles, sha256Of } from './backup';
import type { BackupLine, Manifest } from './backup';

const rowsAtOnce = 500;

/** Refuses a damaged file, one of another release, and a database that holds anything. */
export async function restoreRecord(
  databaseUrl: string,
  folder: string,
  identityFile: string | undefined,
  progress: (rows: number, of: number) => void,
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const file = join(folder, recordFiles[manifest.format]);
  if ((await sha256Of(file)) !== manifest.sha256)
    throw new CliError(
      'refused',
      `${file} is not what was written: its hash differs.`,
      'Take another backup.',
    );
  const packed = createReadStream(file);
  // A key that can't read it is told before anything is done to the database.
  const clear = manifest.format === 'homeward-backup-1' ? packed : await decrypted(packed, identityFile);
  await migrateToLatest({ connectionString: databaseUrl });
  const client = createConnection({ connectionString: databaseUrl, application_name: 'homeward restore' });
  await client.connect();
  try {
    await assertFits(client, manifest);
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    const all = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
    const restored = await load(client, file, clear, (rows) => {
      progress(rows, all);
    });
    if (JSON.stringify(restored) !== JSON.stringify(manifest.rows))
      throw new CliError('refused', 'The backup is not whole: rows are missing.', 'Take another backup.');
    await setCounters(client);
    await client.query('commit');
    return manifest;
  } finally {
    await client.end();
  }
}

/** Keys that a stack has already are another stack's: they are not replaced. */
export async function restoreKeys(
  folder: string,
  dataFolder: string,
  { format, keys }: Manifest,
  identityFile: string | undefined,
): Promise<void> {
  for (const name of keys)
    if (existsSync(join(dataFolder, name)))
      throw new CliError(
        'refused',
        `${join(dataFolder, name)} is there already.`,
        'Restore into a new folder.',
      );
  if (format === 'homeward-backup-1')
    for (const name of keys)
      await cp(join(folder, 'keys', name), join(dataFolder, name), { recursive: true });
  else if (keys.length > 0) {
    const text = await buffer(await decrypted(createReadStream(join(folder, keysFile)), identityFile));
    for (const [path, content] of Object.entries(JSON.parse(text.toString()) as Record<string, string>)) {
      // Whoever knows the recipient could have written the file.
      if (!keyFiles.some((name) => path === name || path.startsWith(`${name}/`)) || path.includes('..'))
        throw new CliError('refused', `${keysFile} holds ${path}, which is no key.`, 'Take another backup.');
      await mkdir(dirname(join(dataFolder, path)), { recursive: true, mode: 0o700 });
      await writeFile(join(dataFolder, path), Buffer.from(content, 'base64'), { mode: 0o600 });
    }
  }
}

async function assertFits(client: Client, { migrations }: Manifest): Promise<void> {
  const ours = await client.query<{ name: string }>('select name from kysely_migration order by name');
  if (ours.rows.map(({ name }) => name).join() !== migrations.join())
    throw new CliError(
      'refused',
      `The backup is of another release (its last migration is ${migrations.at(-1) ?? 'none'}).`,
      'Restore it with that release, then upgrade.',
    );
  for (const table of ['events', 'commands', 'mechanisms'])
    if ((await client.query(`select 1 from ${table} limit 1`)).rowCount !== 0)
      throw new CliError(
        'refused',
        'The database is not empty.',
        'Restore into a new one; nothing is ever merged.',
      );
}

async function load(
  client: Client,
  file: string,
  source: Readable,
  progress: (rows: number) => void,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let table: { name: string; columns: string } | undefined;
  let waiting: object[] = [];
  let all = 0;
  let isWhole = false;
  const write = async (): Promise<void> => {
    if (!table || waiting.length === 0) return;
    await client.query(
      `insert into ${client.escapeIdentifier(table.name)} (${table.columns}) overriding system value
       select ${table.columns} from jsonb_populate_recordset(null::${client.escapeIdentifier(table.name)}, $1::jsonb)`,
      [JSON.stringify(waiting)],
    );
    counts[table.name] = (counts[table.name] ?? 0) + waiting.length;
    all += waiting.length;
    waiting = [];
    progress(all);
  };
  for await (const text of createInterface({ input: source.pipe(createGunzip()) })) {
    const line = JSON.parse(text) as BackupLine;
    if ('row' in line) {
      waiting.push(line.row);
      if (waiting.length >= rowsAtOnce) await write();
    } else {
      await write();
      if ('table' in line) {
        table = {
          name: line.table,
          columns: line.columns.map((name) => client.escapeIdentifier(name)).join(', '),
        };
        counts[line.table] = 0;
        await clear(client, client.escapeIdentifier(line.table));
      }
      isWhole = 'end' in line;
    }
  }
  if (!isWhole) throw new CliError('refused', `${file} ends in the middle.`, 'Take another backup.');
  return counts;
}

/** What a migration wrote into the new database, such as the version of its projections, is the backup's to say. */
async function clear(client: Client, table: string): Promise<void> {
  // Asked first: an append-only table refuses even a delete that finds nothing.
  const { rowCount } = await client.query(`select 1 from ${table} limit 1`);
  if (rowCount !== 0) await client.query(`delete from ${table}`);
}

/** Numbers that the database gives go on after the last one given. */
async function setCounters(client: Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''`,
  );
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), (select coalesce(max(${client.escapeIdentifier(column)}), 0) + 1
         from ${client.escapeIdentifier(table)}), false)`,
      [table, column],
    );
}
