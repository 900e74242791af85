/**
 * Letters given up: seen by operators, sent again by them or once the address is mended. Beside them the notices
 * for which there was nobody at all. References and codes only.
 */
import type { Pool } from 'pg';
import type { LetterKind } from '../../contracts/letters';
import type { CaseId, OfficialId, PartyId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import { addressesNow } from './address-faults';
import { clampLimit, decodeCursor, pageOf } from '../postgres/cursor';
import type { Page, Paged } from '../postgres/cursor';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';

export interface DeadLetter {
  readonly id: string;
  /** `unaddressed`: a notice for which there was nobody. */
  readonly kind: LetterKind | 'unaddressed';
  readonly mechanism: string;
  readonly party: PartyId;
  readonly official: OfficialId | null;
  readonly safety: boolean;
  readonly code: string;
  readonly attempts: number;
  readonly since: Instant;
  readonly cases: readonly CaseId[];
}
export interface DeadCount {
  readonly mechanism: string;
  readonly party: PartyId;
  readonly dead: number;
}

const dead = `
  select l.id, l.kind, l.mechanism_id as mechanism, l.party, l.official, l.safety,
         coalesce(l.last_error_code, 'unknown') as code, l.attempts, l.given_up_at as since,
         array(select distinct o.case_id from letter_notices n join outbox o on o.id = n.notice_id
                where n.letter_id = l.id order by o.case_id) as cases
    from letters l where l.status = 'dead'
  union all
  select o.id, 'unaddressed', c.mechanism_id, o.party, null, o.safety,
         coalesce(o.last_error_code, 'unknown'), o.attempts, o.next_attempt_at, array[o.case_id]
    from outbox o join streams c on c.id = o.case_id where o.status = 'dead'`;

export const createDeadLetters = (pool: Pool) => ({
  /** The newest first. */
  list: (page: Page): Promise<Paged<DeadLetter>> =>
    retrying(pool, async (client) => {
      const limit = clampLimit(page.limit);
      const [since = null, id = null] = decodeCursor(page.cursor, 2) ?? [];
      const { rows } = await query<DeadLetter & Record<string, unknown>>(client, {
        name: 'dead-letters',
        text: `select * from (${dead}) as dead
                where $1::timestamptz is null or (since, id) < ($1::timestamptz, $2::text)
                order by since desc, id desc limit $3`,
        values: [since, id, limit + 1],
      });
      return pageOf(rows, limit, (row) => [row.since, row.id]);
    }),

  count: (): Promise<DeadCount[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<DeadCount & Record<string, unknown>>(client, {
        name: 'dead-letters-by-party',
        text: `select mechanism, party, count(*) as dead from (${dead}) as dead
                group by mechanism, party order by mechanism, party`,
      });
      return rows;
    }),

  /** Tried anew from the start; gives how many. Those met since are dropped when their turn comes. `by` is kept. */
  resend: (which: readonly string[] | 'all', by: string): Promise<number> =>
    retrying(pool, async (client) => {
      const ids = which === 'all' ? null : which;
      const results = await pipeline(client, [
        begin,
        {
          name: 'resend-letters',
          text: `update letters set ${asNew}, resent_by = $2
                  where status = 'dead' and ($1::text[] is null or id = any ($1::text[]))`,
          values: [ids, by],
        },
        {
          name: 'resend-notices',
          text: `update outbox set status = 'pending', next_attempt_at = clock_timestamp()
                  where status = 'dead' and ($1::text[] is null or id = any ($1::text[])) and ${isStillOwed}`,
          values: [ids],
        },
        commit,
      ]);
      return results.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
    }),

  /**
   * What is dead for an address that somebody mended, or that the newest mechanism has changed, is tried anew; so is
   * what had nobody before the newest mechanism. Gives how many.
   */
  reviveMended: (): Promise<number> =>
    retrying(pool, async (client) => {
      const results = await pipeline(client, [
        begin,
        {
          name: 'revive-letters',
          text: `with ${addressesNow}
                 update letters l set ${asNew}
                  where l.status = 'dead' and (
                    not exists (select from address a where a.mechanism_id = l.mechanism_id and a.party = l.party
                                   and a.official is not distinct from l.official and a.address = l.address)
                    or exists (select from events e join cases c on c.id = e.case_id
                                where e.type = 'AddressMended' and e.at > l.given_up_at
                                  and c.mechanism_id = l.mechanism_id and e.event ->> 'party' = l.party
                                  and e.event ->> 'official' is not distinct from l.official))`,
        },
        {
          name: 'revive-notices',
          text: `update outbox set status = 'pending', next_attempt_at = clock_timestamp()
                   from streams c
                  where outbox.status = 'dead' and ${isStillOwed} and outbox.last_error_code = 'nobody-to-write-to' and c.id = outbox.case_id
                    and exists (select from mechanisms m
                                 where m.id = c.mechanism_id and m.saved_at > outbox.next_attempt_at)`,
        },
        commit,
      ]);
      return results.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
    }),
});

/** As if never tried: it is a new attempt of people's, not of the dispatcher's. */
const asNew = `status = 'pending', attempts = 0, fault = null, next_attempt_at = clock_timestamp(), send_at = clock_timestamp()`;
/** A reminder of what was met meanwhile helps nobody, however long it lay; 0.1 let such lie as they were. */
const isStillOwed = `(outbox.obligation is null or outbox.notice ->> 'kind' = 'lapses-soon' or exists (
  select from obligations b where b.case_id = outbox.case_id and b.key = outbox.obligation))`;
