/**
 * The connection pool of the record: how values cross between Postgres and the rules, and how long a
 * transaction may keep others waiting.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Tables } from './tables';

export type Database = Kysely<Tables>;
export interface DatabaseSettings {
  readonly connectionString: string;
  /** Connections at most; the record needs one per command in flight. */
  readonly max?: number;
  /** Told of connections that broke while idle; the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void;
}

const oid = { int8: 20, date: 1082, timestamptz: 1184 } as const;
const readers: Readonly<Record<number, (text: string) => unknown>> = {
  // Counts only; none comes near 2^53.
  [oid.int8]: Number,
  // A Date would move a birth date by a day with the time zone of the process.
  [oid.date]: (text) => text,
  [oid.timestamptz]: (text) => new Date(text).toISOString(),
};

export function createPool({ connectionString, max = 20, onIdleError }: DatabaseSettings): Pool {
  const pool = new Pool({
    connectionString,
    max,
    application_name: 'homeward',
    // Statements that need no answer of each other leave together: a command takes two round trips.
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    // A process that hangs in mid-transaction must not keep a case locked.
    idle_in_transaction_session_timeout: 10_000,
    // Longer than any queue for one case; what waits longer is told to try again.
    lock_timeout: 10_000,
    statement_timeout: 30_000,
    types: {
      getTypeParser: ((id: number, format?: 'text' | 'binary') =>
        (format !== 'binary' && readers[id]) ||
        // pg's own table keys its overloads by literal ids.
        types.getTypeParser(
          id as Parameters<typeof types.getTypeParser>[0],
          format as 'text',
        )) as typeof types.getTypeParser,
    },
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', (error) => onIdleError?.(error));
  return pool;
}

export const queryable = (pool: Pool): Database =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
