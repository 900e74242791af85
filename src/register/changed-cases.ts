/** Cases that a command has changed since an instant, so that what follows the record need not go through all of it. */
import type { Pool } from 'pg';
import type { CaseId } from '../domain/ids';
import type { Instant } from '../domain/time';
import { lookBackMs } from './changes';
import { nowOn } from './clock';
import { one, repeating } from './transaction';

export interface ChangedCases {
  /** By Postgres's clock: from here the next one goes on. */
  readonly at: Instant;
  /** In the order of their references. */
  readonly cases: readonly { readonly case: CaseId; readonly version: number; readonly isOpen: boolean }[];
}

/**
 * `since` is the `at` of the last answer. Some are told twice: a command takes its instant before it is committed, so
 * each look goes back as far as a transaction may take.
 */
export const createChangedCases =
  (pool: Pool) =>
  (since: Instant): Promise<ChangedCases> =>
    repeating(pool, async (client) => {
      const at = await nowOn(client);
      const { rows } = await one<ChangedCases['cases'][number] & Record<string, unknown>>(client, {
        name: 'changed-cases',
        text: `select id as "case", version, stage <> 'closed' as "isOpen" from cases
                where last_at > $1::timestamptz - $2 * interval '1 millisecond' order by id`,
        values: [since, lookBackMs],
      });
      return { at, cases: rows };
    });
