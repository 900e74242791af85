/**
 * The connection pool of the record: how values cross between Postgres and the rules, and how long a
 * transaction may keep others waiting.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, TypeOverrides } from 'pg';
import type { Tables } from './tables';

export type Database = Kysely<Tables>;
export interface DatabaseSettings {
  readonly connectionString: string;
  /** Connections at most; the record needs one per command in flight. */
  readonly max?: number;
  /** How long one command may wait for the others of its case before it is told to come again. */
  readonly lockTimeoutMs?: number;
  /** Told of connections that broke while idle; the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void;
}

const oid = { int8: 20, date: 1082, timestamptz: 1184 } as const;

function valueTypes(): TypeOverrides {
  const types = new TypeOverrides();
  // Counts only; none comes near 2^53.
  types.setTypeParser(oid.int8, Number);
  // A Date would move a birth date by a day with the time zone of the process.
  types.setTypeParser(oid.date, (text: string) => text);
  types.setTypeParser(oid.timestamptz, (text: string) => new Date(text).toISOString());
  return types;
}

export function createPool({
  connectionString,
  max = 20,
  lockTimeoutMs = 10_000,
  onIdleError,
}: DatabaseSettings): Pool {
  const pool = new Pool({
    connectionString,
    max,
    application_name: 'homeward',
    // Statements that need no answer of each other leave together: a command takes two round trips.
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    // A process that hangs in mid-transaction must not keep a case locked.
    idle_in_transaction_session_timeout: 10_000,
    lock_timeout: lockTimeoutMs,
    statement_timeout: 30_000,
    types: valueTypes(),
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', (error) => onIdleError?.(error));
  return pool;
}

export const queryable = (pool: Pool): Database =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
