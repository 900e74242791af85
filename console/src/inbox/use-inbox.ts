/** The inbox, kept true by its stream: each event tells the whole truth of one case, or of one group. */
import { useEffect, useEffectEvent } from 'react';
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, http } from '../api/client';
import type { InboxEntry, InboxGroupEntry } from '../api/types';
import { followStream } from './shared-stream';

export type Scope = 'mine' | 'party' | 'delegated';
interface CaseEvent {
  readonly case: string;
  readonly entries: readonly InboxEntry[];
}
interface GroupEvent {
  readonly group: string;
  readonly entries: readonly InboxGroupEntry[];
}
/** A task of a case, or of a group. */
export type Task = InboxEntry | InboxGroupEntry;
export const isOfGroup = (task: Task): task is InboxGroupEntry => 'group' in task;
export const isSafety = (task: Task): boolean => !isOfGroup(task) && task.safety;
/** What an inbox shows: `myCases` leaves out cases that are a colleague's. */
export interface Shown {
  readonly scope: Scope;
  readonly myCases: boolean;
}
export const mine: Shown = { scope: 'mine', myCases: false };
const queryOf = ({ scope, myCases }: Shown) => ({
  ...{ scope, limit: 200 },
  ...(myCases && { mine: 'true' as const }),
});
const optionsOf = (shown: Shown) => ({ params: { query: queryOf(shown) } });

const before = (one: Task, other: Task): number =>
  Number(isSafety(other)) - Number(isSafety(one)) || one.due.localeCompare(other.due);

export const useInbox = (
  shown: Shown,
): { readonly entries?: readonly InboxEntry[]; readonly tasks?: readonly Task[] } => {
  const { data } = api.useQuery('get', '/v1/inbox', optionsOf(shown));
  return data ? { entries: data.items, tasks: [...data.items, ...(data.groups ?? [])].sort(before) } : {};
};

/** The stream says what is owed; which child it is and what it is about stands in the inbox itself. */
async function rowsOf(id: string, shown: Shown): Promise<readonly InboxEntry[]> {
  const { data } = await http.GET('/v1/inbox', { params: { query: { ...queryOf(shown), case: id } } });
  return data?.items ?? [];
}

const liveKey = (scope: Scope) => ['live', scope] as const;

/** Whether what is shown of a scope that is followed is true to the second. */
export const useIsLive = (scope: Scope): boolean =>
  useQuery<boolean>({ queryKey: liveKey(scope), queryFn: skipToken }).data ?? true;

/** One part of a page follows a scope, once; the stream is shared by all tabs. */
export function useFollowing(shown: Shown | undefined): void {
  const client = useQueryClient();
  const { data } = api.useQuery('get', '/v1/inbox', optionsOf(shown ?? mine));
  const changes = data?.changes;
  const isKnown = changes !== undefined;
  // The position is where the stream begins; it is not begun again when a later answer names another.
  const follow = useEffectEvent(() => {
    if (changes === undefined || shown === undefined) return undefined;
    const { scope } = shown;
    const { queryKey } = api.queryOptions('get', '/v1/inbox', optionsOf(shown));
    return followStream(
      (position) => `/v1/inbox/stream?scope=${scope}&after=${encodeURIComponent(position)}`,
      `inbox:${scope}`,
      changes,
      async ({ event, data }) => {
        if (event === 'live' || event === 'away') client.setQueryData(liveKey(scope), event === 'live');
        if (event === 'reset') void client.invalidateQueries({ queryKey });
        if (event === 'group') {
          const { group, entries } = JSON.parse(data) as GroupEvent;
          if (shown.myCases) void client.invalidateQueries({ queryKey });
          else
            client.setQueryData<{ groups?: readonly InboxGroupEntry[] }>(
              queryKey,
              (known) =>
                known && {
                  ...known,
                  groups: [...(known.groups ?? []).filter((entry) => entry.group !== group), ...entries],
                },
            );
          void client.invalidateQueries({ predicate: (query) => mayShowGroup(query.queryKey) });
        }
        if (event !== 'case') return;
        const { case: id, entries } = JSON.parse(data) as CaseEvent;
        // Of every case, whosever it is: which of them are shown the inbox itself says.
        const rows = entries.length === 0 ? [] : await rowsOf(id, shown);
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
  useEffect(() => (isKnown ? follow() : undefined), [isKnown, shown?.scope, shown?.myCases]);
}
/** A child's page says which group it travels with and what the group waits for; which child, only the page knows. */
const mayShowGroup = ([, path]: readonly unknown[]): boolean =>
  typeof path === 'string' && (path.startsWith('/v1/groups') || path.startsWith('/v1/cases/{id}'));
/** Whoever looks at that case, its story or the list it stands in sees it move. */
function isOfCase(key: readonly unknown[], id: string): boolean {
  const [, path, options] = key as [string, string?, { params?: { path?: { id?: string } } }?];
  // Which groups a case is in only they say.
  if (path?.startsWith('/v1/groups') === true) return true;
  if (path === '/v1/cases' || path === '/v1/journeys' || path === '/v1/waiting') return true;
  return path !== undefined && path.startsWith('/v1/cases/{id}') && options?.params?.path?.id === id;
}
