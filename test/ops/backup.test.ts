import { execFile } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { decrypted } from '../../src/cli/operator/age';
import { backUp as backUpTo, sha256Of } from '../../src/cli/operator/backup';
import type { Manifest } from '../../src/cli/operator/backup';
import { restoreKeys } from '../../src/cli/operator/restore';
import type { CaseId } from '../../src/domain/model/ids';
import { createPool } from '../../src/record/postgres/database';
import { createRecord } from '../../src/record/record';
import { caseAt, openRecordRoom, sealKey } from '../record/support/record-room';
import type { RecordRoom } from '../record/support/record-room';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';
import { eventually, openProcessRoom } from '../workflows/support/process-room';

const root = join(__dirname, '../..');
const homeward = [
  process.execPath,
  '-r',
  join(root, 'test/support/run-typescript.cjs'),
  join(root, 'src/cli/main.ts'),
];

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}
const run = (file: string, words: readonly string[], env: Record<string, string>): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      file,
      words,
      { env: { ...process.env, NO_COLOR: '1', HOMEWARD_CLI: homeward.join(' '), ...env } },
      (error, out, complaint) => {
        resolve({ code: error ? Number(error.code ?? -1) : 0, out, complaint });
      },
    );
  });

describe('a backup of the record, taken by the script and restored into an empty database', () => {
  let recordRoom: RecordRoom;
  let folder: string;
  let key: string;
  let recipient: string;
  const databases: TestDatabase[] = [];
  beforeAll(async () => {
    recordRoom = await openRecordRoom({ capacity: 20 });
    folder = mkdtempSync(join(tmpdir(), 'homeward-backup-'));
    key = join(folder, 'backup.key');
    const made = await run(homeward[0]!, [...homeward.slice(1), '--json', 'ops', 'backup-key', key], {});
    ({ recipient } = JSON.parse(made.out) as { recipient: string });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    for (const database of databases) await database.drop();
    await recordRoom.close();
  });

  const backUp = async (): Promise<string> => {
    const into = mkdtempSync(join(folder, 'into-'));
    const { code, complaint } = await run(join(root, 'ops/backup.sh'), [into], {
      DATABASE_URL: recordRoom.database.connectionString,
      BACKUP_TO: recipient,
    });
    if (code !== 0) throw new Error(complaint);
    return join(into, readdirSync(into)[0]!);
  };
  const empty = async (): Promise<TestDatabase> => {
    const database = await createTestDatabase({ empty: true });
    databases.push(database);
    return database;
  };
  const restore = (from: string, { connectionString }: TestDatabase, identity = key): Promise<Ended> =>
    run(homeward[0]!, [...homeward.slice(1), 'ops', 'restore', from, '--identity', identity], {
      DATABASE_URL: connectionString,
    });

  it('is read by nobody without the key: neither a name nor a reference is in it', async () => {
    const { case: id } = await recordRoom.open();
    const from = await backUp();
    expect(readdirSync(from).sort()).toEqual(['manifest.json', 'record.jsonl.gz.age']);
    const bytes = readFileSync(join(from, 'record.jsonl.gz.age'));
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    expect(() => gunzipSync(bytes)).toThrow();
    expect(readFileSync(join(from, 'manifest.json'), 'utf8')).not.toContain(id);
    const database = await empty();
    const other = join(folder, 'other.key');
    await run(homeward[0]!, [...homeward.slice(1), 'ops', 'backup-key', other], {});
    expect(await restore(from, database, other)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('can’t read this backup') as string,
    });
    expect(await restore(from, database)).toMatchObject({ code: 0 });
  });

  it('is not made for nobody', async () => {
    const { code, complaint } = await run(join(root, 'ops/backup.sh'), [folder], {
      DATABASE_URL: recordRoom.database.connectionString,
      BACKUP_TO: '',
    });
    expect(code).not.toBe(0);
    expect(complaint).toContain('BACKUP_TO');
  });

  it('has the keys of the stack only when they are asked for, and then encrypted', async () => {
    const stack = mkdtempSync(join(folder, 'stack-'));
    writeFileSync(join(stack, 'seal.key'), 'the secret of this test');
    mkdirSync(join(stack, 'issuer'));
    writeFileSync(join(stack, 'issuer', 'keys.json'), '{}');
    const into = join(folder, 'with-keys');
    const wishes = { recipients: [recipient], progress: () => undefined };
    const manifest = await backUpTo(recordRoom.database.connectionString, into, { ...wishes, keysOf: stack });
    expect(manifest.keys).toEqual(['seal.key', 'issuer']);
    expect(readFileSync(join(into, 'keys.json.age'), 'latin1')).not.toContain('the secret of this test');
    const other = mkdtempSync(join(folder, 'other-'));
    await restoreKeys(into, other, manifest, key);
    expect(readFileSync(join(other, 'seal.key'), 'utf8')).toBe('the secret of this test');
    expect(statSync(join(other, 'seal.key')).mode & 0o077).toBe(0);
    expect(existsSync(join(other, 'issuer', 'keys.json'))).toBe(true);
  });

  it('of the release before, in clear, is restored as it was', async () => {
    const database = await empty();
    const from = await backUp();
    const old = mkdtempSync(join(folder, 'old-'));
    const sealed = createReadStream(join(from, 'record.jsonl.gz.age'));
    await pipeline(await decrypted(sealed, key), createWriteStream(join(old, 'record.jsonl.gz')));
    const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8')) as Manifest;
    const sha256 = await sha256Of(join(old, 'record.jsonl.gz'));
    writeFileSync(
      join(old, 'manifest.json'),
      JSON.stringify({ ...manifest, format: 'homeward-backup-1', sha256 }),
    );
    const { code, complaint } = await restore(old, database);
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
    expect(await contentsOf(database)).toEqual(await contentsOf(recordRoom.database));
  });

  it('holds every row of every table, to the byte', async () => {
    for (const milestone of ['verified', 'hosted', 'departed', 'handed-over'] as const)
      await caseAt(recordRoom, milestone);
    await recordRoom.send('ru-decider', (await recordRoom.open()).case, { type: 'depart' } as never);
    const database = await empty();
    const { code, complaint } = await restore(await backUp(), database);
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
    expect(await contentsOf(database)).toEqual(await contentsOf(recordRoom.database));
  });

  it('taken while people write: whoever had an answer before it began finds it after the restore', async () => {
    const answered: string[] = [];
    const over = new AbortController();
    const writing = (async () => {
      while (!over.signal.aborted) {
        const { case: id } = await recordRoom.open();
        const { receipt } = await recordRoom.act('qa-officer-1', id, { type: 'acknowledgeCase' });
        answered.push(receipt!.commandId);
      }
    })();
    await eventually(() => (answered.length > 5 ? true : undefined));
    const before = [...answered];
    const from = await backUp();
    over.abort();
    await writing;
    const database = await empty();
    expect((await restore(from, database)).code).toBe(0);
    const pool = createPool({ connectionString: database.connectionString });
    const record = createRecord({ pool, sealKey });
    try {
      for (const id of before) expect(await record.findCommand(id)).toMatchObject({ status: 'recorded' });
      // Nothing in it is half of a transaction.
      const { rows } = await pool.query<{ id: CaseId }>(
        'select id from cases where version <> (select max(version) from events where case_id = id)',
      );
      expect(rows).toEqual([]);
    } finally {
      await pool.end();
    }
  });

  it('goes on where it was: processes are rebuilt, a reminder that was sent is not sent again', async () => {
    const { case: id } = await recordRoom.open();
    const database = await empty();
    const client = new Client({ connectionString: recordRoom.database.superuserUrl });
    await client.connect();
    // As the dispatcher leaves it.
    await client.query(`update outbox set status = 'sent', sent_at = clock_timestamp() where case_id = $1`, [
      id,
    ]);
    await client.end();
    expect((await restore(await backUp(), database)).code).toBe(0);
    const notices = async (status: string) =>
      (
        await room.pool.query<{ id: string }>(
          'select id from outbox where case_id = $1 and status = $2 order by id',
          [id, status],
        )
      ).rows;
    const room = await openProcessRoom('restored', { database, change: () => recordRoom.mechanism });
    try {
      const sent = await notices('sent');
      expect(sent.length).toBeGreaterThan(0);
      await room.startWorker();
      const { code, out } = await run(homeward[0]!, [...homeward.slice(1), '--json', 'rebuild', '--all'], {
        DATABASE_URL: database.connectionString,
        TEMPORAL_ADDRESS: room.address,
        HOMEWARD_TASK_QUEUE: room.taskQueue,
      });
      expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: 0, running: 0, failed: 0 });
      await room.submit('qa-officer-1', id, { type: 'acknowledgeCase' });
      await room.submit('qa-officer-1', id, { type: 'acceptFile' });
      expect(await notices('sent')).toEqual(sent);
    } finally {
      await room.close();
    }
  });

  it('is refused into a database that holds anything, when damaged, and when it is not whole', async () => {
    const from = await backUp();
    expect(await restore(from, recordRoom.database)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('not empty') as string,
    });
    const database = await empty();
    const file = join(from, 'record.jsonl.gz.age');
    truncateSync(file, statSync(file).size - 20);
    expect(await restore(from, database)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('hash differs') as string,
    });
    rmSync(join(from, 'manifest.json'));
    expect(await restore(from, database)).toMatchObject({ code: 2 });
  });

  it('of another release is refused by name, and nothing of it stays', async () => {
    const from = await backUp();
    const path = join(from, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    writeFileSync(path, JSON.stringify({ ...manifest, migrations: [...manifest.migrations, '0099-later'] }));
    const database = await empty();
    expect(await restore(from, database)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('0099-later') as string,
    });
    expect((await contentsOf(database)).events).toMatchObject({ count: 0 });
  });

  it('can be read by its owner alone', async () => {
    const from = await backUp();
    for (const file of readdirSync(from)) expect(statSync(join(from, file)).mode & 0o077).toBe(0);
    expect(statSync(from).mode & 0o077).toBe(0);
  });
});

/** Each table by a hash over its rows, whatever order they lie in. */
async function contentsOf({
  connectionString,
}: TestDatabase): Promise<Record<string, { count: number; hash: string }>> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`,
    );
    const contents: Record<string, { count: number; hash: string }> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ count: number; hash: string }>(
        `select count(*)::integer as count, md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) as hash from ${name} t`,
      );
      contents[name] = rows[0]!;
    }
    return contents;
  } finally {
    await client.end();
  }
}
