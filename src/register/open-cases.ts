/** The open cases: each must have a process. */
import type { Pool } from 'pg';
import type { CaseId } from '../domain/ids';
import { one, repeating } from './transaction';

export const createOpenCases = (pool: Pool) => ({
  list: (): Promise<CaseId[]> =>
    repeating(pool, async (client) => {
      const { rows } = await one<{ id: CaseId }>(client, {
        name: 'open-cases',
        text: `select id from cases where stage <> 'closed' order by id`,
      });
      return rows.map(({ id }) => id);
    }),

  /**
   * Those for whose child time has had something to do for this long, most urgent first. Their processes have not done
   * it: the engine is away, or somebody keeps it from running.
   */
  listUnalarmed: (overdueMs: number, limit: number): Promise<CaseId[]> =>
    repeating(pool, async (client) => {
      const { rows } = await one<{ id: CaseId }>(client, {
        name: 'unalarmed-cases',
        text: `select id from cases where alarm_at < clock_timestamp() - $1 * interval '1 millisecond'
                order by alarm_at limit $2`,
        values: [overdueMs, limit],
      });
      return rows.map(({ id }) => id);
    }),
});
