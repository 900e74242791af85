/** The shape of one fold step: what an event changes of the case. Version and progress are kept by `evolve`. */
import type { ReturnCase } from '../model/case';
import type { EventOf, EventType, RecordedEvent } from '../model/events';

export type Patch = Partial<ReturnCase>;
export type Fold<Type extends EventType> = (
  state: ReturnCase,
  event: EventOf<Type>,
  recorded: RecordedEvent,
) => Patch;
export type FoldTable<Types extends EventType> = { readonly [Type in Types]: Fold<Type> };
