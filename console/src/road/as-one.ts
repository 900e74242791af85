/** What is said of several children of one movement is one command, sent once; each child's own case says whether it is so there. */
import { movementActs } from '#domain/group/group';
import type { SentCommand } from '../commands/read-command';

export interface Said {
  /** Cases, or the one group. */
  readonly to: readonly string[];
  readonly command: SentCommand;
}
const isMovementAct = (type: string): boolean => (movementActs as readonly string[]).includes(type);

/** `together`: of the group, all who are with the reader; `of`: those of whom it is said. */
export function asOne(
  group: string | undefined,
  together: readonly string[],
  of: readonly string[],
  command: SentCommand,
): Said {
  if (group === undefined || of.length < 2 || !isMovementAct(command.type)) return { to: of, command };
  const except = together.filter((id) => !of.includes(id));
  return {
    to: [group],
    command: { type: 'sayForAll', act: command, ...(except.length > 0 && { except }) },
  };
}

/** What of it is said of this child. */
export function saidOf(
  id: string,
  group: string | undefined,
  { to, command }: Said,
): SentCommand | undefined {
  if (to.includes(id)) return command;
  if (group === undefined || !to.includes(group) || command.type !== 'sayForAll') return undefined;
  const { act, except = [] } = command as unknown as {
    readonly act: SentCommand;
    readonly except?: readonly string[];
  };
  return except.includes(id) ? undefined : act;
}

/** As it is called on the page. */
export const actOf = (command: SentCommand): string =>
  command.type === 'sayForAll' ? (command.act as SentCommand).type : command.type;
