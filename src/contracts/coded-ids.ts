/**
 * Ids that a sender makes up for holds, relays, conditions and legs. They go into events and with them through
 * Temporal, so only a short code stays as it is; any other text is replaced by a code that tells nothing of it.
 * `docs/decisions/privacy-free-text-apart.md`.
 */
import type { EdgeCommand } from './commands';
import type { EdgeGroupCommand } from './group-commands';

/** `h`, `hold-2`, `c1`; or one that was made here before. */
const codeForm = /^(?:(?:[a-z]|hold|relay|condition|leg)-?\d{0,3}|x-[0-9a-f]{16})$/;
export const isCode = (id: string): boolean => codeForm.test(id);

/** Which fields of a command hold such ids; of lists, in each entry, or as the entry itself. */
const fields: readonly string[] = ['hold', 'relay', 'condition', 'leg'];
const lists: readonly string[] = ['conditions', 'legs'];

type Replace = (id: string) => string;

type Coded = EdgeCommand | EdgeGroupCommand | { readonly type: 'draftGroup' };

/** The command with each such id as `replace` gives it. */
export function withIds<Command extends Coded>(command: Command, replace: Replace): Command {
  const walk = (value: unknown, isListed: boolean): unknown => {
    if (Array.isArray(value))
      return value.map((entry: unknown) =>
        isListed && typeof entry === 'string' ? replace(entry) : walk(entry, isListed),
      );
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) =>
        typeof entry === 'string' && (fields.includes(key) || (isListed && key === 'id'))
          ? [key, replace(entry)]
          : [key, walk(entry, lists.includes(key))],
      ),
    );
  };
  return walk(command, false) as Command;
}

/** Those that are no codes. */
export function freeIdsIn(command: Coded): string[] {
  const free: string[] = [];
  withIds(command, (id) => {
    if (!isCode(id)) free.push(id);
    return id;
  });
  return free;
}
