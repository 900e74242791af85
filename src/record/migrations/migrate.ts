/** Brings a database to this code's schema. Safe when several processes start at once: the others wait. */
import { Migrator, PostgresDialect, Kysely, sql } from 'kysely';
import type { Migration } from 'kysely';
import { createConnection, createPool } from '../postgres/database';
import { createMechanisms } from '../store/mechanisms';
import { migrations } from './';
import { bringProjectionsUpToDate } from '../projections/rebuild';
import { RecordError } from '../postgres/record-error';
import { grantToApplication } from '../postgres/rights';
import { retry } from '../postgres/transaction';

const known = Object.keys(migrations);

interface Migrating {
  /** Of the owner of the tables. */
  readonly connectionString: string;
  /** Of the role that everything else signs in as; it is given its rights anew. */
  readonly applicationUrl?: string;
  /** Told, in words for a person, of what takes longer than a moment. */
  readonly say?: (line: string) => void;
}

/**
 * Runs what is missing, in one transaction, and gives the names of what it ran; then makes the lists anew if older
 * code made them. Refuses a database that a newer Homeward has migrated (`schema-newer`): this code would write what
 * the newer one does not expect.
 */
export async function migrateToLatest({
  connectionString,
  applicationUrl,
  say,
}: Migrating): Promise<string[]> {
  // A Postgres that is starting just now is no reason to end: nor is it for one that only looks, below.
  const ran = await retry(() => runMissing(connectionString)).catch(namingTheOwner);
  if (applicationUrl !== undefined) await retry(() => grantToApplication(connectionString, applicationUrl));
  const pool = createPool({ connectionString, max: 1 });
  try {
    const { cases } = await bringProjectionsUpToDate(pool, createMechanisms(pool), () =>
      say?.(
        'The lists of cases are from an older release and are made anew from the record; nothing is lost.',
      ),
    );
    if (cases > 0) say?.(`The lists of ${cases} cases are made anew.`);
  } finally {
    await pool.end();
  }
  return ran;
}

const namingTheOwner = (error: unknown): never => {
  if (!(error instanceof RecordError) || error.code !== 'not-allowed') throw error;
  throw new RecordError(
    'not-allowed',
    'the role of DATABASE_URL may not change the tables; name the one that owns them in DATABASE_OWNER_URL',
    false,
    { cause: error },
  );
};

async function runMissing(connectionString: string): Promise<string[]> {
  const pool = createPool({ connectionString, max: 1, withoutTimeLimits: true });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await assertNotNewer(db);
    const { error, results = [] } = await migratorOf(db).migrateToLatest();
    // Another process may have migrated further between the look and the lock.
    if (error) await assertNotNewer(db);
    if (error) throw error as Error;
    return results.map(({ migrationName }) => migrationName);
  } finally {
    await db.destroy();
  }
}

/** Throws `schema-older` or `schema-newer` when the database is not exactly at this code's schema. For readiness. */
export const assertMigrated = ({ connectionString }: { connectionString: string }): Promise<void> =>
  retry(() => lookAtMigrations(connectionString));

async function lookAtMigrations(connectionString: string): Promise<void> {
  const client = createConnection({ connectionString });
  try {
    await client.connect();
    const { rows } = await client.query<{ table: string | null }>(
      `select to_regclass('kysely_migration') as table`,
    );
    const ran = rows[0]?.table
      ? (await client.query<{ name: string }>('select name from kysely_migration')).rows.map(
          ({ name }) => name,
        )
      : [];
    assertKnown(ran);
    const missing = known.filter((name) => !ran.includes(name));
    if (missing.length > 0)
      throw new RecordError('schema-older', `the database lacks ${missing.join(', ')}`, true);
  } finally {
    await client.end();
  }
}

const migratorOf = (db: Kysely<unknown>): Migrator =>
  new Migrator({
    db,
    provider: {
      getMigrations: () =>
        Promise.resolve(
          Object.fromEntries(
            Object.entries(migrations).map(([name, text]): [string, Migration] => [
              name,
              {
                up: async (transaction) => {
                  await sql.raw(text).execute(transaction);
                },
              },
            ]),
          ),
        ),
    },
  });

async function assertNotNewer(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{
    table: string | null;
  }>`select to_regclass('kysely_migration') as table`.execute(db);
  if (!rows[0]?.table) return;
  const ran = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  assertKnown(ran.rows.map(({ name }) => name));
}

function assertKnown(ran: readonly string[]): void {
  const unknown = ran.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new RecordError(
    'schema-newer',
    `the database was migrated by a newer Homeward (${unknown.join(', ')}); start that version or a later one`,
    false,
  );
}
