/** The one way to the API: the session’s cookie goes along by itself, a refusal is thrown as its problem. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import createFetchClient from 'openapi-fetch';
import createClient from 'openapi-react-query';
import { setClock } from '../parts/clock';
import type { components, paths } from './schema';

export type Problem = components['schemas']['Problem'];
export const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'status' in error;

export const http = createFetchClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

/** Whose page this is, from its first answer on. */
let owner: string | undefined;
export const ownerOfPage = (): string | undefined => owner;
export function ownPage(official: string): void {
  owner ??= official;
}
const sessionPath = '/v1/session';
http.use({
  onRequest({ schemaPath, request }) {
    // Nothing of this page is answered or recorded as another’s who has signed in beside it.
    if (owner !== undefined && schemaPath !== sessionPath) request.headers.set('homeward-official', owner);
  },
  async onResponse({ schemaPath, request, response }) {
    setClock(response.headers.get('date'));
    if (schemaPath !== sessionPath || request.method !== 'GET' || !response.ok) return;
    ownPage(((await response.clone().json()) as { official: string }).official);
  },
});
export const api = createClient(http);

const maxPauseMs = 15_000;
/** `onSignedOut` is told of every answer that asks for a sign-in. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (isProblem(error) && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error, { queryKey: [, path] }) {
        // The question who is signed in answers itself: asked anew at each refusal it would never end.
        if (path !== sessionPath) watch(error);
      },
    }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        // The stream says when something changed; nothing is asked again for want of news.
        staleTime: Infinity,
        // What can’t be answered now is asked for until it is; a refusal is an answer.
        retry: (_count, error) => !isProblem(error) || error.status >= 500 || error.status === 429,
        retryDelay: (count) => Math.min(1000 * 2 ** count, maxPauseMs),
      },
      mutations: { retry: false },
    },
  });
}
