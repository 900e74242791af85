/** The timeline of one case: every event in order, with the texts that this reader may read. */
import type { NoteId } from '../domain/ids';
import type { CaseId } from '../domain/ids';
import { readsEvent } from '../domain/event-readers';
import type { RecordedEvent } from '../domain/events';
import { sideKinds } from '../domain/parties';
import type { PartyKind } from '../domain/parties';
import { recordedOf } from './case-reader';
import { clampLimit, decodeCursor, pageOf } from './cursor';
import type { Page, Paged } from './cursor';
import type { Database } from './database';
import type { CaseReader } from './reader';

export interface TimelineEntry extends RecordedEvent {
  /** Texts the event refers to, by note id. Those of other parties are missing, except for the mediator. */
  readonly notes: Readonly<Record<NoteId, string>>;
}

/** As many entries come before it as the reader may read; of others its place tells nothing. */
export interface PlacedEntry extends TimelineEntry {
  readonly place: number;
}

/** Oldest first, only what the reader may read. Whether they may see the case at all is for the caller to know. */
export const createTimeline =
  (db: Database) =>
  async (id: CaseId, reader: CaseReader, page: Page): Promise<Paged<PlacedEntry>> => {
    const limit = clampLimit(page.limit);
    const [after = 0] = decodeCursor(page.cursor, 1) ?? [];
    const passed = Number(after) || 0;
    const all = await db
      .selectFrom('events')
      .select(['case_id', 'version', 'at', 'event', 'actor', 'command_id'])
      .where('case_id', '=', id)
      // Who reads everything needs no count of what went before.
      .where('version', '>', readsAll(reader) ? passed : 0)
      .orderBy('version')
      .$if(readsAll(reader), (query) => query.limit(limit + 1))
      .execute();
    const read = all.map(recordedOf).filter((event) => readsEvent(reader, event));
    const beyond = readsAll(reader) ? read : read.slice(passed, passed + limit + 1);
    const placed = beyond.map((event, index) => ({ ...event, place: passed + index + 1 }));
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
