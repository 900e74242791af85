/**
 * Letters on their way: handed out to one dispatcher at a time, safety first, and taken back with how it went.
 * What a letter shows are its notices that are still `routed`: one that was met since is not among them.
 */
import type { Pool } from 'pg';
import type {
  ClaimedLetter,
  Due,
  HeldLetter,
  Lane,
  LetterFailure,
  ShownNotice,
  System,
} from '../../contracts/letters';
import type { Instant } from '../../domain/calendar/time';
import { ownClock } from '../postgres/bounded-time';
import type { ClockWatch } from '../postgres/clock';
import { settle, settleText } from './outbox';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';
import { anyUnheard } from './unheard-alarms';

const inLane: Readonly<Record<Lane, string>> = {
  first: `kind in ('notice', 'digest') and safety and goes_first`,
  alarm: `kind in ('notice', 'digest') and safety and not goes_first`,
  mail: `kind in ('notice', 'digest') and not safety`,
  webhook: `kind = 'webhook'`,
};

export const createLetters = (pool: Pool, clock: ClockWatch) => ({
  /** What there is to do now: asked every second, so that lanes with nothing to do are left alone. */
  look: (): Promise<Due> =>
    retrying(pool, async (client) => {
      const isDue = (lane: Lane): string =>
        `exists (select 1 from letters where status = 'pending' and ${inLane[lane]}
                  and next_attempt_at <= clock_timestamp()) as ${lane}`;
      const askedAt = ownClock();
      const { rows } = await query<Due & { theirs: Instant }>(client, {
        name: 'look-for-letters',
        text: `select exists (select 1 from outbox where status = 'pending'
                               and next_attempt_at <= clock_timestamp()) as notices,
                      ${isDue('first')}, ${isDue('alarm')}, ${isDue('mail')},
                      coalesce((select jsonb_agg(distinct jsonb_build_object('mechanism', mechanism_id, 'party', party))
                                  from letters where status = 'pending' and ${inLane.webhook}
                                   and next_attempt_at <= clock_timestamp()), '[]') as webhook,
                      ${anyUnheard} as unheard, statement_timestamp() as theirs`,
      });
      const [found] = rows;
      if (!found) throw new Error('a look has one row');
      const { theirs, ...due } = found;
      // Once a second in every worker: no leap of a clock goes by unseen.
      clock.saw(theirs, askedAt);
      return due;
    }),

  /**
   * Up to `limit` letters that are due, kept from other dispatchers for `leaseMs`; who dies with them gives them
   * back that way. With `of` only those to one party's system. Missed digests of one official become one.
   */
  claim: (lane: Lane, limit: number, leaseMs: number, of?: System) =>
    retrying(pool, async (client): Promise<ClaimedLetter[]> => {
      const results = await pipeline<ClaimedLetter>(client, [
        begin,
        ...(lane === 'mail' ? [mergeDigests] : []),
        takeLetters(lane, limit, leaseMs, of),
        commit,
      ]);
      const letters = results.at(-2)?.rows ?? [];
      if (letters.length === 0) return [];
      const { rows } = await query<ShownNotice & { letter: string }>(client, {
        name: 'notices-of-letters',
        text: `select n.letter_id as letter, o.id, o.case_id as "case", o.version, o.notice, o.created_at as "createdAt"
                 from letter_notices n join outbox o on o.id = n.notice_id and o.status = 'routed'
                where n.letter_id = any ($1::text[]) order by o.safety desc, o.created_at, o.id`,
        values: [letters.map(({ id }) => id)],
      });
      return letters.map((letter) => ({
        ...letter,
        notices: rows.filter((row) => row.letter === letter.id).map(({ letter: _letter, ...row }) => row),
      }));
    }),

  /** It is out, and showed exactly these notices; whatever else stood in it was met before. */
  markSent: (
    held: HeldLetter,
    { shown, address }: { shown: readonly string[]; address: string },
  ): Promise<void> =>
    retrying(pool, async (client) => {
      await pipeline(client, [
        begin,
        lockNotices(held.id),
        {
          name: 'letter-sent',
          text: `update letters set status = 'sent', sent_at = clock_timestamp(), leased_until = null, address = $2,
                        last_error_code = null
                  where id = $1 and status = 'pending'`,
          values: [held.id, address],
        },
        {
          name: 'letter-showed',
          text: `delete from letter_notices where letter_id = $1 and notice_id <> all ($2::text[])`,
          values: [held.id, shown],
        },
        settle(shown),
        commit,
      ]);
    }),

  /** Not sent; tried again in `retryInMs`, or given up when there is none. `code` is free of addresses. */
  markFailed: ({ id, attempts }: HeldLetter, failure: LetterFailure): Promise<void> =>
    retrying(pool, async (client) => {
      const { code, fault, address, mayBeOut = false, isAddressWrong = false, retryInMs } = failure;
      await query(client, {
        name: 'letter-failed',
        // A letter of safety goes on being tried where the address is wrong; that is kept once for each address.
        text: `update letters set last_error_code = $3, address = $4, leased_until = null,
                      may_be_out = $6, fault = $7,
                      status = case when $5::float8 is null then 'dead' else status end,
                      given_up_at = case when $5::float8 is null
                                           or ($8 and (given_up_at is null or address is distinct from $4))
                                         then clock_timestamp() else given_up_at end,
                      next_attempt_at = clock_timestamp() + coalesce($5::float8, 0) * interval '1 millisecond'
                where id = $1 and attempts = $2 and status = 'pending'`,
        values: [id, attempts, code, address, retryInMs ?? null, mayBeOut, fault, isAddressWrong],
      });
    }),

  /**
   * All it would have said was met. Not so when some of it is to be routed anew, because another of its receivers left:
   * then the letter goes, so that its own receiver is given one again.
   */
  markSilenced: ({ id, attempts }: HeldLetter): Promise<void> =>
    retrying(pool, async (client) => {
      await pipeline(client, [
        begin,
        lockNotices(id),
        { name: 'letter-undone', text: undoLetter, values: [id, attempts] },
        { name: 'letter-silenced', text: silenceLetter, values: [id, attempts] },
        settleNoticesOf(id),
        commit,
      ]);
    }),

  /**
   * Its receiver left or is away: what it would have said is routed anew, to whoever stands in. Nothing of it stays,
   * as it may come back to its first receiver, when that one is here again and the other is not. What was not said to
   * them because this letter would is looked at again, too.
   */
  readdress: ({ id, attempts }: HeldLetter): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'letter-readdressed',
        text: `with gone as (delete from letters where id = $1 and attempts = $2 and status = 'pending' returning id),
                    untold as (delete from letter_notices using gone where letter_id = gone.id returning notice_id),
                    twins as (
                      select same_occasion.id from outbox told join outbox same_occasion on same_occasion.case_id = told.case_id
                         and same_occasion.obligation = told.obligation and same_occasion.created_at = told.created_at
                         and same_occasion.id <> told.id
                       where told.id in (select notice_id from untold))
               update outbox set status = 'pending', next_attempt_at = clock_timestamp()
                where (status = 'routed' and id in (select notice_id from untold))
                   or (status = 'sent' and id in (select id from twins))`,
        values: [id, attempts],
      });
    }),
});

const undoLetter = `
  with undone as (
    select l.id from letters l
     where l.id = $1 and l.attempts = $2 and l.status = 'pending' and exists (
       select from letter_notices n join outbox o on o.id = n.notice_id and o.status = 'pending'
        where n.letter_id = l.id)),
  gone as (delete from letters where id in (select id from undone) returning id)
  delete from letter_notices using gone where letter_id = gone.id`;
const silenceLetter = `update letters set status = 'silenced', leased_until = null
                        where id = $1 and attempts = $2 and status = 'pending'`;

/**
 * Two letters of one notice that are marked at the same time would each see the other still under way, and nobody
 * would call the notice sent: they go one after the other. In one order, so that none waits for the other.
 */
const lockNotices = (letter: string): Statement => ({
  name: 'lock-notices',
  text: `select from outbox where id in (select notice_id from letter_notices where letter_id = $1)
          order by id for no key update`,
  values: [letter],
});

/** Its party may have no system any more; others may have had the notice. */
const settleNoticesOf = (letter: string): Statement => ({
  name: 'settle-notices-of-letter',
  text: `${settleText} and o.id in (select notice_id from letter_notices where letter_id = $1)`,
  values: [letter],
});

/** Whoever caused them takes turns: thousands that one party's doing brought leave room for the one of another's. */
const takeLetters = (lane: Lane, limit: number, leaseMs: number, of: System | undefined): Statement => {
  const isDue = `status = 'pending' and ${inLane[lane]} and next_attempt_at <= clock_timestamp()
                 and ($3::text is null or (mechanism_id = $3 and party = $4))`;
  return {
    name: `claim-${lane}`,
    text: `
    with causes as materialized (select distinct cause from letters where ${isDue}),
    next as (
      select l.*, row_number() over (partition by l.cause order by l.safety desc, l.next_attempt_at, l.id) as turn
        from causes cross join lateral (
          select id, cause, may_be_out, safety, next_attempt_at from letters
           where letters.cause = causes.cause and ${isDue}
           order by safety desc, next_attempt_at, id limit $1 for update skip locked) as l),
    due as (select id, may_be_out from next order by safety desc, turn, next_attempt_at, id limit $1),
    taken as (
      update letters set attempts = attempts + 1, may_be_out = true,
             next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond',
             leased_until = clock_timestamp() + $2 * interval '1 millisecond'
        from due where letters.id = due.id returning letters.*, due.may_be_out as was_out)
    select id, kind, mechanism_id as mechanism, party, official, safety, goes_first as "goesFirst",
           send_at as "sendAt", attempts,
           was_out as "mayBeOut",
           (extract(epoch from clock_timestamp() - send_at) * 1000)::float8 as "waitedMs"
      from taken order by send_at, id`,
    values: [limit, leaseMs, of?.mechanism ?? null, of?.party ?? null],
  };
};

/**
 * After days without a worker or a mail server several digests of one official are due: the newest takes over what
 * the others would have said. Not once it was tried: whoever got that try after all would drop the second. And none
 * that may be out goes into another: it is sent again as it is, so that its receiver can drop the repeat.
 */
const mergeDigests: Statement = {
  name: 'merge-digests',
  text: `
    with missed as (
      select id, mechanism_id, official, send_at, attempts, may_be_out from letters l
       where kind = 'digest' and status = 'pending' and send_at <= clock_timestamp()
         and coalesce(leased_until, '-infinity') <= clock_timestamp()
         and exists (
           select 1 from letters other
            where other.mechanism_id = l.mechanism_id and other.official = l.official and other.kind = 'digest'
              and other.status = 'pending' and other.id <> l.id and other.send_at <= clock_timestamp())
         for update skip locked),
    newest as (
      select distinct on (mechanism_id, official) * from missed order by mechanism_id, official, send_at desc, id desc),
    older as (
      select missed.id, newest.id as into_id from missed join newest using (mechanism_id, official)
       where missed.id <> newest.id and newest.attempts = 0 and not newest.may_be_out and not missed.may_be_out),
    moved as (
      update letter_notices n set letter_id = older.into_id from older where n.letter_id = older.id)
    update letters set status = 'silenced', leased_until = null, last_error_code = 'merged'
     where id in (select id from older)`,
};
