/**
 * Private links of officials' calendars, and what stands in one. Of a link only the hash of its token is kept: who
 * reads this table can't read a calendar.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { CaseId, OfficialId } from '../../domain/model/ids';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { Instant } from '../../domain/calendar/time';
import type { CaseReader } from '../store/reader';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';

export interface FeedOwner {
  readonly mechanism: string;
  readonly official: OfficialId;
}
/** What an official's office owes at an instant: a reference and what is to be done, nothing of a person. */
export interface DueDate {
  readonly case: CaseId;
  readonly key: string;
  readonly kind: ObligationKind;
  readonly subject: string | null;
  readonly since: Instant;
  readonly due: Instant;
  readonly safety: boolean;
}

const hashOf = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');
/** No office owes so much at once; a calendar with more could not be read either. */
const entriesAtMost = 1_000;

export const createCalendarFeeds = (pool: Pool) => ({
  /**
   * Makes this the official's one working link. The same token again is once; false for one that was revoked or
   * replaced, which never works again.
   */
  link: ({ mechanism, official }: FeedOwner, token: string): Promise<boolean> =>
    retrying(pool, async (client) => {
      const hash = hashOf(token);
      const [, , , kept] = await pipeline<{ works: boolean }>(client, [
        begin,
        // One after the other: of two links that are asked for at once one remains, and the other is revoked.
        {
          text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
          values: [`calendar ${mechanism} ${official}`],
        },
        {
          name: 'replace-feed',
          text: `update calendar_feeds set revoked_at = clock_timestamp()
                  where mechanism_id = $1 and official = $2 and revoked_at is null
                    and not exists (select from calendar_feeds where token_hash = $3)`,
          values: [mechanism, official, hash],
        },
        {
          name: 'link-feed',
          text: `with made as (
                   insert into calendar_feeds (token_hash, mechanism_id, official, created_at)
                   values ($3, $1, $2, clock_timestamp())
                   on conflict (token_hash) do nothing returning true as works)
                 select works from made
                 union all select revoked_at is null from calendar_feeds where token_hash = $3`,
          values: [mechanism, official, hash],
        },
        commit,
      ]);
      return kept?.rows[0]?.works === true;
    }),

  /** True when there was a working link. */
  revoke: ({ mechanism, official }: FeedOwner): Promise<boolean> =>
    retrying(pool, async (client) => {
      const { rowCount } = await query(client, {
        name: 'revoke-feed',
        text: `update calendar_feeds set revoked_at = clock_timestamp()
                where mechanism_id = $1 and official = $2 and revoked_at is null`,
        values: [mechanism, official],
      });
      return rowCount === 1;
    }),

  /** Whose link it is, while it works. Found by its hash, so that the time it takes tells nothing of the token. */
  findOwner: (token: string): Promise<FeedOwner | undefined> =>
    retrying(pool, async (client) => {
      const { rows } = await query<FeedOwner & Record<string, unknown>>(client, {
        name: 'find-feed',
        text: `select mechanism_id as mechanism, official from calendar_feeds
                where token_hash = $1 and revoked_at is null`,
        values: [hashOf(token)],
      });
      return rows[0];
    }),

  /** What officials with these roles owe now, what is due first. */
  dueDates: ({
    mechanism,
    party,
    roles,
  }: Pick<CaseReader, 'mechanism' | 'party' | 'roles'>): Promise<DueDate[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<DueDate & Record<string, unknown>>(client, {
        name: 'due-dates',
        text: `select o.case_id as "case", o.key, o.kind, o.subject, o.since, o.due, o.safety from obligations o
                where o.mechanism_id = $1 and o.party = $2 and (o.roles = '{}' or o.roles && $3::text[])
                  and o.since <= clock_timestamp()
                order by o.due, o.case_id, o.key limit $4`,
        values: [mechanism, party, roles, entriesAtMost],
      });
      return rows;
    }),
});
