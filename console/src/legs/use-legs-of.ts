/** A way that others go already. */
import { useQueries } from '@tanstack/react-query';
import { api } from '../api/client';
import type { CaseView } from '../api/types';

/** Those of the first of these cases that has any; undefined until it is known. */
export function useLegsOf(cases: readonly string[]): CaseView['legs'] | undefined {
  const asked = useQueries({
    queries: cases.map((id) => api.queryOptions('get', '/v1/cases/{id}', { params: { path: { id } } })),
  });
  if (asked.some(({ isPending }) => isPending)) return undefined;
  return asked.map(({ data }) => data?.legs ?? []).find((legs) => legs.length > 0) ?? [];
}
