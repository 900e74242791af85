/** The inbox, kept true by its stream: each event tells the whole truth of one case. */
import { useEffect, useEffectEvent } from 'react';
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, http } from '../api/client';
import type { InboxEntry } from '../api/types';
import { followStream } from './shared-stream';

export type Scope = 'mine' | 'party' | 'delegated';
interface CaseEvent {
  readonly case: string;
  readonly entries: readonly InboxEntry[];
}
const optionsOf = (scope: Scope) => ({ params: { query: { scope, limit: 200 } } }) as const;

const before = (one: InboxEntry, other: InboxEntry): number =>
  Number(other.safety) - Number(one.safety) || one.due.localeCompare(other.due);

export const useInbox = (
  scope: Scope,
): { readonly entries?: readonly InboxEntry[]; readonly changes?: string } => {
  const { data } = api.useQuery('get', '/v1/inbox', optionsOf(scope));
  return data ? { entries: data.items, changes: data.changes } : {};
};

/** The stream says what is owed; which child it is and what it is about stands in the inbox itself. */
async function rowsOf(id: string, scope: Scope): Promise<readonly InboxEntry[]> {
  const { data } = await http.GET('/v1/inbox', { params: { query: { scope, case: id, limit: 200 } } });
  return data?.items ?? [];
}

const liveKey = (scope: Scope) => ['live', scope] as const;

/** Whether what is shown of a scope that is followed is true to the second. */
export const useIsLive = (scope: Scope): boolean =>
  useQuery<boolean>({ queryKey: liveKey(scope), queryFn: skipToken }).data ?? true;

/** One part of a page follows a scope, once; the stream is shared by all tabs. */
export function useFollowing(scope: Scope | undefined): void {
  const client = useQueryClient();
  const { data } = api.useQuery('get', '/v1/inbox', optionsOf(scope ?? 'mine'));
  const changes = data?.changes;
  const isKnown = changes !== undefined;
  // The position is where the stream begins; it is not begun again when a later answer names another.
  const follow = useEffectEvent(() => {
    if (changes === undefined || scope === undefined) return undefined;
    const { queryKey } = api.queryOptions('get', '/v1/inbox', optionsOf(scope));
    return followStream(
      (position) => `/v1/inbox/stream?scope=${scope}&after=${encodeURIComponent(position)}`,
      `inbox:${scope}`,
      changes,
      async ({ event, data }) => {
        if (event === 'live' || event === 'away') client.setQueryData(liveKey(scope), event === 'live');
        if (event === 'reset') void client.invalidateQueries({ queryKey });
        if (event !== 'case') return;
        const { case: id, entries } = JSON.parse(data) as CaseEvent;
        const rows = entries.length === 0 ? [] : await rowsOf(id, scope);
        client.setQueryData<{ items: InboxEntry[] }>(
          queryKey,
          (known) =>
            known && {
              ...known,
              items: [...known.items.filter((entry) => entry.case !== id), ...rows].sort(before),
            },
        );
        void client.invalidateQueries({ predicate: (query) => isOfCase(query.queryKey, id) });
      },
    );
  });
  useEffect(() => (isKnown ? follow() : undefined), [isKnown, scope]);
}
/** Whoever looks at that case, its story or the list it stands in sees it move. */
function isOfCase(key: readonly unknown[], id: string): boolean {
  const [, path, options] = key as [string, string?, { params?: { path?: { id?: string } } }?];
  if (path === '/v1/cases' || path === '/v1/journeys' || path === '/v1/waiting') return true;
  return path !== undefined && path.startsWith('/v1/cases/{id}') && options?.params?.path?.id === id;
}
