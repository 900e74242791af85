/**
 * How much an inbox holds, counted only as far as a person takes it in: nobody acts otherwise on 4,000 than on 3,000,
 * and counting them cost the more the worse things stood.
 */
import { gravity, officesInScope, owedBy } from './offices';
import type { OfficeSql } from './offices';
import type { InboxScope } from './inbox-entries';

/** No count goes beyond; the answer says which are more. */
export const mostCounted = 99;

export const countNames = ['total', 'overdue', 'safety', 'dueThisWeek', 'paused', 'delegated'] as const;
type CountName = (typeof countNames)[number];
export interface InboxCounts extends Readonly<Record<CountName, number>> {
  /** Those of which there are more: shown as `99+`. */
  readonly more: readonly CountName[];
}

/** As `countsText` gives them: one more than `mostCounted` means more. */
export type CountRow = Readonly<Record<CountName, number>>;

export const countsOf = (row: CountRow): InboxCounts => {
  const capped = countNames.map((name) => [name, Math.min(row[name], mostCounted)] as const);
  return {
    ...(Object.fromEntries(capped) as Record<CountName, number>),
    more: countNames.filter((name) => row[name] > mostCounted),
  };
};

const now = 'clock_timestamp()';
const aWeekOn = `${now} + interval '7 days'`;
/** What is grave and what is not lie apart in the index; so each is gone through by its due instant. */
const bothGravities = (condition: string): string => `${gravity} = grave.rank and ${condition}`;
/** `paused` has an index of its own. */
const conditions: Readonly<Record<Exclude<CountName, 'delegated'>, string>> = {
  total: 'true',
  overdue: bothGravities(`o.due < ${now}`),
  safety: `${gravity} = 0`,
  dueThisWeek: bothGravities(`o.due >= ${now} and o.due <= ${aWeekOn}`),
  paused: `o.paused_until > ${now}`,
};

/** One row of counts. `where` is of `obligations o` and, when `withCase` is set, of its case `c`. */
export function countsText(
  who: OfficeSql,
  scopeOf: (conditions: Readonly<Record<InboxScope, string>>) => string,
  where = 'true',
  withCase = false,
): string {
  const counted = ([name, condition]: [string, string]): string => {
    const apart = condition.includes('grave.rank')
      ? '(values (0), (1)) as grave(rank) cross join lateral'
      : '';
    const rows = `
      select 1 from obligations o ${withCase ? 'join cases c on c.id = o.case_id' : ''}
       where ${owedBy(who)} and ${condition} and ${where} limit ${mostCounted + 1}`;
    const found = apart ? `select 1 from ${apart} (${rows}) as one` : rows;
    return `(select count(*) from (${found}) as found) as "${name}"`;
  };
  const names = Object.keys(conditions);
  return `
  ${officesInScope(who, scopeOf)},
  counted as (
    select office.delegated as is_delegated, ${Object.entries(conditions).map(counted).join(', ')} from office)
  select ${names.map((name) => `coalesce(sum("${name}"), 0)::integer as "${name}"`).join(', ')},
         coalesce(sum(total) filter (where is_delegated), 0)::integer as delegated from counted`;
}
