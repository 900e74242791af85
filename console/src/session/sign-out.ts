/** Signing out leaves nothing of anybody on this device. */
import { http } from '../api/client';
import { isAnythingWaiting } from '../road/queue';
import { forgetAll } from '../road/sealed-store';
import { hasDrafts } from './draft';

/** Whether something was typed or given here that has not been sent. */
export const isAnythingUnsent = async (): Promise<boolean> => hasDrafts() || (await isAnythingWaiting());

export async function signOut(everywhere = false): Promise<void> {
  await http.DELETE(everywhere ? '/v1/sessions' : '/v1/session');
  sessionStorage.clear();
  await forgetAll();
  for (const name of await caches.keys()) await caches.delete(name);
  location.assign('/session/start');
}
