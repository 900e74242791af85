/**
 * Links between cases bind both ends: what one case's events say of another, as the commands that tell the other. One
 * place, so that every reading of either case (view, gate, board, obligations, process) agrees.
 */
import type { ReturnCase } from '../model/case';
import type { Command, CommandOf } from '../model/commands';
import type { CaseEvent } from '../model/events';
import { omitUndefined } from '../model/omit-undefined';
import type { CaseId } from '../model/ids';

export interface OtherEnd {
  readonly case: CaseId;
  readonly command:
    | CommandOf<'noteSiblings'>
    | CommandOf<'noteUnlinked'>
    | CommandOf<'noteSiblingAhead'>
    | CommandOf<'noteDuplicate'>
    | CommandOf<'holdWithSibling'>;
  /** The field that names it, where nothing is done unless that case takes it. */
  readonly neededBy?: string;
}

const notes: readonly Command['type'][] = [
  'noteSiblings',
  'noteUnlinked',
  'noteSiblingAhead',
  'noteDuplicate',
];

/** `state` is the case after the events. A note from another end needs no answer. */
export function otherEndsOf(state: ReturnCase, command: Command, events: readonly CaseEvent[]): OtherEnd[] {
  const { type } = command;
  if (notes.includes(type)) return [];
  if (type === 'confirmPlace')
    return [...new Set(command.together)].map((other) => ({
      case: other,
      command: omitUndefined({
        type: 'holdWithSibling',
        sibling: state.id,
        firstNight: command.firstNight,
        leavesOn: command.leavesOn,
      }),
      neededBy: 'together',
    }));
  return events.flatMap((event) => endsOf(state, event));
}

function endsOf({ id, duplicates, siblings }: ReturnCase, event: CaseEvent): OtherEnd[] {
  switch (event.type) {
    case 'CaseOpened':
    case 'SiblingsLinked':
      return [...new Set(event.siblings)].map((other) => ({
        case: other,
        command: { type: 'noteSiblings', siblings: [id] },
      }));
    case 'SiblingsUnlinked':
      return event.siblings.map((other) => ({
        case: other,
        command: { type: 'noteUnlinked', siblings: [id] },
      }));
    // Whoever may be left behind is owed a way home, in its own case.
    case 'SiblingUnityWaived':
      return (event.siblings ?? siblings).map((other) => ({
        case: other,
        command: { type: 'noteSiblingAhead', sibling: id },
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
