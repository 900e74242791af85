/**
 * What an operator's command stands on: Postgres and Temporal from the environment, or those of the stack that runs
 * on the data folder. It is never given the key that seals commands, so nothing here can decide in anyone's name.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import pino from 'pino';
import type { CaseProcesses } from '../../../activities/deps';
import { parseConfig } from '../../config';
import { createPool } from '../../record/postgres/database';
import { assertMigrated } from '../../record/migrations/migrate';
import { createRecord } from '../../record/record';
import type { CaseRecord } from '../../record/record';
import { RecordError } from '../../record/postgres/record-error';
import { readLockNote } from '../../stack/lock';
import { createCaseProcesses } from '../../temporal/case-processes';
import { connectClient, TemporalUnreachable } from '../../temporal/connection';
import { CliError } from '../cli-error';

/** What operators need of the record; no door by which anything could be decided in a case is among it. */
export type OperatorRecord = Pick<
  CaseRecord,
  'load' | 'systemStatus' | 'listOpenCases' | 'operations' | 'deadLetters' | 'clock'
> & { readonly selfCheck: Pick<CaseRecord['selfCheck'], 'listDoubts'> };

export interface OperatorParts {
  readonly record: OperatorRecord;
  readonly processes: CaseProcesses;
  readonly client: Client;
  readonly taskQueue: string;
  readonly dataFolder: string;
  readonly isEmbedded: boolean;
  readonly databaseUrl: string;
  /** Of the Temporal UI, where it is known. */
  readonly uiUrl: string | undefined;
  readonly logger: pino.Logger;
}

/** The record's database, and the data folder where it is the embedded one. Needs no Temporal. */
export function findDatabase(env: NodeJS.ProcessEnv = process.env): {
  databaseUrl: string;
  dataFolder?: string;
} {
  const { database, dataFolder } = parseConfig(env);
  if ('url' in database) return { databaseUrl: database.url };
  const databaseUrl = readLockNote({ run: join(dataFolder, 'run') })?.databaseUrl;
  if (databaseUrl === undefined) throw nothingRuns(dataFolder);
  return { databaseUrl, dataFolder };
}

/** Whatever an official has not sealed is refused under this key, and so is everything of ours. */
const readerOf = (pool: Pool): OperatorRecord =>
  createRecord({ pool, sealKey: randomBytes(32).toString('base64url'), isReader: true });

/** The record alone, for what needs no Temporal. */
export async function withOperatorRecord<Result>(
  work: (record: OperatorRecord) => Promise<Result>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Result> {
  const { databaseUrl: connectionString } = findDatabase(env);
  const pool = createPool({ connectionString, max: 2, onIdleError: () => undefined });
  try {
    await assertMigrated({ connectionString });
    return await work(readerOf(pool));
  } catch (error) {
    throw explained(error);
  } finally {
    await pool.end();
  }
}

/** Joins the parts, does the work, and closes what it opened. */
export async function withOperatorParts<Result>(
  work: (parts: OperatorParts) => Promise<Result>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Result> {
  const config = parseConfig(env);
  const note = readLockNote({ run: join(config.dataFolder, 'run') });
  const databaseUrl = 'url' in config.database ? config.database.url : note?.databaseUrl;
  const temporal = 'address' in config.temporal ? config.temporal : note?.temporal;
  if (databaseUrl === undefined || temporal === undefined) throw nothingRuns(config.dataFolder);
  const pool = createPool({ connectionString: databaseUrl, max: 8, onIdleError: () => undefined });
  try {
    await assertMigrated({ connectionString: databaseUrl });
    const { address, namespace } = temporal;
    // TLS and keys as every Temporal tool has them; of an embedded server there are none.
    const { client, connection } = await connectClient({
      ...('address' in config.temporal ? { connectionOptions: config.temporalConnection } : {}),
      address,
      namespace,
    });
    try {
      return await work({
        record: readerOf(pool),
        processes: createCaseProcesses(client, config.taskQueue),
        client,
        taskQueue: config.taskQueue,
        dataFolder: config.dataFolder,
        isEmbedded: note?.databaseUrl === databaseUrl,
        databaseUrl,
        uiUrl: note?.temporal?.uiUrl,
        logger: pino({ level: 'silent' }),
      });
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw explained(error);
  } finally {
    await pool.end();
  }
}

const nothingRuns = (dataFolder: string): CliError =>
  new CliError(
    'unreachable',
    `No Homeward runs on ${dataFolder}.`,
    'Start it there, or give DATABASE_URL and TEMPORAL_ADDRESS (or HOMEWARD_DATA of the one that runs).',
  );

function explained(error: unknown): unknown {
  if (error instanceof TemporalUnreachable)
    return new CliError('unreachable', error.message, 'docs/operations.md, “When Temporal fails”.');
  if (error instanceof RecordError && (error.transient || error.code === 'schema-newer'))
    return new CliError(
      'unreachable',
      `Postgres: ${error.message}`,
      'docs/operations.md, “When Postgres fails”.',
    );
  return error;
}
