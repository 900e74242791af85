/**
 * Folded cases in memory, so that a command costs the same in a case's first week and in its third year. Events
 * are never changed, so an entry is either a true prefix of the case or recognisably not (`head`).
 */
import type { ReturnCase } from '../../domain/model/case';
import type { CaseId, CommandId } from '../../domain/model/ids';

export interface CachedCase {
  readonly state: ReturnCase;
  /** The command of the event that `state` ends with. */
  readonly head: CommandId;
}

/** Some 10 KB each: 2,000 cases are about 20 MB. */
const defaultCapacity = 2_000;

export function createCaseCache(capacity = defaultCapacity) {
  // A Map keeps the order of insertion: the first key is the one unused for longest.
  const cases = new Map<CaseId, CachedCase>();
  return {
    find(id: CaseId): CachedCase | undefined {
      const found = cases.get(id);
      if (found) {
        cases.delete(id);
        cases.set(id, found);
      }
      return found;
    },
    /** Never goes back: a slower reader must not replace what a writer has put here since. */
    keep(id: CaseId, entry: CachedCase): void {
      const present = cases.get(id);
      if (present && present.state.version > entry.state.version) return;
      cases.delete(id);
      cases.set(id, entry);
      const [oldest] = cases.keys();
      if (cases.size > capacity && oldest !== undefined) cases.delete(oldest);
    },
    forget(id: CaseId): void {
      cases.delete(id);
    },
  };
}
export type CaseCache = ReturnType<typeof createCaseCache>;
