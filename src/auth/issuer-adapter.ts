/** Lets oidc-provider keep its sessions, interactions, grants and codes in the issuer's store. */
import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload, errors } from 'oidc-provider';
import type { IssuerStore } from './issuer-store';

export function createIssuerAdapter(
  store: IssuerStore,
  { InvalidGrant }: Pick<typeof errors, 'InvalidGrant'>,
): (kind: string) => Adapter {
  return (name) => {
    const kind = `oidc-${name}`;
    const uids = `${kind}-uid`;
    const find = async (id: string) => (await store.find(kind, id)) as AdapterPayload | undefined;
    return {
      find,
      async upsert(id, payload, expiresIn) {
        const until = expiresIn === undefined ? undefined : new Date(Date.now() + expiresIn * 1000);
        await store.put(kind, id, payload, until);
        if (name === 'Session' && payload.uid) await store.put(uids, payload.uid, id, until);
      },
      async findByUid(uid) {
        const id = (await store.find(uids, uid)) as string | undefined;
        return id === undefined ? undefined : find(id);
      },
      /** The device flow is off. */
      findByUserCode: () => Promise.resolve(undefined),
      async consume(id) {
        const payload = await find(id);
        if (!payload) return;
        const now = Math.floor(Date.now() / 1000);
        const until = payload.exp === undefined ? undefined : new Date(payload.exp * 1000);
        // The provider looks first and consumes afterwards: of two who do so at once, one is too late.
        const mine = randomUUID();
        if ((await store.keepFirst(`${kind}-used`, id, mine, until)) !== mine)
          throw new InvalidGrant('used already');
        await store.put(kind, id, { ...payload, consumed: now }, until);
      },
      destroy: (id) => store.drop(kind, id),
      async revokeByGrantId(grantId) {
        for (const payload of (await store.list(kind)) as AdapterPayload[])
          if (payload.grantId === grantId && payload.jti) await store.drop(kind, payload.jti);
      },
    };
  };
}
