/** Cases whose workflow has yet to hear of a command that went past it, and the list of open cases. */
import type { Pool } from 'pg';
import type { CaseId } from '../domain/ids';
import { one, repeating } from './transaction';

export interface Nudge {
  readonly case: CaseId;
  /** The workflow has heard when it knows this version. */
  readonly version: number;
}

export const createNudges = (pool: Pool) => ({
  list: (limit = 1_000): Promise<Nudge[]> =>
    repeating(pool, async (client) => {
      const { rows } = await one<Nudge & Record<string, unknown>>(client, {
        name: 'list-nudges',
        text: 'select case_id as "case", version from nudges order by at limit $1',
        values: [limit],
      });
      return rows;
    }),

  /** The workflow knows the case up to this version. One that was recorded meanwhile stays. */
  clear: (id: CaseId, upToVersion: number): Promise<void> =>
    repeating(pool, async (client) => {
      await one(client, {
        name: 'clear-nudge',
        text: 'delete from nudges where case_id = $1 and version <= $2',
        values: [id, upToVersion],
      });
    }),

  openCases: (): Promise<CaseId[]> =>
    repeating(pool, async (client) => {
      const { rows } = await one<{ id: CaseId }>(client, {
        name: 'open-cases',
        text: `select id from cases where stage <> 'closed' order by id`,
      });
      return rows.map(({ id }) => id);
    }),
});
