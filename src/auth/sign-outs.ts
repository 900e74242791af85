/**
 * What the local issuer gave and took back. Who signed out everywhere, and when: whatever it gave that official until then
 * counts no more. And which sign-ins stand: each has a grant of its own, which signing out, or a refresh token that is shown
 * twice, removes. Both are in the issuer's store, which all its processes share, for as long as a sign-in may last.
 */
import type { OfficialId } from '../domain/model/ids';
import type { IssuerStore } from './issuer-store';

export interface SignOuts {
  signOut(official: OfficialId): Promise<void>;
  /** Whether what was issued at that instant, in milliseconds since 1970, was issued before they signed out. */
  isOver(official: OfficialId, issuedAtMs: number): Promise<boolean>;
  /** Whether the grant is still there. */
  stands(grantId: string): Promise<boolean>;
}

const kind = 'signed-out';
/** Where the adapter keeps grants. */
const grants = 'oidc-Grant';
/** Another process of this API hears of it so soon. */
const freshMs = 1_000;
/** Of those who asked last; asking anew costs one small file. */
const maxRemembered = 10_000;

export function createSignOuts(store: IssuerStore, signInLifetimeSeconds: number): SignOuts {
  const signedOutMs = rememberShortly(async (official: OfficialId): Promise<number> => {
    const at = (await store.find(kind, official)) as string | undefined;
    return at === undefined ? 0 : Date.parse(at);
  });
  const grantStands = rememberShortly(
    async (grantId: string) => (await store.find(grants, grantId)) !== undefined,
  );
  return {
    async signOut(official) {
      const now = Date.now();
      // A second longer: the instants in tokens are whole seconds.
      const until = new Date(now + (signInLifetimeSeconds + 1) * 1_000);
      await store.put(kind, official, new Date(now).toISOString(), until);
      signedOutMs.forget(official);
    },
    isOver: async (official, issuedAtMs) => issuedAtMs <= (await signedOutMs.ask(official)),
    stands: grantStands.ask,
  };
}

function rememberShortly<Answer>(find: (id: string) => Promise<Answer>) {
  // A Map keeps the order of insertion: the first key is the oldest.
  const known = new Map<string, { at: number; answer: Promise<Answer> }>();
  return {
    forget: (id: string): boolean => known.delete(id),
    ask: (id: string): Promise<Answer> => {
      const found = known.get(id);
      if (found && Date.now() - found.at <= freshMs) return found.answer;
      known.delete(id);
      const answer = find(id);
      known.set(id, { at: Date.now(), answer });
      const [oldest] = known.keys();
      if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest);
      return answer;
    },
  };
}
