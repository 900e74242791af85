/** The timeline of one case: every event in order, with the texts that this reader may read. */
import type { NoteId } from '../domain/ids';
import type { CaseId } from '../domain/ids';
import type { RecordedEvent } from '../domain/events';
import { recordedOf } from './case-reader';
import { clampLimit, decodeCursor, pageOf } from './cursor';
import type { Page, Paged } from './cursor';
import type { Database } from './database';
import type { CaseReader } from './reader';

export interface TimelineEntry extends RecordedEvent {
  /** Texts the event refers to, by note id. Those of other parties are missing, except for the mediator. */
  readonly notes: Readonly<Record<NoteId, string>>;
}

/** Oldest first. Whether the reader may see the case at all is for the caller to know. */
export const createTimeline =
  (db: Database) =>
  async (id: CaseId, reader: CaseReader, page: Page): Promise<Paged<TimelineEntry>> => {
    const limit = clampLimit(page.limit);
    const [after = 0] = decodeCursor(page.cursor, 1) ?? [];
    const rows = await db
      .selectFrom('events')
      .select(['case_id', 'version', 'at', 'event', 'actor', 'command_id'])
      .where('case_id', '=', id)
      .where('version', '>', Number(after) || 0)
      .orderBy('version')
      .limit(limit + 1)
      .execute();
    const { items, ...rest } = pageOf(rows, limit, (row) => [row.version]);
    const referred = new Map(items.map((row) => [row.version, notesIn(row.event)]));
    const texts = await textsOf(db, id, reader, [...referred.values()].flat());
    return {
      items: items.map((row) => ({
        ...recordedOf(row),
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

async function textsOf(
  db: Database,
  id: CaseId,
  { kind, party }: CaseReader,
  notes: readonly NoteId[],
): Promise<Map<NoteId, string>> {
  if (notes.length === 0) return new Map();
  let query = db
    .selectFrom('notes')
    .select(['id', 'text'])
    .where('case_id', '=', id)
    .where('id', 'in', notes);
  if (kind !== 'mediator')
    query = query.where(({ eb, or }) => or([eb('party', '=', party), eb('in_name_of', '=', party)]));
  return new Map((await query.execute()).map((row) => [row.id, row.text]));
}

/** Every reference to a note in an event, however deep: fields named `note` hold nothing else. */
export function notesIn(value: unknown): NoteId[] {
  if (Array.isArray(value)) return value.flatMap(notesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === 'note' && typeof entry === 'string' ? [entry] : notesIn(entry),
  );
}
