/** `evolve`: one event further. Never refuses: what stands in the record has happened. */
import type { ReturnCase } from './case';
import type { RecordedEvent } from './events';

export function evolve(_state: ReturnCase | undefined, _recorded: RecordedEvent): ReturnCase {
  throw new Error('being written');
}
/** The case after all its events. Throws on an empty list. */
export function fold(events: readonly RecordedEvent[], from?: ReturnCase): ReturnCase {
  const state = events.reduce<ReturnCase | undefined>(evolve, from);
  if (!state) throw new Error('a case has at least one event');
  return state;
}
