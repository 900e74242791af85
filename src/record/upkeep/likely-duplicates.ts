/**
 * Looks whether a child is in another open case already: by the number or the zone of a paper of its own, or by its name
 * and a birth date within two years. What is found is suggested to the mediator, who flags and settles it as any
 * duplicate. No event says it, and nothing else of either case changes: parties may not know of one another's cases.
 *
 * It runs after the commit, so that of two openings at once the later look finds the other. What a crash leaves undone
 * stands in `dossiers_to_compare`, and the upkeep does it.
 */
import type { Pool, PoolClient } from 'pg';
import type { CaseEvent } from '../../domain/model/events';
import type { CaseId } from '../../domain/model/ids';
import { suggestedDuplicate } from '../../domain/obligations/obligations';
import { nowOn } from '../postgres/clock';
import type { ClockWatch } from '../postgres/clock';
import type { Likeness } from '../store/folds';
import type { Mechanisms } from '../store/mechanisms';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

export interface LikelyDuplicate {
  readonly case: CaseId;
  readonly grounds: readonly Likeness[];
}
interface Found extends Record<string, unknown> {
  readonly other: CaseId;
  readonly grounds: Likeness[];
}

/** What so many open cases share tells nothing of any of them: a filler, an example. */
const sharedByTooMany = 8;
const lookedAtOnce = 200;

const alike = /* sql */ `
with mine as (
  select f.* from dossier_folds f join cases c on c.id = f.case_id and c.stage <> 'closed'
   where f.case_id = $1 and f.kind <> 'name'),
found as (
  select other.case_id as other, mine.kind
    from mine cross join lateral (
      select f.case_id, count(*) over () as number from (
        select f.case_id from dossier_folds f
          join cases c on c.id = f.case_id and c.stage <> 'closed'
           and c.mechanism_id = (select mechanism_id from cases where id = $1)
         where f.kind = mine.kind and f.value = mine.value and f.case_id <> $1
           and (mine.born_from is null or (f.born_from <= mine.born_to + interval '2 years'
                                           and f.born_to >= mine.born_from - interval '2 years'))
         limit ${sharedByTooMany + 1}) as f) as other
   where other.number <= ${sharedByTooMany})
select other, array_agg(distinct kind order by kind) as grounds from found
 where not exists (select from events e where e.type = 'DuplicateFlagged'
                     and (e.case_id = $1 and e.event ->> 'other' = found.other
                          or e.case_id = found.other and e.event ->> 'other' = $1))
 group by other order by other`;

export const createLikelyDuplicates = (pool: Pool, mechanisms: Mechanisms, clock: ClockWatch) => {
  const lookOn = async (client: PoolClient, id: CaseId): Promise<number> => {
    const { rows } = await query<Found>(client, { name: 'look-for-duplicates', text: alike, values: [id] });
    const { rows: cases } = await query<{ id: string; version: number }>(client, {
      name: 'mechanism-of-case',
      text: 'select mechanism_id as id, mechanism_version as version from cases where id = $1',
      values: [id],
    });
    const rules = cases[0] && (await mechanisms.rulesOn(client, cases[0]));
    const now = await nowOn(client, clock);
    const suggested = rules
      ? rows.flatMap(({ other, grounds }) =>
          suggestedDuplicate(rules, other, now).map((owed) => ({ ...owed, grounds })),
        )
      : [];
    await pipeline(client, [
      begin,
      {
        name: 'forget-unlike',
        // Asked anew: a case that was opened since may have found this one, and what it suggested stands.
        text: `delete from suggestions where (case_id = $1 or subject = $1)
                  and case when case_id = $1 then subject else case_id end not in (select other from (${alike}) as kept)`,
        values: [id],
      },
      {
        name: 'suggest-duplicates',
        text: `insert into suggestions (case_id, key, mechanism_id, kind, subject, party, roles, since, due, safety,
                                        commands, grounds)
               select $1, key, $2, kind, subject, party, roles, since, due, safety, commands, grounds
                 from jsonb_to_recordset($3::jsonb) as row(key text, kind text, subject text, party text,
                      roles text[], since timestamptz, due timestamptz, safety boolean, commands text[], grounds text[])
               on conflict do nothing`,
        values: [id, cases[0]?.id ?? '', JSON.stringify(suggested)],
      },
      { name: 'compared', text: 'delete from dossiers_to_compare where case_id = $1', values: [id] },
      commit,
    ]);
    return suggested.length;
  };

  return {
    look: (id: CaseId): Promise<number> => retrying(pool, (client) => lookOn(client, id)),

    /** What a process that died, or an upgrade, left to do. Gives how many were compared. */
    lookAtRest: (): Promise<number> =>
      retrying(pool, async (client) => {
        const { rows } = await query<{ case_id: CaseId }>(client, {
          name: 'left-to-compare',
          text: 'select case_id from dossiers_to_compare order by since, case_id limit $1',
          values: [lookedAtOnce],
        });
        for (const row of rows) await lookOn(client, row.case_id);
        return rows.length;
      }),

    /** Not settled and not flagged yet, from both ends. For the mediator alone. */
    of: (id: CaseId): Promise<LikelyDuplicate[]> =>
      retrying(pool, async (client) => {
        const { rows } = await query<LikelyDuplicate & Record<string, unknown>>(client, {
          name: 'likely-duplicates',
          text: `select case when case_id = $1 then subject else case_id end as "case", grounds
                   from suggestions where case_id = $1 or subject = $1 order by since, 1`,
          values: [id],
        });
        return rows;
      }),
  };
};

/** Goes with a command: what a person has taken up, or what is closed, is suggested no longer. */
export const dropSuggestions = (id: CaseId, events: readonly { readonly event: CaseEvent }[]): Statement[] =>
  events.flatMap(({ event }): Statement[] => {
    if (event.type === 'DuplicateFlagged')
      return [
        {
          name: 'drop-suggested-pair',
          text: `delete from suggestions where (case_id = $1 and subject = $2) or (case_id = $2 and subject = $1)`,
          values: [id, event.other],
        },
      ];
    if (event.type !== 'CaseClosed') return [];
    return [
      {
        name: 'drop-suggested',
        text: 'delete from suggestions where case_id = $1 or subject = $1',
        values: [id],
      },
    ];
  });
