/** What waits for one official, across cases, as their digest shows it. */
import type { Pool } from 'pg';
import type { StalledCase, Waiting, WaitingObligation, WaitingReader } from '../../contracts/waiting';
import { retrying, pipeline } from '../postgres/transaction';

/** Two weeks: as long before an approval lapses as its side is asked again. */
const soonMs = 14 * 86_400_000;

/** `$4`: whose cases are the reader's own. */
const isOwn = `exists (select from cases c where c.id = owed.case_id and (c.officer = any ($4::text[]) or c.deputy = any ($4::text[])))`;
const theirs = `mechanism_id = $1 and party = $2 and (roles = '{}' or roles && $3::text[])`;

/** Lists hold up to `limit` each. What lies ahead is listed when it comes within two weeks. */
export const createDigestContents =
  (pool: Pool) =>
  ({ mechanism, party, roles, officers, reviewsStalled }: WaitingReader, limit: number): Promise<Waiting> =>
    retrying(pool, async (client) => {
      const reader = [mechanism, party, [...roles]];
      const reading = [...reader, [...officers]];
      const [counts, now, soon, stalled] = await pipeline<Record<string, unknown>>(client, [
        {
          name: 'waiting-counts',
          text: `select count(*) filter (where since <= clock_timestamp()) as "nowTotal",
                        count(*) filter (where since <= clock_timestamp() and ${isOwn}) as "ownTotal",
                        count(*) filter (where since <= clock_timestamp() and due < clock_timestamp()) as "overdueTotal",
                        count(*) filter (where since > clock_timestamp()) as "soonTotal",
                        coalesce(bool_or(safety) filter (where since <= clock_timestamp()), false) as "hasSafety"
                   from owed
                  where ${theirs} and since <= clock_timestamp() + $5 * interval '1 millisecond'`,
          values: [...reading, soonMs],
        },
        {
          name: 'waiting-now',
          // So many of either: a hundred of their own must not hide what another child needs at once.
          text: `select "case", key, kind, subject, due, safety, own from (
                   select case_id as "case", key, kind, subject, due, safety, own,
                          row_number() over (partition by own order by safety desc, due, case_id, key) as place
                     from owed cross join lateral (select ${isOwn} as own) as whose
                    where ${theirs} and since <= clock_timestamp()) as placed
                  where place <= $5 order by own desc, place`,
          values: [...reading, limit],
        },
        {
          name: 'waiting-soon',
          text: `select case_id as "case", key, kind, subject, due, safety from owed
                  where ${theirs} and since > clock_timestamp()
                    and since <= clock_timestamp() + $5 * interval '1 millisecond'
                  order by due, case_id, key limit $4`,
          values: [...reader, limit, soonMs],
        },
        {
          name: 'waiting-stalled',
          // A case whose review a person has put off has no such obligation until then.
          text: `select c.id as "case", c.waiting_kind as kind, c.waiting_on as parties,
                        coalesce(c.waiting_since, c.stalled_since) as since, count(*) over () as total
                   from cases c
                  where $3 and c.mechanism_id = $1 and c.stalled_since is not null and c.stage <> 'closed'
                    and exists (select 1 from obligations o
                                 where o.case_id = c.id and o.kind = 'review-stalled' and o.since <= clock_timestamp())
                  order by c.stalled_since, c.id limit $2`,
          values: [mechanism, limit, reviewsStalled],
        },
      ]);
      const listed = (now?.rows ?? []) as unknown as (WaitingObligation & {
        key: string;
        own: boolean;
      })[];
      const cases = (stalled?.rows ?? []) as unknown as (StalledCase & { total: number })[];
      return {
        ...(counts?.rows[0] as Pick<
          Waiting,
          'nowTotal' | 'ownTotal' | 'overdueTotal' | 'hasSafety' | 'soonTotal'
        >),
        own: listed.filter(({ own }) => own),
        now: listed.filter(({ own }) => !own),
        soon: (soon?.rows ?? []) as unknown as WaitingObligation[],
        stalled: cases,
        stalledTotal: cases[0]?.total ?? 0,
        keys: listed,
      };
    });
