/**
 * Addresses that letters do not reach: what the upkeep raises as an obligation of the mediator's office, in one case
 * in which it mattered, and what it takes back once the address is another or works again. Sets, made in SQL.
 */
import type { Pool } from 'pg';
import type { CaseId, OfficialId, PartyId } from '../../domain/model/ids';
import type { AddressChannel } from '../../domain/model/reminding';
import type { Instant } from '../../domain/calendar/time';
import { query, retrying } from '../postgres/transaction';

export interface AddressFaultToRaise {
  /** An open one in which it mattered. */
  readonly case: CaseId;
  readonly party: PartyId;
  /** Absent: the party's webhook. */
  readonly official?: OfficialId;
  readonly channel: AddressChannel;
  readonly code: string;
  readonly since: Instant;
}
export interface AddressMendedToNote {
  /** The one in which the fault was raised. */
  readonly case: CaseId;
  readonly party: PartyId;
  readonly official?: OfficialId;
}
type Row<Value extends { official?: OfficialId }> = Omit<Value, 'official'> & { official: OfficialId | null };

/** Where people and systems are reached by the newest version of each mechanism. Who left is nowhere. */
export const addressesNow = `
  newest as (select distinct on (id) id, content from mechanisms order by id, version desc),
  address as (
    select newest.id as mechanism_id, each ->> 'party' as party, each ->> 'id' as official, each ->> 'email' as address
      from newest, jsonb_array_elements(newest.content -> 'officials') as each
     where coalesce((each ->> 'active')::boolean, true)
    union all
    select newest.id, each ->> 'id', null, each -> 'webhook' ->> 'url'
      from newest, jsonb_array_elements(newest.content -> 'parties') as each
     where each -> 'webhook' ->> 'url' is not null)`;

const isWrong = `l.given_up_at is not null and l.status in ('dead', 'pending') and l.fault = 'address'`;

export const createAddressFaults = (pool: Pool) => ({
  /**
   * Wrong, not raised yet, and nothing has come through since. What passes, and what is ours to mend, is no fault of
   * an address; a letter of safety lives on although its address is wrong.
   */
  listToRaise: (limit = 500): Promise<AddressFaultToRaise[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query(client, {
        name: 'address-faults-to-raise',
        text: `
          with ${addressesNow},
          fault as (
            select l.mechanism_id, l.party, l.official, min(l.given_up_at) as since, max(l.given_up_at) as last,
                   (array_agg(l.last_error_code order by l.given_up_at desc))[1] as code
              from letters l join address a on a.mechanism_id = l.mechanism_id and a.party = l.party
                   and a.official is not distinct from l.official and a.address = l.address
             where ${isWrong}
             group by l.mechanism_id, l.party, l.official)
          select open.id as "case", f.party, f.official,
                 case when f.official is null then 'webhook' else 'mail' end as channel,
                 coalesce(f.code, 'unknown') as code, f.since
            from fault f
            cross join lateral (
              select c.id from letters l join letter_notices n on n.letter_id = l.id
                join outbox o on o.id = n.notice_id join cases c on c.id = o.case_id and c.stage <> 'closed'
               where ${isWrong} and l.mechanism_id = f.mechanism_id and l.party = f.party
                 and l.official is not distinct from f.official
               order by o.safety desc, o.created_at desc, c.id limit 1) as open
           where not exists (
                   select from obligations o where o.mechanism_id = f.mechanism_id and o.kind = 'mend-address'
                      and o.subject = coalesce(f.official, f.party))
             and not exists (
                   select from letters l where l.mechanism_id = f.mechanism_id and l.party = f.party
                      and l.official is not distinct from f.official and l.status = 'sent' and l.sent_at > f.last)
             and not exists (
                   select from events e join cases c on c.id = e.case_id and c.mechanism_id = f.mechanism_id
                    where e.type = 'AddressMended' and e.at > f.last and e.event ->> 'party' = f.party
                      and e.event ->> 'official' is not distinct from f.official)
           order by f.since limit $1`,
        values: [limit],
      });
      return (rows as Row<AddressFaultToRaise>[]).map(withoutNull);
    }),

  /** Raised, and since then the newest mechanism has another address, or none, or a letter has come through. */
  listMended: (limit = 500): Promise<AddressMendedToNote[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query(client, {
        name: 'addresses-mended',
        text: `
          with ${addressesNow},
          raised as (
            select o.mechanism_id, o.case_id, e.event ->> 'party' as party, e.event ->> 'official' as official, e.at
              from obligations o
              cross join lateral (
                select event, at from events e
                 where e.case_id = o.case_id and e.type = 'AddressFailed'
                   and coalesce(e.event ->> 'official', e.event ->> 'party') = o.subject
                 order by e.version desc limit 1) as e
             where o.kind = 'mend-address')
          select distinct r.case_id as "case", r.party, r.official
            from raised r
           where not exists (
                   select from address a where a.mechanism_id = r.mechanism_id and a.party = r.party
                      and a.official is not distinct from r.official
                      and a.address = (
                        select l.address from letters l
                         where l.mechanism_id = r.mechanism_id and l.party = r.party
                           and l.official is not distinct from r.official and l.given_up_at is not null
                           and l.fault is distinct from 'ours'
                         order by l.given_up_at desc limit 1))
              or exists (
                   select from letters l where l.mechanism_id = r.mechanism_id and l.party = r.party
                      and l.official is not distinct from r.official and l.status = 'sent' and l.sent_at > r.at)
           order by 1, 2, 3 limit $1`,
        values: [limit],
      });
      return (rows as Row<AddressMendedToNote>[]).map(withoutNull);
    }),
});

const withoutNull = <Value extends { official: OfficialId | null }>({ official, ...rest }: Value) => ({
  ...rest,
  ...(official === null ? {} : { official }),
});
