/** A list that comes page by page, each by the cursor of the one before. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { http } from './client';
import type { BoardEntry, TimelineEntry } from './types';
import type { components } from './schema';

interface Lists {
  readonly '/v1/cases': { item: BoardEntry; counts: components['schemas']['BoardCounts'] };
  readonly '/v1/cases/{id}/timeline': { item: TimelineEntry; counts: never };
}
interface Page<Path extends keyof Lists> {
  readonly items: readonly Lists[Path]['item'][];
  readonly next?: string;
  /** On the first page, where the list has them. */
  readonly counts?: Lists[Path]['counts'];
}

export function usePages<Path extends keyof Lists>(
  path: Path,
  params: { readonly path?: object; readonly query: Readonly<Record<string, string | number | undefined>> },
) {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    // As openapi-react-query names its own, so that whoever tells of a change reaches both.
    queryKey: ['get', path, { params }],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: Page<Path>) => next,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }): Promise<Page<Path>> => {
      const query = { ...params.query, ...(pageParam !== undefined && { cursor: pageParam }) };
      const answer = await http.GET(path, { params: { ...params, query }, signal } as never);
      if (answer.error) throw answer.error as unknown;
      return answer.data as unknown as Page<Path>;
    },
  });
  return {
    items: data?.pages.flatMap(({ items }) => items),
    counts: data?.pages[0]?.counts,
    error,
    ...(hasNextPage && { more: () => void fetchNextPage() }),
    isFetchingNextPage,
  };
}
