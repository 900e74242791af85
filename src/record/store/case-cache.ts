/**
 * Folded streams in memory, so that a command costs the same in a case's first week and in its third year. Events
 * are never changed, so an entry is either a true prefix of the stream or recognisably not (`head`).
 */
import type { ReturnCase } from '../../domain/model/case';
import type { CommandId } from '../../domain/model/ids';

export interface CachedStream<State> {
  readonly state: State;
  /** The command of the event that `state` ends with. */
  readonly head: CommandId;
}

/** Some 10 KB each: 2,000 cases are about 20 MB. */
const defaultCapacity = 2_000;

export function createStreamCache<State extends { readonly version: number }>(capacity = defaultCapacity) {
  // A Map keeps the order of insertion: the first key is the one unused for longest.
  const streams = new Map<string, CachedStream<State>>();
  return {
    find(id: string): CachedStream<State> | undefined {
      const found = streams.get(id);
      if (found) {
        streams.delete(id);
        streams.set(id, found);
      }
      return found;
    },
    /** Never goes back: a slower reader must not replace what a writer has put here since. */
    keep(id: string, entry: CachedStream<State>): void {
      const present = streams.get(id);
      if (present && present.state.version > entry.state.version) return;
      streams.delete(id);
      streams.set(id, entry);
      const [oldest] = streams.keys();
      if (streams.size > capacity && oldest !== undefined) streams.delete(oldest);
    },
    forget(id: string): void {
      streams.delete(id);
    },
  };
}
export type StreamCache<State extends { readonly version: number }> = ReturnType<
  typeof createStreamCache<State>
>;
export type CaseCache = StreamCache<ReturnCase>;
