/**
 * Whether Postgres can still write: on a full disk, as a standby or set read-only it goes on answering reads, and a
 * process that only asked `select 1` would call itself ready to take commands.
 */
import type { Pool } from 'pg';
import { RecordError } from './record-error';
import { begin, commit, retrying, pipeline } from './transaction';

/** Spills half a megabyte into a temporary file, which needs room where the tables lie, and leaves nothing behind. */
const spill = { text: "set local work_mem = '64kB'" };
const room = {
  text: 'select count(*) from (select n from generate_series(1, 12000) as n order by n desc offset 0) as spilled',
};
/** A line in the write-ahead log that belongs to no table. It is not refused where only tables are read-only. */
const line = {
  text: `select pg_logical_emit_message(true, 'homeward', 'can write'),
                current_setting('transaction_read_only') = 'on' as refused`,
};

/** Throws a `RecordError`: `unwritable` when Postgres answers and can't write. One probe at a time, for all who ask. */
export function createWriteProbe(pool: Pool): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () =>
    (running ??= probe(pool).finally(() => {
      running = undefined;
    }));
}

const unwritable = (cause?: unknown): RecordError =>
  new RecordError('unwritable', 'Postgres answers and can’t write', true, { cause });

async function probe(pool: Pool): Promise<void> {
  try {
    await retrying(pool, async (client) => {
      const results = await pipeline<{ refused?: boolean }>(client, [begin, spill, line, room, commit]);
      if (results[2]?.rows[0]?.refused === true) throw unwritable();
    });
  } catch (error) {
    const state = ((error as RecordError).cause as { code?: unknown } | undefined)?.code;
    // Class 53: no room, no memory, a limit reached; 25006: read-only.
    throw typeof state === 'string' && /^(531|532|534|25006)/.test(state) ? unwritable(error) : error;
  }
}
