/** Who owes what now, for lists: by case, and by party over all cases of a reader. */
import { sql } from 'kysely';
import type { CaseId, PartyId } from '../../domain/model/ids';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { Instant } from '../../domain/calendar/time';
import { inScope } from './board';
import type { CaseScope } from './board';
import type { Database } from '../postgres/database';
import type { CaseReader } from '../store/reader';

export interface Wait {
  readonly party: PartyId;
  readonly kind: ObligationKind;
  readonly since: Instant;
  readonly due: Instant;
}
export interface PartyWait {
  readonly party: PartyId;
  readonly cases: number;
  /** Of them, those with something overdue. */
  readonly overdue: number;
  readonly longestSince: Instant;
}

export const createWaits = (db: Database) => ({
  /** By case, the dangerous first, then what is due first. `scope`: what the reader may know of, everything unless given. */
  ofCases: async (
    ids: readonly CaseId[],
    scope?: CaseScope,
  ): Promise<ReadonlyMap<CaseId, readonly Wait[]>> => {
    const rows = await db
      .selectFrom('obligations as o')
      .select(['o.case_id', 'o.party', 'o.kind', 'o.since', 'o.due'])
      .where(sql<boolean>`o.case_id = any(${[...ids]}::text[]) and o.since <= statement_timestamp()`)
      .where(sql<boolean>`${inScope('o', scope)}`)
      .orderBy('o.safety', 'desc')
      .orderBy('o.due')
      .orderBy('o.key')
      .execute();
    const found = new Map<CaseId, Wait[]>();
    for (const { case_id: id, ...wait } of rows) found.set(id, [...(found.get(id) ?? []), wait]);
    return found;
  },

  /** For whom the cases of the reader’s party wait, themselves left out; the most overdue first. */
  ofParties: async ({ mechanism, party }: CaseReader, scope?: CaseScope): Promise<PartyWait[]> => {
    const rows = await db
      .selectFrom('obligations as o')
      .innerJoin('cases', 'cases.id', 'o.case_id')
      .select([
        'o.party',
        sql<string>`count(distinct o.case_id)`.as('cases'),
        sql<string>`count(distinct o.case_id) filter (where o.due < statement_timestamp())`.as('overdue'),
        sql<Instant>`min(o.since)`.as('longest_since'),
      ])
      .where('cases.mechanism_id', '=', mechanism)
      .where(sql<boolean>`cases.parties @> array[${party}]::text[] and o.since <= statement_timestamp()`)
      .where('o.party', '<>', party)
      .where(sql<boolean>`${inScope('o', scope)}`)
      .groupBy('o.party')
      .execute();
    return rows
      .map(({ party: who, cases, overdue, longest_since: longestSince }) => ({
        ...{ party: who, cases: Number(cases), overdue: Number(overdue), longestSince },
      }))
      .sort((one, other) => other.overdue - one.overdue || other.cases - one.cases);
  },
});
