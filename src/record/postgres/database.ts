/**
 * Connections of the record: how values cross between Postgres and the rules, how long a transaction may keep
 * others waiting, and that no connection takes the process with it when it breaks.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { Client, Pool, TypeOverrides } from 'pg';
import type { ClientConfig } from 'pg';
import type { Tables } from './tables';

export type Database = Kysely<Tables>;
export interface DatabaseSettings {
  readonly connectionString: string;
  /** Connections at most; the record needs one per command in flight. */
  readonly max?: number;
  /** How long one command may wait for the others of its case before it is told to come again. */
  readonly lockTimeoutMs?: number;
  /** How long an answer may take to come: a network may drop without a word. More than Postgres gives a statement. */
  readonly answerTimeoutMs?: number;
  /** Told of connections that broke while idle; the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void;
  /** For migrations: an index over a large table may take long. */
  readonly withoutTimeLimits?: boolean;
}

const statementTimeoutMs = 30_000;
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
  answerTimeoutMs = statementTimeoutMs + 10_000,
  onIdleError,
  withoutTimeLimits = false,
}: DatabaseSettings): Pool {
  const pool = new Pool({
    connectionString,
    max,
    application_name: 'homeward',
    // Statements that need no answer of each other leave together: a command takes two round trips.
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(withoutTimeLimits
      ? {}
      : {
          // A process that hangs in mid-transaction must not keep a case locked.
          idle_in_transaction_session_timeout: 10_000,
          lock_timeout: lockTimeoutMs,
          statement_timeout: statementTimeoutMs,
          query_timeout: answerTimeoutMs,
        }),
    types: valueTypes(),
  });
  // The pool listens to a connection only while it is idle. One that breaks in use, between two statements or before
  // its first, would end the process; the statement that comes next fails and says so.
  pool.on('connect', outlive);
  pool.on('error', (error) => onIdleError?.(error));
  return pool;
}

/** One connection of its own, not yet connected: for work that is no command's. */
export function createConnection(config: ClientConfig): Client {
  const client = new Client(config);
  outlive(client);
  return client;
}

/** For as long as it lives: Node ends a process for an 'error' that nobody listens to. */
function outlive(client: Pick<Client, 'on'>): void {
  client.on('error', () => undefined);
}

export const queryable = (pool: Pool): Database =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
