/**
 * Obligations of a party, office by office: a party owes ten thousand things, and all of them to few lists of roles.
 * An index orders each office's, the dangerous apart (migration `0008-reads`), so a page and a count read no more than
 * they show, however much is owed. SQL in pieces, for whoever reads an inbox.
 */
import type { InboxScope } from './inbox-entries';
import { scopeConditions } from './inbox-entries';

/** SQL for whose it is. */
export interface OfficeSql {
  readonly mechanism: string;
  readonly party: string;
  /** Lists of roles, see `rolesApart`. */
  readonly own: string;
  readonly lent: string;
  /** The instant by which all is judged: a value, since an index can't be asked by a clock that runs. */
  readonly now: string;
}

/** 0: of safety; 1: not. The index is over this very expression. */
export const gravity = 'case when o.safety then 0 else 1 end';
export const gravities = [0, 1] as const;

/** The beginning of a `with`: `office o` of those in scope, each found by one look into the index. */
export const officesInScope = (
  { mechanism, party, own, lent }: OfficeSql,
  scopeOf: (conditions: Readonly<Record<InboxScope, string>>) => string,
): string => {
  const conditions = scopeConditions(own, lent);
  const next = (after: string): string => `
    select o.roles from obligations o
     where o.mechanism_id = ${mechanism} and o.party = ${party} ${after} order by o.roles limit 1`;
  return `
  with recursive every(roles) as (
    (${next('')})
    union all
    select (${next('and o.roles > every.roles')}) from every where every.roles is not null),
  office as (
    select o.roles, ${conditions.delegated} as delegated from every o
     where o.roles is not null and ${scopeOf(conditions)})`;
};

/**
 * What nobody but the mediator knows of lies in a table of its own and the same shape, `suggestions`; the same SQL asks
 * it. A view of both would read all of an office for each page.
 */
export const ofSuggestions = (text: string): string => text.replaceAll(/\bobligations o\b/g, 'suggestions o');

/**
 * What an office owes now; of `obligations o`. Nearly all of it has begun, so `since` is only looked at: as it stands
 * Postgres would look through all that ever began.
 */
export const owedBy = ({ mechanism, party, now }: OfficeSql): string =>
  `o.mechanism_id = ${mechanism} and o.party = ${party} and o.roles = office.roles and o.since + interval '0' <= ${now}`;
