/** The timeline of one case: every event in order, with the texts that this reader may read. */
import type { NoteId } from '../../domain/model/ids';
import type { CaseId } from '../../domain/model/ids';
import { readsEvent } from '../../domain/readers/event-readers';
import type { RecordedEvent } from '../../domain/model/events';
import { sideKinds } from '../../domain/model/parties';
import type { PartyKind } from '../../domain/model/parties';
import type { Stage } from '../../domain/model/stages';
import type { Instant } from '../../domain/calendar/time';
import { recordedOf } from '../store/case-reader';
import { clampLimit, decodeCursor, pageOf } from '../postgres/cursor';
import type { Page, Paged } from '../postgres/cursor';
import type { Database } from '../postgres/database';
import type { CaseReader } from '../store/reader';

export interface TimelineEntry extends RecordedEvent {
  /** Texts the event refers to, by note id. Those of other parties are missing, except for the mediator. */
  readonly notes: Readonly<Record<NoteId, string>>;
}

/** As many entries come before it as the reader may read; of others its place tells nothing. */
export interface PlacedEntry extends TimelineEntry {
  readonly place: number;
}

export const timelineOrders = ['oldest', 'newest'] as const;
export type TimelineOrder = (typeof timelineOrders)[number];

/** Only what the reader may read. Whether they may see the case at all is for the caller to know. */
export const createTimeline =
  (db: Database) =>
  async (
    id: CaseId,
    reader: CaseReader,
    page: Page,
    order: TimelineOrder = 'oldest',
  ): Promise<Paged<PlacedEntry>> => {
    const limit = clampLimit(page.limit);
    const isNewest = order === 'newest';
    const [given] = decodeCursor(page.cursor, 1) ?? [];
    const passed = Number(given) || (isNewest ? Number.MAX_SAFE_INTEGER : 0);
    const all = await db
      .selectFrom('events')
      .select(['case_id', 'version', 'at', 'event', 'actor', 'command_id'])
      .where('case_id', '=', id)
      // Who reads everything has each event in the place of its version: no more is read than is shown.
      .$if(readsAll(reader), (query) =>
        (isNewest
          ? query.where('version', '<', Math.min(passed, postgresInteger)).orderBy('version', 'desc')
          : query.where('version', '>', passed).orderBy('version')
        ).limit(limit + 1),
      )
      .$if(!readsAll(reader), (query) => query.orderBy('version'))
      .execute();
    const read = all.map(recordedOf).filter((event) => readsEvent(reader, event));
    const everything = read.map((event, index) => ({
      ...event,
      place: readsAll(reader) ? event.version : index + 1,
    }));
    const placed = readsAll(reader)
      ? everything
      : (isNewest
          ? everything.filter(({ place }) => place < passed).reverse()
          : everything.slice(passed)
        ).slice(0, limit + 1);
    const { items, ...rest } = pageOf(placed, limit, ({ place }) => [place]);
    const referred = new Map(items.map((row) => [row.version, notesIn(row.event)]));
    const open = decides(reader) ? items.flatMap((row) => notesOfConditions(row.event)) : [];
    const texts = await textsOf(db, id, reader, [...referred.values()].flat(), open);
    return {
      items: items.map((row) => ({
        ...row,
        notes: Object.fromEntries(
          (referred.get(row.version) ?? []).flatMap((note) => {
            const text = texts.get(note);
            return text === undefined ? [] : [[note, text]];
          }),
        ),
      })),
      ...rest,
    };
  };

/** The greatest there is. */
const postgresInteger = 2_147_483_647;
const readsAll = ({ kind }: CaseReader): boolean => kind === 'mediator';

async function textsOf(
  db: Database,
  id: CaseId,
  { kind, party }: CaseReader,
  notes: readonly NoteId[],
  /** Of them, those that are meant to be read by every side. */
  open: readonly NoteId[],
): Promise<Map<NoteId, string>> {
  if (notes.length === 0) return new Map();
  let query = db
    .selectFrom('notes')
    .select(['id', 'text'])
    .where('case_id', '=', id)
    .where('id', 'in', notes);
  if (kind !== 'mediator')
    query = query.where((where) =>
      where.or([
        ...[where('party', '=', party), where('in_name_of', '=', party)],
        ...(open.length > 0 ? [where('id', 'in', open)] : []),
      ]),
    );
  return new Map((await query.execute()).map((row) => [row.id, row.text]));
}

const decides = ({ kind }: CaseReader): boolean => (sideKinds as readonly PartyKind[]).includes(kind);
/** What a side asks for before departure is for whoever decides beside it, and for whoever must meet it. */
const notesOfConditions = (event: RecordedEvent['event']): NoteId[] =>
  'conditions' in event ? notesIn(event.conditions) : [];

/** Every reference to a note in an event, however deep: fields of these names hold nothing else. */
export function notesIn(value: unknown): NoteId[] {
  if (Array.isArray(value)) return value.flatMap(notesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    (key === 'note' || key === 'reference') && typeof entry === 'string' ? [entry] : notesIn(entry),
  );
}

/** What a case's picture needs of its past: each entry into a stage, and when the last step about each obligation was taken. */
export interface CasePast {
  readonly entered: readonly { readonly stage: Stage; readonly at: Instant }[];
  readonly reminded: ReadonlyMap<string, Instant>;
}

/** Who may read which of it is for the caller to know. */
export const createCasePast =
  (db: Database) =>
  async (id: CaseId): Promise<CasePast> => {
    const rows = await db
      .selectFrom('events')
      .select(['at', 'event'])
      .where('case_id', '=', id)
      .where('type', 'in', ['StageEntered', 'LadderStepTaken'])
      .orderBy('version')
      .execute();
    return {
      entered: rows.flatMap(({ at, event }) =>
        event.type === 'StageEntered' ? [{ stage: event.stage, at }] : [],
      ),
      reminded: new Map(
        rows.flatMap(({ at, event }) =>
          event.type === 'LadderStepTaken' ? [[event.obligation, at] as const] : [],
        ),
      ),
    };
  };
