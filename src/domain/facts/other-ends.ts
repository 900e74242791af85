/**
 * Links between cases bind both ends: what one case's events say of another, as the commands that tell the other. One
 * place, so that every reading of either case (view, gate, board, obligations, process) agrees.
 */
import type { ReturnCase } from '../model/case';
import type { Command, CommandOf } from '../model/commands';
import type { CaseEvent } from '../model/events';
import type { CaseId } from '../model/ids';

export interface OtherEnd {
  readonly case: CaseId;
  readonly command: CommandOf<'noteSiblings'> | CommandOf<'noteDuplicate'>;
}

/** `state` is the case after the events. A note from another end needs no answer. */
export function otherEndsOf(state: ReturnCase, { type }: Command, events: readonly CaseEvent[]): OtherEnd[] {
  if (type === 'noteSiblings' || type === 'noteDuplicate') return [];
  return events.flatMap((event) => endsOf(state, event));
}

function endsOf({ id, duplicates }: ReturnCase, event: CaseEvent): OtherEnd[] {
  switch (event.type) {
    case 'CaseOpened':
    case 'SiblingsLinked':
      return [...new Set(event.siblings)].map((other) => ({
        case: other,
        command: { type: 'noteSiblings', siblings: [id] },
      }));
    case 'DuplicateFlagged':
      return [{ case: event.other, command: { type: 'noteDuplicate', other: id } }];
    case 'DuplicateSettled':
      return [{ case: event.other, command: { type: 'noteDuplicate', other: id, verdict: event.verdict } }];
    case 'CaseClosed':
      return event.outcome === 'duplicate'
        ? duplicates
            .filter(({ verdict }) => verdict === 'same')
            .map(({ other }) => ({
              case: other,
              command: { type: 'noteDuplicate', other: id, verdict: 'same', closed: true },
            }))
        : [];
    default:
      return [];
  }
}
