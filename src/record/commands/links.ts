/** Reads across links: how a case's family stands, and which cases a party may know of. */
import type { Pool } from 'pg';
import type { SiblingStatus } from '../../domain/facts/gate';
import type { CaseId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import type { CaseCache } from '../store/case-cache';
import { familyOf } from '../store/case-reader';
import { siblingStatusesOf } from './decision';
import type { Mechanisms } from '../store/mechanisms';
import type { CaseReader } from '../store/reader';
import { query, retrying } from '../postgres/transaction';

export const createLinks = (pool: Pool, cache: CaseCache, mechanisms: Mechanisms) => ({
  /** Everybody whom the case's gate asks after, as departure would find them at this instant. */
  siblings: (id: CaseId, now: Instant): Promise<SiblingStatus[]> =>
    retrying(pool, async (client) =>
      siblingStatusesOf({ client, cache, mechanisms }, id, await familyOf(client, id), now),
    ),

  /** Of these the cases that are there for the reader: a reference to any other tells of a case that is not theirs. */
  known: (ids: readonly CaseId[], { mechanism, party }: CaseReader): Promise<ReadonlySet<CaseId>> =>
    retrying(pool, async (client) => {
      if (ids.length === 0) return new Set<CaseId>();
      const { rows } = await query<{ id: CaseId }>(client, {
        name: 'known-cases',
        text: `select id from cases where id = any ($1::text[]) and mechanism_id = $2 and $3 = any (parties)`,
        values: [ids, mechanism, party],
      });
      return new Set(rows.map((row) => row.id));
    }),
});
