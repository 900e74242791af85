/**
 * How things stand, for those who are woken when they stand badly: overdue safety first, then what waits, what lags
 * and what is stuck. Counts and ages, nothing about a single case. One statement, cheap enough for every quarter
 * minute from every process.
 */
import type { Pool } from 'pg';
import type { LetterKind } from '../../contracts/letters';
import type { PartyKind } from '../../domain/model/parties';
import type { GroupState } from '../../domain/model/groups';
import type { Stage } from '../../domain/model/stages';
import { query, retrying } from '../postgres/transaction';
import { isUnheard } from '../letters/unheard-alarms';

export interface ObligationCount {
  readonly partyKind: PartyKind;
  readonly open: number;
  readonly overdue: number;
}
export interface SystemStatus {
  readonly casesByStage: Readonly<Partial<Record<Stage, number>>>;
  /** Groups that are neither completed nor called off. */
  readonly groupsByState: Readonly<Partial<Record<GroupState, number>>>;
  readonly stalled: number;
  readonly obligations: readonly ObligationCount[];
  /** Open obligations past their due instant. */
  readonly overdue: number;
  readonly safetyOverdue: number;
  /** How long the oldest of these is overdue; 0 when none is. */
  readonly safetyOverdueSeconds: number;
  /** Notices of which no letter has been made yet. */
  readonly outboxPending: number;
  /** How long the oldest notice or letter that could go now is waiting; 0 when none is. */
  readonly outboxAgeSeconds: number;
  /** Notices for which there is nobody at all. */
  readonly outboxDead: number;
  readonly letters: readonly { readonly kind: LetterKind; readonly pending: number; readonly dead: number }[];
  /** Letters given up within the last day. */
  readonly lettersGivenUp: number;
  /** How long the oldest letter about safety is on its way, tries included; 0 when none is. */
  readonly safetyLetterSeconds: number;
  /** Letters about safety that are due and have not arrived: the first attempt failed, or nobody took them. */
  readonly safetyLettersUndelivered: number;
  readonly commandsUnanswered: number;
  /** Commands of which their cases' processes have not read for a minute. */
  readonly newsUnread: number;
  readonly placesFree: number;
  /** Cases whose workflow tasks fail, as the upkeep last found them. */
  readonly stuck: number;
  /** Cases, versions of mechanisms and absences that are not as they were recorded, as last looked at. */
  readonly doubts: number;
  /** The role that asks owns the tables, and so could make them forget what they refuse. */
  readonly ownsTables: boolean;
  /** The last whole round of each task of the upkeep. */
  readonly rounds: readonly { readonly task: string; readonly ageSeconds: number }[];
  /** The largest of the last day between Postgres's clock and a process's; null when none was worth telling. */
  readonly clockDifference: { readonly seconds: number; readonly ageSeconds: number } | null;
  /** Open cases that had no running workflow at the last full comparison; null before the first. */
  readonly missing: number | null;
}

export const createSystemStatus = (pool: Pool) => (): Promise<SystemStatus> =>
  retrying(pool, async (client) => {
    const { rows } = await query<SystemStatus & Record<string, unknown>>(client, {
      name: 'systemStatus',
      text,
    });
    return rows[0] as SystemStatus;
  });

/**
 * Obligations that have not begun to be owed are left out everywhere. How many there are is kept by the day
 * (`tallies`); those that began or fell due today are read, and so is whatever of safety is overdue, to the row.
 */
const text = `
  with now as materialized (
    select at, (at at time zone 'UTC')::date as today, date_trunc('day', at, 'UTC') as midnight
      from (select clock_timestamp() as at) as clock),
  kinds as (
    select mechanism.id as mechanism_id, party ->> 'id' as party, party ->> 'kind' as kind
      from (select distinct on (id) id, content from mechanisms order by id, version desc) as mechanism,
           jsonb_array_elements(mechanism.content -> 'parties') as party),
  kept as materialized (
    select what, mechanism_id, subject, sum(number) as number from tallies
     where what in ('in-stage', 'stalled') or day < (select today from now) group by what, mechanism_id, subject),
  owed as (
    select mechanism_id, party, sum(begun) as open, sum(late) as overdue
      from (select mechanism_id, subject as party, case what when 'begun' then number else 0 end as begun,
                   case what when 'late' then number else 0 end as late
              from kept where what in ('begun', 'late')
            union all
            select mechanism_id, party, 1, case when due < (select at from now) then 1 else 0 end from obligations
             where since >= (select midnight from now) and since <= (select at from now)
            union all
            select mechanism_id, party, 0, 1 from obligations
             where due >= (select midnight from now) and due < (select at from now)
               and since < (select midnight from now)) as counted
     group by mechanism_id, party),
  dangers as materialized (
    select due from obligations where safety and due < (select at from now) and since <= (select at from now)),
  waiting as materialized (
    select kind, count(*) as number, min(next_attempt_at) as oldest from letters where status = 'pending' group by kind),
  given_up as materialized (select kind, count(*) as number from letters where status = 'dead' group by kind)
  select
    (select coalesce(jsonb_object_agg(stage, number), '{}')
       from (select subject as stage, sum(number) as number from kept where what = 'in-stage' group by subject
             having sum(number) > 0) as by_stage) as "casesByStage",
    (select coalesce(jsonb_object_agg(state, number), '{}')
       from (select state, count(*) as number from groups where state not in ('completed', 'aborted')
              group by state) as by_state) as "groupsByState",
    (select coalesce(sum(number), 0)::bigint from kept where what = 'stalled') as stalled,
    (select coalesce(jsonb_agg(jsonb_build_object('partyKind', kind, 'open', open, 'overdue', overdue)), '[]')
       from (select kinds.kind, sum(open) as open, sum(overdue) as overdue
               from owed join kinds using (mechanism_id, party) group by kinds.kind) as by_kind) as obligations,
    (select coalesce(sum(overdue), 0)::bigint from owed) as overdue,
    (select count(*) from dangers) as "safetyOverdue",
    (select coalesce(extract(epoch from (select at from now) - min(due)), 0)::float8 from dangers) as "safetyOverdueSeconds",
    (select count(*) from outbox where status = 'pending') as "outboxPending",
    (select coalesce(extract(epoch from max(now.at - next_attempt_at)), 0)::float8 from now,
            (select min(next_attempt_at) as next_attempt_at from outbox where status = 'pending'
              union all select oldest from waiting) as oldest
      where next_attempt_at <= now.at) as "outboxAgeSeconds",
    (select coalesce(jsonb_agg(jsonb_build_object(
              'kind', kind, 'pending', coalesce(waiting.number, 0), 'dead', coalesce(given_up.number, 0))), '[]')
       from waiting full join given_up using (kind)) as letters,
    (select count(*) from letters, now
      where status = 'dead' and given_up_at > now.at - interval '1 day') as "lettersGivenUp",
    (select coalesce(extract(epoch from max(now.at - send_at)), 0)::float8
       from letters, now where status = 'pending' and safety and send_at <= now.at) as "safetyLetterSeconds",
    (select count(*) from letters l, now where ${isUnheard}
        and (l.status = 'pending' or l.given_up_at > now.at - interval '1 day')) as "safetyLettersUndelivered",
    (select count(*) from outbox where status = 'dead') as "outboxDead",
    (select count(*) from commands where status = 'accepted') as "commandsUnanswered",
    (select count(*) from news, now where news.at < now.at - interval '1 minute') as "newsUnread",
    (select count(*) from places p where not exists (
       select from bookings b
        where (b.mechanism_id, b.site, b.number) = (p.mechanism_id, p.site, p.number) and b.left_at is null
          and (b.occupied or b.nights @> (select at::date from now)))) as "placesFree",
    (select count(*) from stuck_processes) as stuck,
    (select count(distinct (kind, id)) from doubts) as doubts,
    (select pg_has_role(relowner, 'member') from pg_class where oid = 'events'::regclass) as "ownsTables",
    (select coalesce(jsonb_agg(jsonb_build_object(
              'task', task, 'ageSeconds', extract(epoch from now.at - upkeep_rounds.at))), '[]')
       from upkeep_rounds, now) as rounds,
    (select jsonb_build_object('seconds', seconds, 'ageSeconds', extract(epoch from now.at - clock_differences.at))
       from clock_differences, now where clock_differences.at > now.at - interval '1 day'
      order by abs(seconds) desc limit 1) as "clockDifference",
    (select (counts ->> 'started')::float8 + (counts ->> 'missing')::float8
       from upkeep_rounds where task = 'reconcile') as missing`;
