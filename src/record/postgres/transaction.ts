/**
 * Transactions on one connection, in as few round trips as the work allows, repeated when they collided with
 * others or lost their connection. Repeating is safe because a command id is written once.
 */
import type { Writable } from 'node:stream';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { bounded } from './bounded-time';
import { mayRepeat, recordErrorOf } from './record-error';
import type { Statement } from './statement';

export type { Statement } from './statement';

export const begin: Statement = { text: 'begin' };
export const commit: Statement = { text: 'commit' };

/** Pauses before each repetition: short for a collision, long enough in sum for a restart of Postgres. */
const pausesMs = [20, 100, 400, 1_200];

/**
 * Sends statements without waiting between them and gives all results. Each sees what the ones before it did.
 * Inside a transaction a failed one fails all after it, `commit` included.
 */
export async function pipeline<Row extends QueryResultRow = QueryResultRow>(
  client: PoolClient,
  statements: readonly Statement[],
): Promise<QueryResult<Row>[]> {
  const sent = inOnePacket(client, () =>
    statements.map((statement) => client.query<Row>(bounded(statement) as QueryConfig)),
  );
  const answers = await Promise.allSettled(sent);
  // The first failure is the cause; those behind it only say that the transaction is aborted.
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
  return answers.map((answer) => (answer as PromiseFulfilledResult<QueryResult<Row>>).value);
}

/** A system call per command instead of one per statement. The stream is pg's own; its types do not show it. */
function inOnePacket<Result>(client: PoolClient, send: () => Result): Result {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

export async function query<Row extends QueryResultRow>(
  client: PoolClient,
  statement: Statement,
): Promise<QueryResult<Row>> {
  // Statements are made once and read-only; pg's type only lacks the word.
  return client.query<Row>(bounded(statement) as QueryConfig);
}

/** Runs `work` on a connection until it succeeds or has failed for good; it begins and commits by itself. */
export const retrying = <Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> => retry(() => onConnection(pool, work));

/** For work that finds its own connection. Every failure that gets out is a `RecordError`. */
export async function retry<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const pause of [...pausesMs, undefined]) {
    try {
      return await work();
    } catch (error) {
      if (pause === undefined || !mayRepeat(error)) throw recordErrorOf(error);
      // Those that collided must not collide again in step.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
  throw new Error('unreachable');
}

async function onConnection<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    // Never used again: whatever ailed it (an open transaction, a standby, a plan from before a migration) ends.
    client.release(true);
    throw error;
  }
}
