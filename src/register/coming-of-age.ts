/** Children of open cases who near their 18th birthday. Only the milestone leaves the dossier, never the date. */
import type { Pool } from 'pg';
import { majorityMilestones } from '../domain/commands';
import type { MajorityMilestone } from '../domain/commands';
import type { CaseId } from '../domain/ids';
import { one, repeating } from './transaction';

export interface ComingOfAge {
  readonly case: CaseId;
  /** The nearest milestone reached and not yet in the record; earlier ones that were missed are passed over. */
  readonly daysLeft: MajorityMilestone;
}

/** Of an estimated birth date the earliest day counts: consent asked too early harms nobody, too late it may. */
const dueMilestones = /* sql */ `
with ages as (
  select c.id, (coalesce(d.content #>> '{child,birthDate,exact}', d.content #>> '{child,birthDate,estimated,from}')::date
                + interval '18 years')::date - (clock_timestamp() at time zone 'utc')::date as days
  from cases c join dossiers d on d.case_id = c.id and d.version = c.dossier_version
  where c.stage <> 'closed'
)
select id as "case", milestone as "daysLeft"
from ages, lateral (select min(m) as milestone from unnest($1::integer[]) m where m >= ages.days) as reached
where milestone is not null
  and not exists (select from events e where e.case_id = id and e.type = 'MajorityNoted'
                                         and (e.event ->> 'daysLeft')::integer <= milestone)
order by id limit $2`;

export const createComingOfAge = (pool: Pool) => ({
  due: (limit = 500): Promise<ComingOfAge[]> =>
    repeating(pool, async (client) => {
      const { rows } = await one<ComingOfAge & Record<string, unknown>>(client, {
        name: 'coming-of-age',
        text: dueMilestones,
        values: [majorityMilestones, limit],
      });
      return rows;
    }),
});
