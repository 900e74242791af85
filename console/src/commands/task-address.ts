/** Where a command is given, and where a task of the inbox is done. */
import type { OfficialCommandType } from '#contracts/commands';
import { paths } from '../paths';
import { commandPages, isCommandType } from './command-pages';

export function actAddress(id: string, command: OfficialCommandType, subject?: string): string {
  const page = commandPages[command];
  if (page === 'form') return paths.act(id, command, subject);
  return page === 'road' ? paths.road : paths[page](id);
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
