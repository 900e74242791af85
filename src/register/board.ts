/** The board: the cases of a reader's party, by what is due first or by what was opened last. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { ClosureOutcome } from '../domain/commands';
import type { CaseId, PartyId } from '../domain/ids';
import type { ObligationKind } from '../domain/obligation-kinds';
import type { Role } from '../domain/parties';
import type { Stage } from '../domain/stages';
import type { Instant } from '../domain/time';
import { clampLimit, decodeCursor, pageOf } from './cursor';
import type { Page, Paged } from './cursor';
import type { Database } from './database';
import { mayReadNames } from './reader';
import type { CaseReader } from './reader';
import type { CaseRow } from './projection';

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
  /** The beginning of a case reference; for readers who may see names also a part of a name. */
  readonly text?: string;
  /** `due`: what is due first, first; the default. `waiting`: the longest waited for. `opened`: the newest. */
  readonly order?: BoardOrder;
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
  readonly siblings: readonly CaseId[];
  readonly outcome?: ClosureOutcome;
}

/** Sorts after every due instant. */
const never = 'infinity';
const dueOrNever = sql<string>`coalesce(cases.due, 'infinity')`;
const waitingOrNever = sql<string>`coalesce(cases.waiting_since, 'infinity')`;

export const createBoard =
  (db: Database) =>
  async (
    reader: CaseReader,
    filter: BoardFilter,
    page: Page,
    /** Whose obligations the reader may know of: of all parties unless it is told which. */
    owedBy?: PartyId,
  ): Promise<Paged<BoardEntry>> => {
    const limit = clampLimit(page.limit);
    const after = decodeCursor(page.cursor, 2);
    let query = db
      .selectFrom('cases')
      .selectAll()
      .where('mechanism_id', '=', reader.mechanism)
      .where(sql<boolean>`parties @> array[${reader.party}]::text[]`)
      .limit(limit + 1);
    if (filter.stage) query = query.where('stage', '=', filter.stage);
    if (filter.open !== undefined) query = query.where('stage', filter.open ? '<>' : '=', 'closed');
    if (filter.waitingOn) query = query.where(sql<boolean>`waiting_on @> array[${filter.waitingOn}]::text[]`);
    if (filter.stalled !== undefined)
      query = query.where('stalled_since', filter.stalled ? 'is not' : 'is', null);
    if (filter.urgent !== undefined) query = query.where('urgent', '=', filter.urgent);
    if (filter.hosted !== undefined) query = query.where('hosted', '=', filter.hosted);
    if (filter.onHold !== undefined) query = query.where('on_hold', '=', filter.onHold);
    const { waitingOnRoles, waitingKind, overdue, lapsingWithinDays } = filter;
    if (waitingOnRoles) query = query.where(owes(ofOffice(waitingOnRoles), owedBy));
    if (waitingKind) query = query.where(owes(sql`o.kind = ${waitingKind}`, owedBy));
    if (overdue !== undefined) {
      const late = owes(sql`o.due < clock_timestamp()`, owedBy);
      query = query.where(overdue ? late : sql<boolean>`not ${late}`);
    }
    if (lapsingWithinDays !== undefined)
      query = query.where(
        sql<boolean>`lapses_at <= clock_timestamp() + ${lapsingWithinDays} * interval '1 day'`,
      );
    if (filter.text) query = query.where(matches(reader, filter.text));

    if (filter.order === 'opened') {
      query = query.orderBy('opened_at', 'desc').orderBy('id', 'desc');
      if (after) query = query.where(sql<boolean>`(opened_at, id) < (${after[0]}::timestamptz, ${after[1]})`);
      return entriesOf(await query.execute(), limit, (row) => [row.opened_at, row.id]);
    }
    const byWaiting = filter.order === 'waiting';
    const sortKey = byWaiting ? waitingOrNever : dueOrNever;
    query = query.orderBy(sortKey).orderBy('id');
    if (after) query = query.where(sql<boolean>`(${sortKey}, id) > (${after[0]}::timestamptz, ${after[1]})`);
    return entriesOf(await query.execute(), limit, (row) => [
      (byWaiting ? row.waiting_since : row.due) ?? never,
      row.id,
    ]);
  };

/** What has begun and waits in the case. */
const owes = (condition: RawBuilder<unknown>, owedBy: PartyId | undefined) => sql<boolean>`exists (
  select from obligations o where o.case_id = cases.id and o.since <= clock_timestamp() and ${condition}
     and ${owedBy === undefined ? sql`true` : sql`o.party = ${owedBy}`})`;
const ofOffice = ({ party, roles }: NonNullable<BoardFilter['waitingOnRoles']>) =>
  sql`o.party = ${party} and (o.roles = '{}' or o.roles && ${[...roles]}::text[])`;

/** Names are read out of the newest dossier, in any of their written forms, of the child and of the recipients. */
function matches(reader: CaseReader, text: string) {
  const literal = text.trim().replace(/[\\%_]/g, '\\$&');
  const reference = sql<boolean>`cases.id like ${`${literal.toUpperCase()}%`}`;
  if (!mayReadNames(reader)) return reference;
  return sql<boolean>`(${reference} or exists (
    select from dossiers, lateral (
      select jsonb_path_query(dossiers.content, 'lax $.child.names[*]') as name
      union all
      select jsonb_path_query(dossiers.content, 'lax $.recipients[*].names[*]')) as names
    where dossiers.case_id = cases.id and dossiers.version = cases.dossier_version
      and concat_ws(' ', name ->> 'family', name ->> 'given', name ->> 'patronymic', name ->> 'family')
          ilike ${`%${literal}%`}))`;
}

const entriesOf = (
  rows: readonly CaseRow[],
  limit: number,
  keyOf: (row: CaseRow) => string[],
): Paged<BoardEntry> => {
  const { items, ...rest } = pageOf(rows, limit, keyOf);
  return { items: items.map(entryOf), ...rest };
};

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
  siblings: row.siblings,
  ...(row.outcome ? { outcome: row.outcome } : {}),
});
