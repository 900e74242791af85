/**
 * Takes the free text out of a command: each `note`, and a relay's `reference`, becomes a reference, the text itself goes to the
 * record's notes. So commands carry no free text through Temporal.
 */
import type { GroupCommand } from '../../domain/group/group';
import type { Command } from '../../domain/model/commands';
import type { NoteId } from '../../domain/model/ids';
import type { EdgeCommand } from '../commands';
import type { EdgeGroupCommand } from '../group-commands';

type EdgeOfGroup = EdgeGroupCommand | { readonly type: 'draftGroup' };
type NoteIdOf = (path: string, text: string) => NoteId;
interface Taken<Sealed> {
  readonly command: Sealed;
  readonly notes: TakenNote[];
}

export interface TakenNote {
  readonly id: NoteId;
  readonly text: string;
}

/** Fields whose text is kept apart: remarks, and the reference of a side's own paper. */
export const textFields: readonly string[] = ['note', 'reference'];
const isText = (key: string): boolean => textFields.includes(key);

/**
 * `noteIdOf(path, text)` must be the same for the same text at the same place of the same command, so that a
 * repeat is recognised, and another for another text, so that a changed repeat is.
 */
export function takeNotes(command: EdgeCommand, noteIdOf: NoteIdOf): Taken<Command>;
export function takeNotes(command: EdgeOfGroup, noteIdOf: NoteIdOf): Taken<GroupCommand>;
export function takeNotes(command: EdgeCommand | EdgeOfGroup, noteIdOf: NoteIdOf): Taken<unknown> {
  const notes: TakenNote[] = [];
  const walk = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((entry, at) => walk(entry, `${path}/${at}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => {
        if (!isText(key) || typeof entry !== 'string') return [key, walk(entry, `${path}/${key}`)];
        const id = noteIdOf(`${path}/${key}`, entry);
        notes.push({ id, text: entry });
        return [key, id];
      }),
    );
  };
  return { command: walk(command, ''), notes };
}
