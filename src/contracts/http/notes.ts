/**
 * Takes the free text out of a command: each `note`, and a relay's `reference`, becomes a reference, the text itself goes to the
 * record's notes. So commands carry no free text through Temporal.
 */
import type { Command } from '../../domain/model/commands';
import type { NoteId } from '../../domain/model/ids';
import type { EdgeCommand } from '../commands';

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
export function takeNotes(
  command: EdgeCommand,
  noteIdOf: (path: string, text: string) => NoteId,
): { command: Command; notes: TakenNote[] } {
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
  return { command: walk(command, '') as Command, notes };
}
