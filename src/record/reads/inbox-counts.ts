/**
 * How much an inbox holds, counted only as far as a person takes it in: nobody acts otherwise on 4,000 than on 3,000,
 * and counting them cost the more the worse things stood.
 */
import { gravity, officesInScope, owedBy } from './offices';
import type { OfficeSql } from './offices';
import type { InboxScope } from './inbox-entries';

/** No count goes beyond; the answer says which are more. */
export const maxCounted = 99;

export const countNames = ['total', 'overdue', 'safety', 'dueThisWeek', 'paused', 'delegated'] as const;
type CountName = (typeof countNames)[number];
export interface InboxCounts extends Readonly<Record<CountName, number>> {
  /** Those of which there are more: shown as `99+`. */
  readonly more: readonly CountName[];
}

/** As `countsText` gives them: one more than `maxCounted` means more. */
export type CountRow = Readonly<Record<CountName, number>>;

/** Of obligations and of suggestions. */
export const addCounts = (row: CountRow | undefined, more: CountRow | undefined): CountRow | undefined =>
  row && more
    ? (Object.fromEntries(countNames.map((name) => [name, row[name] + more[name]])) as CountRow)
    : row;

export const countsOf = (row: CountRow): InboxCounts => {
  const capped = countNames.map((name) => [name, Math.min(row[name], maxCounted)] as const);
  return {
    ...(Object.fromEntries(capped) as Record<CountName, number>),
    more: countNames.filter((name) => row[name] > maxCounted),
  };
};

/**
 * What is grave and what is not lie apart in the index, and each in the order of its due instants: so both are gone
 * through, in that order, and no further than is counted.
 */
const byDue = { from: '(values (0), (1)) as grave(rank) cross join lateral', first: 'o.due' };
const conditions = (now: string) =>
  ({
    total: { ...byDue, where: `${gravity} = grave.rank` },
    overdue: { ...byDue, where: `${gravity} = grave.rank and o.due < ${now}` },
    safety: { from: '', first: 'o.due', where: `${gravity} = 0` },
    dueThisWeek: {
      ...byDue,
      where: `${gravity} = grave.rank and o.due >= ${now} and o.due <= ${now} + interval '7 days'`,
    },
    paused: { from: '', first: 'o.paused_until', where: `o.paused_until > ${now}` },
  }) as const satisfies Partial<Record<CountName, { from: string; first: string; where: string }>>;

/** One row of counts. `where` is of `obligations o` and, when `withCase` is set, of its case `c`. */
export function countsText(
  who: OfficeSql,
  scopeOf: (conditions: Readonly<Record<InboxScope, string>>) => string,
  where = 'true',
  withCase = false,
): string {
  const parts = Object.entries(conditions(who.now));
  const counted = parts.map(
    ([name, { from, first, where: condition }]) => `
    (select count(*) from ${from} (
       select 1 from obligations o ${withCase ? 'join cases c on c.id = o.case_id' : ''}
        where ${owedBy(who)} and ${condition} and ${where}
        order by ${first} limit ${maxCounted + 1}) as found) as "${name}"`,
  );
  return `
  ${officesInScope(who, scopeOf)},
  counted as (select office.delegated as is_delegated, ${counted.join(', ')} from office)
  select ${parts.map(([name]) => `coalesce(sum("${name}"), 0)::integer as "${name}"`).join(', ')},
         coalesce(sum(total) filter (where is_delegated), 0)::integer as delegated from counted`;
}
