/**
 * Who signed out everywhere, and when: whatever the local issuer gave that official until then counts no more. Kept in the
 * issuer's store, which all its processes share, for as long as a token may live.
 */
import type { OfficialId } from '../domain/ids';
import type { IssuerStore } from './issuer-store';

export interface SignOuts {
  signOut(official: OfficialId): Promise<void>;
  /** Whether what was issued at that instant, in milliseconds since 1970, was issued before they signed out. */
  isOver(official: OfficialId, issuedAtMs: number): Promise<boolean>;
}

const kind = 'signed-out';
/** Another process of this API hears of it so soon. */
const freshMs = 1_000;

export function createSignOuts(store: IssuerStore, tokenLifetimeSeconds: number): SignOuts {
  const asked = new Map<OfficialId, { at: number; signedOutMs: Promise<number> }>();
  const find = async (official: OfficialId): Promise<number> => {
    const at = (await store.find(kind, official)) as string | undefined;
    return at === undefined ? 0 : Date.parse(at);
  };
  return {
    async signOut(official) {
      const now = Date.now();
      // A second longer: the instants in tokens are whole seconds.
      const until = new Date(now + (tokenLifetimeSeconds + 1) * 1_000);
      await store.put(kind, official, new Date(now).toISOString(), until);
      asked.delete(official);
    },
    async isOver(official, issuedAtMs) {
      let known = asked.get(official);
      if (!known || Date.now() - known.at > freshMs) {
        known = { at: Date.now(), signedOutMs: find(official) };
        asked.set(official, known);
      }
      return issuedAtMs <= (await known.signedOutMs);
    },
  };
}
