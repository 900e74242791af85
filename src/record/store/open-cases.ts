/** The open cases: each must have a process. */
import type { Pool } from 'pg';
import type { CaseId } from '../../domain/model/ids';
import { query, retrying } from '../postgres/transaction';

export const createOpenCases = (pool: Pool) => ({
  list: (): Promise<CaseId[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ id: CaseId }>(client, {
        name: 'open-cases',
        text: `select id from cases where stage <> 'closed' order by id`,
      });
      return rows.map(({ id }) => id);
    }),

  /** Of these the ones that are open. */
  find: (ids: readonly CaseId[]): Promise<ReadonlySet<CaseId>> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ id: CaseId }>(client, {
        name: 'find-open-cases',
        text: `select id from cases where stage <> 'closed' and id = any ($1::text[])`,
        values: [ids],
      });
      return new Set(rows.map(({ id }) => id));
    }),

  /** How many there are, without going through them. */
  count: (): Promise<number> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ open: number }>(client, {
        name: 'count-open-cases',
        text: `select coalesce(sum(number), 0)::bigint as open from tallies where what = 'in-stage' and subject <> 'closed'`,
      });
      return rows[0]?.open ?? 0;
    }),

  /**
   * Those for whose child time has had something to do for this long, most urgent first. Their processes have not done
   * it: the engine is away, or somebody keeps it from running.
   */
  listUnalarmed: (overdueMs: number, limit: number): Promise<CaseId[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ id: CaseId }>(client, {
        name: 'unalarmed-cases',
        text: `select id from cases where alarm_at < clock_timestamp() - $1 * interval '1 millisecond'
                order by alarm_at limit $2`,
        values: [overdueMs, limit],
      });
      return rows.map(({ id }) => id);
    }),
});
