/** Who is here and what places are called, kept sealed for the one page that must open where nobody answers. */
import type { QueryClient } from '@tanstack/react-query';
import { api, http } from '../api/client';
import type { MechanismView, Session } from '../api/types';
import { find, keep } from './sealed-store';

const place = 'reader';
interface Reader {
  /** Without the key to drafts: what it sealed must not be read once the sign-in is over. */
  readonly session: Session;
  readonly mechanism: MechanismView;
}
const keyOfSession = api.queryOptions('get', '/v1/session', {}).queryKey;
const keyOfMechanism = api.queryOptions('get', '/v1/mechanism').queryKey;

export const keepReader = (session: Session, mechanism: MechanismView): Promise<void> =>
  keep(place, { session: { ...session, draftKey: '' }, mechanism } satisfies Reader);

/** Before the page is shown. Asks first: what is kept stands in for an answer, never for a refusal. */
export async function standIn(client: QueryClient): Promise<void> {
  const answer = await http.GET('/v1/session').catch(() => undefined);
  if (answer) return;
  const kept = (await find(place)) as Reader | undefined;
  if (!kept) return;
  client.setQueryData(keyOfSession, kept.session);
  client.setQueryData(keyOfMechanism, kept.mechanism);
  // Asked for anew as soon as there is a connection.
  for (const queryKey of [keyOfSession, keyOfMechanism])
    void client.invalidateQueries({ queryKey, refetchType: 'none' });
}
