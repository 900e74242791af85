/** Groups as the API tells of them. No stream tells of a group's own steps, so they are asked for again and again. */
import { keepPreviousData } from '@tanstack/react-query';
import { api, isProblem } from '../api/client';
import type { Candidates, ChildBrief, GroupBrief, GroupView } from '../api/types';

/** While somebody looks at a group that is about to set out, and at the list of all. */
const groupMs = 15_000;
const listMs = 60_000;

export type Briefs = ReadonlyMap<string, ChildBrief>;

export function useGroup(id: string): { readonly view?: GroupView; readonly isHidden: boolean } {
  const { data, error } = api.useQuery(
    ...(['get', '/v1/groups/{id}', { params: { path: { id } } }, { refetchInterval: groupMs }] as const),
  );
  return { ...(data && { view: data }), isHidden: isProblem(error) && error.status === 404 };
}

export const useGroups = (): readonly GroupBrief[] | undefined =>
  api.useQuery('get', '/v1/groups', {}, { refetchInterval: listMs }).data?.items;

/** `seats`: children who can travel at once; `escorts`: who can be sent with them. */
export const useCandidates = (room: {
  readonly seats?: number;
  readonly escorts?: number;
}): Candidates | undefined =>
  api.useQuery(
    'get',
    '/v1/groups/candidates',
    { params: { query: room } },
    { placeholderData: keepPreviousData },
  ).data;
