/** Who is signed in. Asked once; everything else waits for it. */
import { useEffect } from 'react';
import { api, isProblem, ownerOfPage, ownPage } from '../api/client';
import type { Session } from '../api/types';
import { signInAddress } from '../paths';

export type SessionState =
  | { readonly is: 'loading' | 'signed-out' | 'unreachable' }
  | { readonly is: 'signed-in'; readonly session: Session };

const anotherPerson = 'another-person';
/** Whether the page was opened anew because somebody else signed in beside it: told once. */
export function wasAnothers(): boolean {
  const was = sessionStorage.getItem(anotherPerson) !== null;
  sessionStorage.removeItem(anotherPerson);
  return was;
}

const useAsked = () =>
  api.useQuery('get', '/v1/session', {}, { refetchOnWindowFocus: 'always', staleTime: 60_000 });

export function useSession(): SessionState {
  const { data, error, failureReason } = useAsked();
  const isSignedOut = isProblem(error) && error.status === 401;
  useEffect(() => {
    // Nobody has typed anything yet when the very first question is refused.
    if (isSignedOut && !data) location.replace(signInAddress(location.pathname + location.search));
  }, [isSignedOut, data]);
  useEffect(() => {
    // Nothing of the one who was here before may stand before the other.
    if (!data) return;
    ownPage(data.official);
    if (ownerOfPage() === data.official) return;
    sessionStorage.setItem(anotherPerson, '');
    location.reload();
  }, [data]);
  if (data && !isSignedOut) return { is: 'signed-in', session: data };
  if (isSignedOut) return { is: 'signed-out' };
  return { is: failureReason ? 'unreachable' : 'loading' };
}
/** Whose page this is, for what is shown only to somebody who signed in: it stays theirs when the sign-in has ended. */
export function useMe(): Session {
  const { data } = useAsked();
  if (!data) throw new Error('nobody has signed in');
  return data;
}
