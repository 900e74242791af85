/** Letters about a plan: whether the channel of a side has taken one. */
import type { Pool } from 'pg';
import type { CaseId, PartyId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import { query, retrying } from '../postgres/transaction';

/**
 * When a letter about this version of the plan was first sent to that party: to one of its people, alone or in a digest, or
 * to its own system. Undefined while none was. A reminder to decide on it is such a letter, too.
 */
export const createPlanLetters =
  (pool: Pool) =>
  (id: CaseId, party: PartyId, planVersion: number): Promise<Instant | undefined> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ at: Instant | null }>(client, {
        name: 'plan-letter-sent',
        text: `select min(l.sent_at) as at
                 from outbox o join letter_notices n on n.notice_id = o.id join letters l on l.id = n.letter_id
                where o.case_id = $1 and o.party = $2 and l.status = 'sent'
                  and (o.obligation like 'decide-on-plan:plan-' || $3::int || ':%'
                       or (o.notice ->> 'kind' = 'plan-put' and o.notice -> 'facts' ->> 'plan' = $3::int::text))`,
        values: [id, party, planVersion],
      });
      return rows[0]?.at ?? undefined;
    });
