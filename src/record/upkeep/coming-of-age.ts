/** Children of open cases who near their 18th birthday. Only the milestone leaves the dossier, never the date. */
import type { Pool } from 'pg';
import { majorityMilestones } from '../../domain/model/commands';
import type { MajorityMilestone } from '../../domain/model/commands';
import type { CaseId } from '../../domain/model/ids';
import { daysToMajority, milestoneOf } from '../../domain/facts/majority';
import type { Instant, LocalDate } from '../../domain/calendar/time';
import type { CaseCache } from '../store/case-cache';
import { readCase } from '../store/case-reader';
import type { Mechanisms } from '../store/mechanisms';
import { query, retrying } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

export interface ComingOfAge {
  readonly case: CaseId;
  /** The nearest milestone reached and not yet in the record; earlier ones that were missed are passed over. */
  readonly daysLeft: MajorityMilestone;
}

/** A whole record is looked at after an upgrade; a statement must end in time. */
const maxCompared = 20_000;

/** It is that day somewhere: of one statement one day, which Postgres can look up in an index. */
const anywhere = `(statement_timestamp() at time zone 'utc' + interval '14 hours')::date`;

/**
 * `look_on` is the day of the next milestone that is not in the record; a row is looked at from then on. The look
 * itself moves it on once the milestone is recorded, and removes it when none is left or the case is closed. What it
 * says follows from dossier and events alone, so a clock that was wrong for a while leaves nothing behind.
 */
const look = /* sql */ `
with reached as materialized (
  select m.case_id, m.version, m.of_age_on, m.look_on, c.stage = 'closed' as is_closed,
         (select min((e.event ->> 'daysLeft')::integer) from events e
           where e.case_id = m.case_id and e.type = 'MajorityNoted') as noted
    from majorities m join cases c on c.id = m.case_id
   where m.look_on <= ${anywhere} order by m.look_on, m.case_id limit ${maxCompared}),
ahead as materialized (
  select reached.*, of_age_on - (
           select max(milestone) from unnest($1::integer[]) as milestone
            where noted is null or milestone < noted) as next_on
    from reached),
over as (
  delete from majorities m using ahead a
   where m.case_id = a.case_id and m.version = a.version and (a.is_closed or a.next_on is null)),
moved as (
  update majorities m set look_on = a.next_on from ahead a
   where m.case_id = a.case_id and m.version = a.version and not a.is_closed and a.next_on <> a.look_on)
select case_id as "case", to_char(of_age_on, 'YYYY-MM-DD') as "ofAgeOn", noted, clock_timestamp() as now
  from ahead where not is_closed and next_on <= ${anywhere} order by case_id limit $2`;

interface Near {
  [column: string]: unknown;
  readonly case: CaseId;
  readonly ofAgeOn: LocalDate;
  readonly noted: MajorityMilestone | null;
  readonly now: Instant;
}

export const createComingOfAge = (pool: Pool, cache: CaseCache, mechanisms: Mechanisms) => ({
  /** Those not noted yet are given again. On whose calendar it is that day, the rules say. */
  due: (limit = 500): Promise<ComingOfAge[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<Near>(client, {
        name: 'coming-of-age',
        text: look,
        values: [majorityMilestones, limit],
      });
      const due: ComingOfAge[] = [];
      for (const { case: id, ofAgeOn, noted, now } of rows) {
        const { state } = await readCase(client, cache, id, Number.MAX_SAFE_INTEGER);
        if (!state) continue;
        const rules = await mechanisms.rulesOfStream(client, state);
        const daysLeft = milestoneOf(daysToMajority(ofAgeOn, now, { state, rules }));
        if (daysLeft !== undefined && (noted === null || daysLeft < noted)) due.push({ case: id, daysLeft });
      }
      return due;
    }),
});

/** For the rebuild: every open case is looked at in the next round. */
export const remakeMajorities: readonly Statement[] = [
  { text: 'delete from majorities' },
  {
    text: `insert into majorities (case_id, version, of_age_on)
           select c.id, d.version, of_age_on(d.content)
             from cases c join dossiers d on d.case_id = c.id and d.version = c.dossier_version
            where c.stage <> 'closed'`,
  },
];
