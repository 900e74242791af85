/** An event as its reader sees it; who reads which, `domain/readers/event-readers.ts` says. */
import type { AsGiven } from '../../contracts/http/as-given';
import type { timelineEntrySchema } from '../../contracts/http/events';
import { readsEvent } from '../../domain/readers/event-readers';
import type { RecordedEvent } from '../../domain/model/events';
import type { Reader } from '../../auth/official-directory';
import { redactFor } from './case-view';
import type { Readable } from './case-view';
import { withoutHiddenCases } from './other-cases';
import type { KnownCases } from './other-cases';

type TimelineEntry = AsGiven<typeof timelineEntrySchema>;

/** One entry of the timeline, or undefined when this reader does not see it. */
export function eventViewFor(
  reader: Reader,
  recorded: RecordedEvent,
  {
    place,
    known,
    ...readable
  }: Readable & {
    /** How many events they may read up to this one. */
    readonly place: number;
    readonly known: KnownCases;
  },
): TimelineEntry | undefined {
  const { at, actor, event } = recorded;
  if (!readsEvent(reader, recorded)) return undefined;
  const seen = withoutHiddenCases([shapeEvent(event, reader)], known).at(0);
  if (!seen || saysNothing(event, seen)) return undefined;
  const shaped = redactFor(seen, reader, readable) as object;
  // Shaped field by field, like the case: answers-exact compares the schemas with what comes of it.
  return { version: place, at, by: redactFor(actor, reader, readable), ...shaped } as TimelineEntry;
}

/** A link of which the reader may know no end. */
const saysNothing = ({ type }: RecordedEvent['event'], seen: object): boolean =>
  type === 'SiblingsLinked' && 'siblings' in seen && (seen.siblings as readonly string[]).length === 0;

/**
 * The source of a relay stays between the mediator and the side it speaks for. Whom an event itself means by `by` is told
 * apart from the official who sent it, which is every entry's `by`.
 */
function shapeEvent(event: RecordedEvent['event'], reader: Reader): object {
  switch (event.type) {
    case 'HandoverConfirmed':
      return renamed(event, 'confirmedBy');
    case 'HoldLifted':
      return renamed(event, 'liftedBy');
    case 'Departed': {
      // It may be another child's reference.
      const { movement: _, ...departed } = event;
      return departed;
    }
    case 'OfficialSubstituted':
      return renamed(event, 'replacedBy');
    case 'DecisionRelayed': {
      const { type, relay, party, decision } = event;
      const isTheirs = reader.kind === 'mediator' || reader.party === party;
      return { type, relay, party, act: decision.act, ...(isTheirs && { decision, source: event.source }) };
    }
    default:
      return event;
  }
}
const renamed = ({ by, ...event }: { readonly by?: string }, name: string): object => ({
  ...event,
  ...(by !== undefined && { [name]: by }),
});
