/**
 * Open cases that have not heard what the newest version of their mechanism closes or opens: a crossing from a date, a site, a
 * bed. They need not be moved for it; a case on the way can't be. Source: docs/rules.md, "Closing".
 */
import type { Pool } from 'pg';
import type { CaseId } from '../../domain/model/ids';
import type { Mechanisms } from '../store/mechanisms';
import { query, retrying } from '../postgres/transaction';

export interface ClosingsToNote {
  readonly case: CaseId;
  /** The newest version of its mechanism. */
  readonly mechanismVersion: number;
}

const toTell = /* sql */ `
  select c.id as "case"
    from cases c
   where c.mechanism_id = $1 and c.stage <> 'closed'
     and greatest(c.mechanism_version, (select max((e.event ->> 'mechanismVersion')::integer) from events e
                                         where e.case_id = c.id and e.type = 'ClosingsNoted')) = any ($2::integer[])
   order by c.id limit $3`;

export const createClosings = (pool: Pool, mechanisms: Mechanisms) => ({
  /** By what each was told last. Nothing is looked up where the newest version leaves open what those before it did. */
  listToNote: (limit = 500): Promise<ClosingsToNote[]> =>
    retrying(pool, async (client) => {
      const { rows: ids } = await query<{ id: string }>(client, {
        name: 'mechanism-ids',
        text: 'select distinct id from mechanisms order by id',
      });
      const found: ClosingsToNote[] = [];
      for (const { id } of ids) {
        const known = await mechanisms.outdatedOn(client, id);
        if (!known || known.outdated.length === 0) continue;
        const { rows } = await query<{ case: CaseId }>(client, {
          name: 'closings-to-note',
          text: toTell,
          values: [id, known.outdated, limit - found.length],
        });
        found.push(...rows.map((row) => ({ case: row.case, mechanismVersion: known.latest })));
      }
      return found;
    }),
});
