/** How many rows Postgres reads for what the record is asked: by its own count of every scan, never by time. */
import { Client } from 'pg';
import type { QueryConfig } from 'pg';
import type { RecordRoom } from './record-room';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Of every scan of a table or an index: what it gave, and what it read and threw away. */
function rowsOf(plan: Plan): number {
  // A bitmap's rows are read by the heap scan above it.
  const isScan =
    / Scan$|^Index Only Scan/.test(plan['Node Type']) &&
    !/^(CTE|Subquery|Function|Values|Bitmap Index|WorkTable|Result)/.test(plan['Node Type']);
  const own = isScan
    ? (plan['Actual Rows'] +
        (plan['Rows Removed by Filter'] ?? 0) +
        (plan['Rows Removed by Index Recheck'] ?? 0)) *
      plan['Actual Loops']
    : 0;
  return own + (plan.Plans ?? []).reduce((sum, below) => sum + rowsOf(below), 0);
}

type Asked = QueryConfig & { readonly values?: unknown[] };

/** The rows that the statements of `ask` read. They are seen going by, and run again without effect to be explained. */
export async function countRowsRead(room: RecordRoom, ask: () => Promise<unknown>): Promise<number> {
  const asked: Asked[] = [];
  const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(function (
    this: Client,
    ...given: unknown[]
  ) {
    const [statement, values] = given as [string | Asked, unknown[] | undefined];
    asked.push(typeof statement === 'string' ? { text: statement, ...(values && { values }) } : statement);
    return (original as (...args: unknown[]) => unknown).apply(this, given);
  });
  try {
    await ask();
  } finally {
    spy.mockRestore();
  }
  const client = await room.pool.connect();
  let rows = 0;
  try {
    for (const { text, values } of asked.filter((each) =>
      /^\s*(select|with|insert|update|delete)/i.test(each.text),
    )) {
      await client.query('begin');
      const explained = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
        text: `explain (analyze, timing off, buffers off, format json) ${text}`,
        ...(values && { values: [...values] }),
      });
      await client.query('rollback');
      rows += rowsOf(explained.rows[0]!['QUERY PLAN'][0].Plan);
    }
  } finally {
    client.release();
  }
  return Math.round(rows);
}

const original = Client.prototype.query;
