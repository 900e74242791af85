/** The inbox: what officials with these roles owe now, the dangerous first, then what is overdue, then what is due. */
import type { Pool } from 'pg';
import type { CaseId, OfficialId } from '../../domain/model/ids';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { Stage } from '../../domain/model/stages';
import type { Instant } from '../../domain/calendar/time';
import { nowOn } from '../postgres/clock';
import type { ClockWatch } from '../postgres/clock';
import { clampLimit, decodeCursor, pageOf } from '../postgres/cursor';
import type { Page, Paged } from '../postgres/cursor';
import { addCounts, countsOf, countsText } from './inbox-counts';
import type { CountRow, InboxCounts } from './inbox-counts';
import { countEntries, groupEntryOf, owedToGroups } from './group-inbox';
import type { GroupEntry, GroupEntryRow } from './group-inbox';
import { entryColumns, entryOf, isInScope, rolesApart } from './inbox-entries';
import type { InboxEntry, InboxRow, InboxScope } from './inbox-entries';
import { gravities, gravity, officesInScope, ofSuggestions, owedBy } from './offices';
import { mayBeSuggested } from '../store/reader';
import type { CaseReader } from '../store/reader';
import { retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

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
  /** Of cases that one of these has, or is deputy of. */
  readonly officers?: readonly OfficialId[];
}
export interface Inbox extends Paged<InboxEntry> {
  /** On the first page: what is owed to groups, in the order in which it is due. */
  readonly groups?: readonly GroupEntry[];
  /** On the first page: of all that the filter finds, groups too. */
  readonly counts?: InboxCounts;
  /** Changes after this instant may not be in it. */
  readonly asOf: Instant;
}

export const createInbox =
  (pool: Pool, clock: ClockWatch) =>
  (reader: CaseReader, page: Page, filter: InboxFilter = {}): Promise<Inbox> =>
    retrying(pool, async (client) => {
      const limit = clampLimit(page.limit);
      const after = decodeCursor(page.cursor, 4);
      const asOf = await nowOn(client, clock);
      const asked = questionOf(reader, filter, asOf);
      const asking = [listed(asked, after, limit), ...(after ? [] : [counted(asked)])];
      const ofGroups = after || asksForCases(filter) ? [] : [owedToGroups(reader, filter, asOf)];
      const answers = await pipeline<Record<string, unknown>>(client, [...asking, ...ofGroups]);
      const [list, counts, owed] = answers;
      const [suggested, more] = mayBeSuggested(reader)
        ? await pipeline<Record<string, unknown>>(client, asking.map(ofSuggestionsToo))
        : [];
      const rows = merge(
        list?.rows as InboxRow[] | undefined,
        suggested?.rows as InboxRow[] | undefined,
      ).slice(0, limit + 1);
      const { items, ...rest } = pageOf(rows, limit, (row) => [
        row.safety ? 1 : 0,
        row.due,
        row.case,
        row.key,
      ]);
      const groups = ((owed?.rows ?? []) as unknown as GroupEntryRow[])
        .map(groupEntryOf)
        .filter((entry) => isInScope(entry, reader, filter.scope ?? 'all'));
      const inCases = addCounts(
        counts?.rows[0] as CountRow | undefined,
        more?.rows[0] as CountRow | undefined,
      );
      const found = addCounts(inCases, countEntries(groups, reader, asOf));
      return {
        items: items.map(entryOf),
        ...rest,
        ...(!after && { groups }),
        ...(found && { counts: countsOf(found) }),
        asOf,
      };
    });

/** Both lists of roles are parameters of every form, so that Postgres knows their type. */
const who = { mechanism: '$1', party: '$2', own: '$3::text[]', lent: '$4::text[]', now: '$5::timestamptz' };

/** Nothing of a group is of safety, put off, stalled or in a stage; whoever asks for that asks for cases. */
const asksForCases = ({ kind, stage, safety, paused, stalled, case: id }: InboxFilter): boolean =>
  (kind ?? stage ?? id) !== undefined || safety === true || paused === true || stalled === true;

interface Question {
  readonly scope: InboxScope;
  /** Of `obligations o` and, where it speaks of the case, of `cases c`. */
  readonly where: string;
  readonly withCase: boolean;
  readonly values: readonly unknown[];
}

/** Rows lie ready for what only time will bring: they are asked for from their `since` on. */
function questionOf(reader: CaseReader, filter: InboxFilter, now: Instant): Question {
  const { own, lent } = rolesApart(reader);
  const values: unknown[] = [reader.mechanism, reader.party, own, lent, now];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const is = (wanted: boolean, condition: string): string => (wanted ? condition : `not (${condition})`);
  const { scope = 'all', kind, stage, overdue, safety, paused, stalled, dueBefore, officers } = filter;
  const ofOfficers = (ids: string): string =>
    `(c.officer = any (${ids}::text[]) or c.deputy = any (${ids}::text[]))`;
  const conditions = [
    ...(officers === undefined ? [] : [ofOfficers(given(officers))]),
    ...(kind === undefined ? [] : [`o.kind = ${given(kind)}`]),
    ...(stage === undefined ? [] : [`c.stage = ${given(stage)}`]),
    ...(safety === undefined ? [] : [`${gravity} = ${safety ? 0 : 1}`]),
    ...(filter.case === undefined ? [] : [`o.case_id = ${given(filter.case)}`]),
    ...(dueBefore === undefined ? [] : [`o.due < ${given(dueBefore)}::timestamptz`]),
    ...(overdue === undefined ? [] : [is(overdue, `o.due < ${who.now}`)]),
    ...(paused === undefined ? [] : [is(paused, `coalesce(o.paused_until > ${who.now}, false)`)]),
    ...(stalled === undefined ? [] : [is(stalled, 'c.stalled_since is not null')]),
  ];
  return {
    scope,
    where: conditions.length > 0 ? conditions.join(' and ') : 'true',
    withCase: stage !== undefined || stalled !== undefined || officers !== undefined,
    values,
  };
}

/**
 * What is overdue was due before what is not, so one order by the due instant puts it first. Each office gives a
 * page of what is grave and one of what is not, and the first of them all are the page.
 */
function listed(
  { scope, where, withCase, values: asked }: Question,
  after: readonly (string | number)[] | undefined,
  limit: number,
): Statement {
  const values = [...asked, limit + 1];
  const from = values.length;
  const [isSafety, ...place] = after ?? [];
  if (after) values.push(...place);
  const reached = after && (isSafety === 1 ? 0 : 1);
  const beyond = `(o.due, o.case_id, o.key) > ($${from + 1}::timestamptz, $${from + 2}::text, $${from + 3}::text)`;
  const parts = gravities
    .filter((rank) => reached === undefined || rank >= reached)
    .map(
      (rank) => `
      select o.* from office cross join lateral (
        select o.* from obligations o ${withCase ? 'join cases c on c.id = o.case_id' : ''}
         where ${owedBy(who)} and ${gravity} = ${rank} and ${where} ${rank === reached ? `and ${beyond}` : ''}
         order by o.due, o.case_id, o.key limit $${from}) as o`,
    );
  const inOrder = `order by ${gravity}, o.due, o.case_id, o.key`;
  const text = `${officesInScope(who, (scopes) => scopes[scope])},
    page as materialized (select * from (${parts.join(' union all ')}) as o ${inOrder} limit $${from})
    select ${entryColumns(who.now)} from page o join cases c on c.id = o.case_id ${inOrder}`;
  return { text, values };
}

/** Of two lists in order one in order; nearly always the second is empty. */
const merge = (owed: InboxRow[] = [], suggested: InboxRow[] = []): InboxRow[] =>
  suggested.length === 0 ? owed : [...owed, ...suggested].sort(inInboxOrder);

/** In SQL too: by gravity, due instant, case and key. */
function inInboxOrder(a: InboxRow, b: InboxRow): number {
  if (a.safety !== b.safety) return a.safety ? -1 : 1;
  if (a.due !== b.due) return a.due < b.due ? -1 : 1;
  if (a.case !== b.case) return a.case < b.case ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

const ofSuggestionsToo = (statement: Statement): Statement => ({
  ...statement,
  text: ofSuggestions(statement.text),
});

const counted = ({ scope, where, withCase, values }: Question): Statement => ({
  text: countsText(who, (scopes) => scopes[scope], where, withCase),
  values,
});
