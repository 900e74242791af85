/** The board: the cases of a reader's party, by what is due first, by what a filter finds, or by what was opened last. */
import { sql } from 'kysely';
import type { RawBuilder, SelectQueryBuilder } from 'kysely';
import type { CareCode } from '../../domain/facts/care';
import type { ClosureOutcome } from '../../domain/model/commands';
import type { CaseId, OfficialId, PartyId } from '../../domain/model/ids';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { Role } from '../../domain/model/parties';
import type { Stage } from '../../domain/model/stages';
import type { Instant } from '../../domain/calendar/time';
import { searchWords } from '../../contracts/fold';
import { findReferenceStart } from '../../domain/model/reference';
import { clampLimit, decodeCursor, pageOf } from '../postgres/cursor';
import type { Page, Paged } from '../postgres/cursor';
import type { Database } from '../postgres/database';
import { mayReadNames } from '../store/reader';
import type { CaseReader } from '../store/reader';
import type { CaseRow } from '../projections/projection';
import type { Tables } from '../postgres/tables';

export interface BoardFilter {
  readonly stage?: Stage;
  /** Open and closed ones alike unless said. */
  readonly open?: boolean;
  /** A party that owes the case something now. */
  readonly waitingOn?: PartyId;
  /** An official's office: something that these roles of this party owe now. */
  readonly waitingOnRoles?: { readonly party: PartyId; readonly roles: readonly Role[] };
  /** Something of this kind is owed now. */
  readonly waitingKind?: ObligationKind;
  /** Something owed is past its due instant. */
  readonly overdue?: boolean;
  /** Something agreed, found or issued ends by itself within so many days, or has. */
  readonly lapsingWithinDays?: number;
  readonly stalled?: boolean;
  readonly urgent?: boolean;
  readonly hosted?: boolean;
  readonly onHold?: boolean;
  readonly careWith?: CareCode;
  /** One of these has the case or is its deputy. */
  readonly officers?: readonly OfficialId[];
  /** In interim care. */
  readonly interimCare?: boolean;
  /** A hearing of the child is owed now. */
  readonly unheard?: boolean;
  /** A concern is open. */
  readonly concern?: boolean;
  /** The beginning of a case reference; for readers who may see names also a part of a name. */
  readonly text?: string;
  /**
   * `due`: what is due first, first. `waiting`: the longest waited for. `opened`: the newest. Unless given, by when
   * what the filter finds is due or ends, where it asks who owes, what is owed or what lapses; else as `due`.
   */
  readonly order?: BoardOrder;
}
/** Which obligations a reader may know of. */
export interface CaseScope {
  /** Its own, whatever their kind. */
  readonly party: PartyId;
  /** Of any party. */
  readonly kinds: readonly ObligationKind[];
}
export const boardOrders = ['due', 'waiting', 'opened'] as const;
type BoardOrder = (typeof boardOrders)[number];

export interface BoardEntry {
  readonly case: CaseId;
  readonly version: number;
  readonly mechanismVersion: number;
  readonly stage: Stage;
  readonly stageSince: Instant;
  readonly openedAt: Instant;
  readonly requestingParty: PartyId;
  readonly holdingParty: PartyId;
  /** Empty for a closed case. */
  readonly waitingOn: readonly PartyId[];
  /** What is due first. */
  readonly primary?: {
    readonly kind: ObligationKind;
    readonly since: Instant;
    readonly due: Instant;
    readonly safety: boolean;
  };
  /** What is due first is overdue; judged when read. */
  readonly overdue: boolean;
  readonly stalledSince?: Instant;
  /** The first instant at which something agreed, found or issued ends by itself. */
  readonly lapsesAt?: Instant;
  readonly urgent: boolean;
  readonly hosted: boolean;
  readonly onHold: boolean;
  /** Of an open case. */
  readonly careWith?: CareCode;
  readonly siblings: readonly CaseId[];
  readonly outcome?: ClosureOutcome;
}

/** Sorts after every due instant. */
const never = 'infinity';

/** What a list is sorted by, before the reference; each has its index. */
interface Order {
  readonly key: RawBuilder<unknown>;
  readonly backwards?: true;
}
const orders: Readonly<Record<BoardOrder | 'lapsing' | 'found', Order>> = {
  due: { key: sql`coalesce(cases.due, ${sql.lit(never)})` },
  waiting: { key: sql`coalesce(cases.waiting_since, ${sql.lit(never)})` },
  opened: { key: sql`cases.opened_at`, backwards: true },
  lapsing: { key: sql`cases.lapses_at` },
  found: { key: sql`o.due` },
};

export const createBoard =
  (db: Database) =>
  async (
    reader: CaseReader,
    filter: BoardFilter,
    page: Page,
    /** What is owed that the reader may know of: everything unless it is told what. */
    scope?: CaseScope,
  ): Promise<Paged<BoardEntry>> => {
    const limit = clampLimit(page.limit);
    const after = decodeCursor(page.cursor, 2);
    const { lapsingWithinDays } = filter;
    const found = filter.order === undefined ? foundOf(filter, scope) : undefined;
    const order = filter.order ?? (found ? 'found' : lapsingWithinDays === undefined ? 'due' : 'lapsing');
    const { key, backwards } = (scope && ordersInScope(scope)[order]) ?? orders[order];
    const compare = sql.raw(backwards ? '<' : '>');
    const from = found ? findings(db, reader.mechanism, found) : db.selectFrom('cases');
    let query = from
      .selectAll('cases')
      // As text: of a case that waits for nothing it is no instant.
      .select(sql<string>`${key}::text`.as('sort_key'))
      .where('cases.mechanism_id', '=', reader.mechanism)
      .where(sql<boolean>`cases.parties @> array[${reader.party}]::text[]`)
      .orderBy(key, backwards ? 'desc' : 'asc')
      .orderBy(found ? sql`o.case_id` : 'cases.id', backwards ? 'desc' : 'asc')
      .limit(limit + 1);
    if (after)
      query = query.where(
        sql<boolean>`(${key}, ${found ? sql`o.case_id` : sql`cases.id`}) ${compare} (${after[0]}::timestamptz, ${after[1]})`,
      );
    for (const condition of conditionsOf(reader, filter, scope)) query = query.where(condition);

    const rows = await query.execute();
    const { items, ...rest } = pageOf(rows, limit, (row) => [row.sort_key, row.id]);
    const entries = items.map(entryOf);
    return { items: scope ? await inTheirScope(db, entries, scope) : entries, ...rest };
  };

const owedWhile = {
  unheard: 'hear-child',
  concern: 'resolve-concern',
} as const satisfies Partial<Record<keyof BoardFilter, ObligationKind>>;

/** What the filter asks of a case, each as a condition on its row. */
function conditionsOf(
  reader: CaseReader,
  filter: BoardFilter,
  scope: CaseScope | undefined,
): RawBuilder<boolean>[] {
  const { waitingOn, waitingOnRoles, waitingKind, overdue, lapsingWithinDays } = filter;
  const flag = (column: string, wanted: boolean | undefined) =>
    wanted === undefined ? [] : [sql<boolean>`${sql.ref(`cases.${column}`)} = ${wanted}`];
  const late = owes(sql`b.due < clock_timestamp()`, scope);
  return [
    ...(filter.stage ? [sql<boolean>`cases.stage = ${filter.stage}`] : []),
    ...(filter.open === undefined
      ? []
      : [filter.open ? sql<boolean>`cases.stage <> 'closed'` : sql<boolean>`cases.stage = 'closed'`]),
    ...(filter.stalled === undefined
      ? []
      : [
          filter.stalled
            ? sql<boolean>`cases.stalled_since is not null`
            : sql<boolean>`cases.stalled_since is null`,
        ]),
    ...flag('urgent', filter.urgent),
    ...flag('hosted', filter.hosted),
    ...flag('on_hold', filter.onHold),
    ...(filter.officers ? [ofOfficers(filter.officers)] : []),
    ...(filter.careWith ? [sql<boolean>`cases.care_with = ${filter.careWith}`] : []),
    ...(filter.interimCare === undefined
      ? []
      : [sql<boolean>`(cases.care_with is not distinct from 'interim-care') = ${filter.interimCare}`]),
    ...(['unheard', 'concern'] as const).flatMap((name) => {
      const wanted = filter[name];
      return wanted === undefined
        ? []
        : [sql<boolean>`${owes(sql`b.kind = ${owedWhile[name]}`, scope)} = ${wanted}`];
    }),
    ...(waitingOn ? [owes(sql`b.party = ${waitingOn}`, scope)] : []),
    ...(waitingOnRoles ? [owes(ofOffice(waitingOnRoles, 'b'), scope)] : []),
    ...(waitingKind ? [owes(sql`b.kind = ${waitingKind}`, scope)] : []),
    ...(overdue === undefined ? [] : [overdue ? late : sql<boolean>`not ${late}`]),
    // One instant for the statement: an index can't be asked by a clock that runs.
    ...(lapsingWithinDays === undefined
      ? []
      : [sql<boolean>`cases.lapses_at <= statement_timestamp() + ${lapsingWithinDays} * interval '1 day'`]),
    ...(filter.text ? [matches(reader, filter.text)] : []),
  ];
}

/** Of all that a filter finds. */
export interface BoardCounts {
  readonly total: number;
  readonly overdue: number;
  /** Zero where the reader does not read it. */
  readonly stalled: number;
  readonly urgent: number;
  readonly onHold: number;
  readonly byStage: Readonly<Partial<Record<Stage, number>>>;
}
export const createBoardCounts =
  (db: Database) =>
  async (reader: CaseReader, filter: BoardFilter, scope?: CaseScope): Promise<BoardCounts> => {
    let query = db
      .selectFrom('cases')
      .select([
        'cases.stage',
        sql<string>`count(*)`.as('total'),
        sql<string>`count(*) filter (where ${owes(sql`b.due < statement_timestamp()`, scope)})`.as('overdue'),
        sql<string>`count(*) filter (where cases.stalled_since is not null)`.as('stalled'),
        sql<string>`count(*) filter (where cases.urgent)`.as('urgent'),
        sql<string>`count(*) filter (where cases.on_hold)`.as('on_hold'),
      ])
      .where('cases.mechanism_id', '=', reader.mechanism)
      .where(sql<boolean>`cases.parties @> array[${reader.party}]::text[]`)
      .groupBy('cases.stage');
    for (const condition of conditionsOf(reader, filter, scope)) query = query.where(condition);
    const rows = await query.execute();
    const sum = (name: 'total' | 'overdue' | 'stalled' | 'urgent' | 'on_hold'): number =>
      rows.reduce((total, row) => total + Number(row[name]), 0);
    return {
      total: sum('total'),
      overdue: sum('overdue'),
      stalled: sum('stalled'),
      urgent: sum('urgent'),
      onHold: sum('on_hold'),
      byStage: Object.fromEntries(rows.map(({ stage, total }) => [stage, Number(total)])),
    };
  };

/**
 * Sorted by what the reader may know of, or the order would tell of the rest. Each case is looked at, as no index holds
 * what every kind of party sees; the mediator, whose lists are the longest, sees all and has one.
 */
const ordersInScope = (
  scope: CaseScope,
): Partial<Readonly<Record<BoardOrder | 'lapsing' | 'found', Order>>> => ({
  due: { key: firstInScope(sql`min(o.due)`, scope) },
  waiting: { key: firstInScope(sql`min(o.since)`, scope) },
});
const firstInScope = (first: RawBuilder<unknown>, scope: CaseScope) =>
  sql`coalesce((select ${first} from obligations o where o.case_id = cases.id
                   and o.since <= statement_timestamp() and ${inScope('o', scope)}), ${sql.lit(never)})`;

/** The entries with what the reader may know of what is owed, in place of all. */
async function inTheirScope(
  db: Database,
  entries: readonly BoardEntry[],
  scope: CaseScope,
): Promise<BoardEntry[]> {
  const now = new Date().toISOString();
  const owed = await db
    .selectFrom('obligations as o')
    .select(['o.case_id', 'o.kind', 'o.party', 'o.since', 'o.due', 'o.safety'])
    .where('o.case_id', 'in', entries.length > 0 ? entries.map((entry) => entry.case) : [''])
    .where(sql<boolean>`${inScope('o', scope)}`)
    .orderBy('o.safety', 'desc')
    .orderBy('o.due')
    .orderBy('o.key')
    .execute();
  return entries.map(({ primary: _hidden, ...entry }) => {
    const theirs = owed.filter(({ case_id: id }) => id === entry.case);
    const begun = theirs.filter(({ since }) => since <= now);
    const [primary] = begun;
    return {
      ...entry,
      waitingOn: [...new Set(begun.map(({ party }) => party))],
      overdue: primary !== undefined && primary.due < now,
      ...(primary && {
        primary: { kind: primary.kind, since: primary.since, due: primary.due, safety: primary.safety },
      }),
    };
  });
}

type Found = (row: 'o' | 'earlier') => RawBuilder<unknown>;

/** The obligations that a filter is about, by one of which the list is gone through; the others are then looked at. */
function foundOf(
  { waitingKind, waitingOn, waitingOnRoles }: BoardFilter,
  scope: CaseScope | undefined,
): Found | undefined {
  const about =
    (column: string, value: string): Found =>
    (row) =>
      sql`${sql.ref(`${row}.${column}`)} = ${value}`;
  const found =
    waitingKind !== undefined
      ? about('kind', waitingKind)
      : waitingOn !== undefined
        ? about('party', waitingOn)
        : waitingOnRoles && ((row: 'o' | 'earlier') => ofOffice(waitingOnRoles, row));
  return found && ((row) => sql`${found(row)} and ${inScope(row, scope)}`);
}

/** Cases by the obligation found; one in which there are several stands where the first of them is due. */
function findings(
  db: Database,
  mechanism: string,
  found: Found,
): SelectQueryBuilder<Tables, 'cases', object> {
  const query = db
    .selectFrom('obligations as o')
    .innerJoin('cases', 'cases.id', 'o.case_id')
    .where(
      sql<boolean>`o.mechanism_id = ${mechanism} and o.since <= clock_timestamp() and ${found('o')}
        and not exists (
          select from obligations earlier
           where earlier.case_id = o.case_id and earlier.since <= clock_timestamp() and ${found('earlier')}
             and (earlier.due, earlier.key) < (o.due, o.key))`,
    );
  // The obligation only finds and sorts: what is selected are columns of the case, as without it.
  return query;
}

const ofOfficers = (officials: readonly OfficialId[]) => sql<boolean>`(
  cases.officer = any(${[...officials]}::text[]) or cases.deputy = any(${[...officials]}::text[]))`;

/** What has begun and waits in the case. */
const owes = (condition: RawBuilder<unknown>, scope: CaseScope | undefined) => sql<boolean>`exists (
  select from obligations b where b.case_id = cases.id and b.since <= clock_timestamp() and ${condition}
     and ${inScope('b', scope)})`;
export const inScope = (row: string, scope: CaseScope | undefined): RawBuilder<unknown> =>
  scope === undefined
    ? sql`true`
    : sql`(${sql.ref(`${row}.party`)} = ${scope.party} or ${sql.ref(`${row}.kind`)} = any(${[...scope.kinds]}::text[]))`;
const ofOffice = ({ party, roles }: NonNullable<BoardFilter['waitingOnRoles']>, row: string) => {
  const [theirs, owed] = [sql.ref(`${row}.party`), sql.ref(`${row}.roles`)];
  return sql`${theirs} = ${party} and (${owed} = '{}' or ${owed} && ${[...roles]}::text[])`;
};

/** Names of the newest dossier, of child and recipients, in each written form: every word, in any order, as folded. */
function matches(reader: CaseReader, text: string) {
  const start = findReferenceStart(text);
  const reference = start === undefined ? sql<boolean>`false` : sql<boolean>`cases.id like ${`${start}%`}`;
  const words = searchWords(text);
  if (!mayReadNames(reader) || words.length === 0) return reference;
  // Folded text holds letters and digits only, nothing that `like` would read as a sign.
  const parts = words.map((word) => `%${word}%`);
  return sql<boolean>`(${reference} or exists (
    select from dossier_folds f
     where f.case_id = cases.id and f.kind = 'name'
       and (f.value like all (${parts}::text[]) or replace(f.value, ' ', '') like ${`%${words.join('')}%`})))`;
}

const entryOf = (row: CaseRow): BoardEntry => ({
  case: row.id,
  version: row.version,
  mechanismVersion: row.mechanism_version,
  stage: row.stage,
  stageSince: row.stage_since,
  openedAt: row.opened_at,
  requestingParty: row.requesting_party,
  holdingParty: row.holding_party,
  waitingOn: row.waiting_on,
  ...(row.waiting_kind && row.waiting_since && row.due
    ? {
        primary: { kind: row.waiting_kind, since: row.waiting_since, due: row.due, safety: row.safety },
      }
    : {}),
  overdue: row.due !== null && row.due < new Date().toISOString(),
  ...(row.stalled_since ? { stalledSince: row.stalled_since } : {}),
  ...(row.lapses_at ? { lapsesAt: row.lapses_at } : {}),
  urgent: row.urgent,
  hosted: row.hosted,
  onHold: row.on_hold,
  ...(row.care_with && { careWith: row.care_with }),
  siblings: row.siblings,
  ...(row.outcome ? { outcome: row.outcome } : {}),
});
