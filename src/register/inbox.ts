/** The inbox: what officials with these roles owe now, the dangerous first, then what is overdue, then what is due. */
import type { Pool } from 'pg';
import type { CaseId } from '../domain/ids';
import type { ObligationKind } from '../domain/obligation-kinds';
import type { Stage } from '../domain/stages';
import type { Instant } from '../domain/time';
import { nowOn } from './clock';
import type { ClockWatch } from './clock';
import { clampLimit, decodeCursor, pageOf } from './cursor';
import type { Page, Paged } from './cursor';
import { entryColumns, entryOf, rolesApart, scopeConditions } from './inbox-entries';
import type { InboxCounts, InboxEntry, InboxRow, InboxScope } from './inbox-entries';
import type { CaseReader } from './reader';
import { repeating, together } from './transaction';
import type { Statement } from './transaction';

export interface InboxFilter {
  /** `all` unless given. */
  readonly scope?: InboxScope;
  readonly kind?: ObligationKind;
  readonly stage?: Stage;
  readonly overdue?: boolean;
  readonly safety?: boolean;
  readonly paused?: boolean;
  readonly stalled?: boolean;
  readonly case?: CaseId;
  readonly dueBefore?: Instant;
}
export interface Inbox extends Paged<InboxEntry> {
  /** On the first page: of all that the filter finds. */
  readonly counts?: InboxCounts;
  /** Changes after this instant may not be in it. */
  readonly asOf: Instant;
}

export const createInbox =
  (pool: Pool, clock: ClockWatch) =>
  (reader: CaseReader, page: Page, filter: InboxFilter = {}): Promise<Inbox> =>
    repeating(pool, async (client) => {
      const limit = clampLimit(page.limit);
      const after = decodeCursor(page.cursor, 4);
      const { where, values } = conditionsOf(reader, filter);
      const asOf = await nowOn(client, clock);
      const [list, counts] = await together<Record<string, unknown>>(client, [
        listed(where, values, after, limit),
        ...(after ? [] : [counted(where, values)]),
      ]);
      const rows = (list?.rows ?? []) as unknown as InboxRow[];
      const { items, ...rest } = pageOf(rows, limit, (row) => [
        row.safety ? 1 : 0,
        row.due,
        row.case,
        row.key,
      ]);
      const found = counts?.rows[0] as unknown as InboxCounts | undefined;
      return {
        items: items.map(entryOf),
        ...rest,
        ...(found && { counts: found }),
        asOf,
      };
    });

/** Rows lie ready for what only time will bring: they are asked for from their `since` on. */
function conditionsOf(reader: CaseReader, filter: InboxFilter): { where: string; values: unknown[] } {
  const { own, lent } = rolesApart(reader);
  const values: unknown[] = [reader.mechanism, reader.party, own, lent];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const is = (wanted: boolean, condition: string): string => (wanted ? condition : `not (${condition})`);
  const { kind, stage, overdue, safety, paused, stalled, dueBefore } = filter;
  const conditions = [
    'o.mechanism_id = $1',
    'o.party = $2',
    'o.since <= clock_timestamp()',
    // Both lists are parameters of every form, so that Postgres knows their type.
    scopeConditions('$3::text[]', '$4::text[]')[filter.scope ?? 'all'],
    '$3::text[] is not null and $4::text[] is not null',
    ...(kind === undefined ? [] : [`o.kind = ${given(kind)}`]),
    ...(stage === undefined ? [] : [`c.stage = ${given(stage)}`]),
    ...(safety === undefined ? [] : [`o.safety = ${given(safety)}`]),
    ...(filter.case === undefined ? [] : [`o.case_id = ${given(filter.case)}`]),
    ...(dueBefore === undefined ? [] : [`o.due < ${given(dueBefore)}::timestamptz`]),
    ...(overdue === undefined ? [] : [is(overdue, 'o.due < clock_timestamp()')]),
    ...(paused === undefined ? [] : [is(paused, 'coalesce(o.paused_until > clock_timestamp(), false)')]),
    ...(stalled === undefined ? [] : [is(stalled, 'c.stalled_since is not null')]),
  ];
  return { where: conditions.join(' and '), values };
}

/** What is overdue was due before what is not, so one order by the due instant puts it first. */
const listed = (
  where: string,
  given: readonly unknown[],
  after: readonly (string | number)[] | undefined,
  limit: number,
): Statement => {
  const values = [...given, limit + 1];
  const from = values.length;
  const beyond = after
    ? `and (not o.safety, o.due, o.case_id, o.key)
         > (not $${from + 1}::boolean, $${from + 2}::timestamptz, $${from + 3}::text, $${from + 4}::text)`
    : '';
  if (after) values.push(after[0] === 1, ...after.slice(1));
  return {
    text: `select ${entryColumns('clock_timestamp()')}
             from obligations o join cases c on c.id = o.case_id
            where ${where} ${beyond} order by o.safety desc, o.due, o.case_id, o.key limit $${from}`,
    values,
  };
};

const counted = (where: string, values: readonly unknown[]): Statement => ({
  text: `select count(*) as total, ${countColumns} from obligations o join cases c on c.id = o.case_id where ${where}`,
  values,
});
const countColumns = `
  count(*) filter (where o.due < clock_timestamp()) as overdue,
  count(*) filter (where o.safety) as safety,
  count(*) filter (where o.due between clock_timestamp() and clock_timestamp() + interval '7 days') as "dueThisWeek",
  count(*) filter (where o.paused_until > clock_timestamp()) as paused,
  count(*) filter (where ${scopeConditions('$3::text[]', '$4::text[]').delegated}) as delegated`;
