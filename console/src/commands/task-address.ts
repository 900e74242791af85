/** Where a command is given, and where a task of the inbox is done. */
import type { OfficialCommandType } from '#contracts/commands';
import { paths } from '../paths';
import { commandForms, isCommandType } from './command-forms';

export function actAddress(id: string, command: OfficialCommandType, subject?: string): string {
  const form = commandForms[command];
  if (!('page' in form)) return paths.act(id, command, subject);
  return form.page === 'road' ? paths.road : paths[form.page](id);
}

/** The first command that meets it; without one, the case. */
export function taskAddress(entry: {
  readonly case: string;
  readonly commands: readonly string[];
  readonly subject?: string;
}): string {
  const command = entry.commands.find(isCommandType);
  return command ? actAddress(entry.case, command, entry.subject) : paths.case(entry.case);
}
