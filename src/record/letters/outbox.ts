/**
 * The outbox: notices that events imply, until letters are made of them. Written by the transaction that appends
 * the event; this module hands notices to a router and keeps the letters it makes, all in one transaction, so that
 * a crash anywhere leaves the notice as it was.
 */
import type { Pool, PoolClient } from 'pg';
import type { LetterNotice, NewLetter, PendingNotice, PlanRouting, Routed } from '../../contracts/letters';
import { mayBeClosed, repeatsAtOnce, repeatsWithinMs } from '../../contracts/letters';
import type { Mechanism } from '../../contracts/mechanism/mechanism';
import { firstNoticeKinds, firstObligationKinds } from '../../domain/model/notice-kinds';
import type { Instant } from '../../domain/calendar/time';
import type { Mechanisms } from '../store/mechanisms';
import { writerOf } from '../postgres/row-statements';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

const writeLinks = writerOf<LetterNotice>({
  table: 'letter_notices',
  columns: { notice_id: 'text', receiver: 'text', letter_id: 'text' },
  onConflict: { key: ['notice_id', 'receiver'], then: 'nothing' },
});

/** A slot passes while a batch is routed at most; a third look never finds another one closed. */
const maxRoutingTries = 5;

export const createOutbox = (pool: Pool, mechanisms: Pick<Mechanisms, 'latestOn'>) => ({
  /** Routes up to `limit` notices, those of safety first, and gives their number. Any number of routers may run. */
  route: (limit: number, plan: PlanRouting): Promise<Routed> =>
    retrying(pool, async (client) => {
      const [, taken] = await pipeline<PendingNotice & { now: Instant }>(client, [begin, take(limit)]);
      const found = taken?.rows ?? [];
      const newest = await newestOf(client, mechanisms, found);
      const notices = found.filter(({ mechanism }) => newest.has(mechanism));
      const waiting = found.filter(({ mechanism }) => !newest.has(mechanism)).map(({ id }) => id);
      const now = notices[0]?.now;
      if (now === undefined) {
        await pipeline(client, [...(waiting.length > 0 ? [putOff(waiting)] : []), commit]);
        return { routed: 0, nobody: [] };
      }
      const closed = new Set<string>();
      let routing = await plan({ notices, mechanisms: newest, now, closed });
      for (let looks = 1; ; looks += 1) {
        const refused = await offer(client, routing.letters);
        if (refused.length === 0) break;
        if (looks === maxRoutingTries) throw new Error(`${refused.length} digests refuse notices`);
        for (const id of await closedWith(client, refused, now)) closed.add(id);
        routing = await plan({ notices, mechanisms: newest, now, closed });
      }
      const ids = notices.map(({ id }) => id);
      await pipeline(client, [
        ...(routing.links.length > 0 ? [writeLinks(routing.links)] : []),
        markRouted(ids, routing.nobody),
        ...(waiting.length > 0 ? [putOff(waiting)] : []),
        settle(ids),
        commit,
      ]);
      return { routed: notices.length, nobody: notices.filter(({ id }) => routing.nobody.includes(id)) };
    }),
});

/** Of one occasion are notices about the same obligation by the same command; what one of them tells an official counts. */
const take = (limit: number): Statement => ({
  name: 'take-notices',
  text: `select o.id, o.case_id as "case", c.mechanism_id as mechanism, o.notice, o.created_at as "createdAt",
                o.sent_to || array(select receiver from letter_notices n where n.notice_id = o.id)
                          || array(select n.receiver from outbox same_occasion join letter_notices n on n.notice_id = same_occasion.id
                                    where same_occasion.case_id = o.case_id and same_occasion.obligation = o.obligation and same_occasion.id <> o.id
                                      and same_occasion.created_at = o.created_at and n.receiver not like 'webhook:%') as told,
                cause.by, coalesce(lately.repeats, 0)::int as repeats, clock_timestamp()::timestamptz(3) as now
           from outbox o join streams c on c.id = o.case_id
           left join lateral (
             select jsonb_build_object('official', e.actor ->> 'official', 'party', e.actor ->> 'party') as by
               from events e where e.case_id = o.case_id and e.version = o.version and e.actor ? 'official') as cause
             on true
           left join lateral (
             select count(*) as repeats from (
               select from outbox r join events e on e.case_id = r.case_id and e.version = r.version
                where r.case_id = o.case_id and r.party = o.party and r.notice ->> 'kind' = o.notice ->> 'kind'
                  and r.created_at > o.created_at - ${repeatsWithinMs} * interval '1 millisecond'
                  and (r.created_at, r.version) < (o.created_at, o.version)
                  and e.actor ->> 'official' = cause.by ->> 'official'
                order by r.created_at desc, r.version desc limit ${repeatsAtOnce}) as earlier) as lately
             on cause.by is not null
          where o.status = 'pending' and o.next_attempt_at <= clock_timestamp()
          order by o.safety desc, ${goesFirst} desc, o.next_attempt_at, o.id limit $1 for update of o skip locked`,
  values: [limit],
});

const listOf = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(', ');
const goesFirst = `coalesce(o.safety and (o.notice ->> 'kind' in (${listOf(firstNoticeKinds)})
  or o.notice -> 'facts' ->> 'obligation' in (${listOf(firstObligationKinds)})), false)`;

async function newestOf(
  client: PoolClient,
  mechanisms: Pick<Mechanisms, 'latestOn'>,
  notices: readonly PendingNotice[],
): Promise<Map<string, Mechanism>> {
  const newest = new Map<string, Mechanism>();
  for (const id of new Set(notices.map(({ mechanism }) => mechanism))) {
    const kept = await mechanisms.latestOn(client, id);
    if (kept) newest.set(id, kept.mechanism);
  }
  return newest;
}

/**
 * Writes letters and gives the digests that take no more notices. One that does is locked until the notices stand
 * in it, so no dispatcher can take it in between.
 */
async function offer(client: PoolClient, letters: readonly NewLetter[]): Promise<string[]> {
  if (letters.length === 0) return [];
  // In one order everywhere: two routers that share digests must not wait for each other.
  const rows = [...letters].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { rows: open } = await query<{ id: string }>(client, {
    name: 'offer-letters',
    text: `
      insert into letters as l (id, kind, mechanism_id, party, official, safety, goes_first, cause, send_at,
                                next_attempt_at, created_at)
      select id, kind, mechanism_id, party, official, safety, coalesce(goes_first, false), coalesce(cause, ''),
             send_at, send_at, clock_timestamp()
        from jsonb_to_recordset($1::jsonb) as row(id text, kind text, mechanism_id text, party text, official text,
             safety boolean, goes_first boolean, cause text, send_at timestamptz)
      on conflict (id) do update set created_at = l.created_at where l.status = 'pending' and l.attempts = 0
      returning id`,
    values: [JSON.stringify(rows)],
  });
  const ids = new Set(open.map(({ id }) => id));
  return rows.filter((row) => mayBeClosed(row) && !ids.has(row.id)).map(({ id }) => id);
}

/** With those refused, every later digest of the same people that takes no more: a clock set back meets them all. */
async function closedWith(client: PoolClient, refused: readonly string[], now: Instant): Promise<string[]> {
  const { rows } = await query<{ id: string }>(client, {
    name: 'closed-digests',
    text: `select later.id from letters later join letters refused using (mechanism_id, party, official)
            where refused.id = any ($1::text[]) and later.kind = 'digest'
              and (later.status <> 'pending' or later.attempts > 0) and later.send_at >= $2`,
    values: [refused, now],
  });
  return [...refused, ...rows.map(({ id }) => id)];
}

/** No version of their mechanism can be believed, perhaps for a wrong seal key: they wait, and are not given up. */
const putOff = (ids: readonly string[]): Statement => ({
  name: 'put-off-notices',
  text: `update outbox set next_attempt_at = clock_timestamp() + interval '5 seconds'
          where id = any ($1::text[]) and status = 'pending'`,
  values: [ids],
});

const markRouted = (ids: readonly string[], nobody: readonly string[]): Statement => ({
  name: 'mark-routed',
  text: `update outbox set status = case when id = any ($2::text[]) then 'dead' else 'routed' end,
                last_error_code = case when id = any ($2::text[]) then 'nobody-to-write-to' end,
                next_attempt_at = clock_timestamp()
          where id = any ($1::text[]) and status = 'pending'`,
  values: [ids, nobody],
});

export const settleText = `
  update outbox o set status = 'sent', sent_at = clock_timestamp(), last_error_code = null
   where o.status = 'routed' and not exists (
     select 1 from letter_notices n join letters l on l.id = n.letter_id
      where n.notice_id = o.id and l.status in ('pending', 'dead'))`;

/** A routed notice of which no letter can go any more has been sent. Its row must be locked by now. */
export const settle = (ids: readonly string[]): Statement => ({
  name: 'settle-notices',
  text: `${settleText} and o.id = any ($1::text[])`,
  values: [ids],
});
