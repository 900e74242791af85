/** Everything that happened in one case, oldest first: prints as an official paper. */
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../api/client';
import { PersonName } from '../parts/child';
import { Loading, Name, NotHere, Reference, useTitle } from '../parts/parts';
import { When } from '../parts/when';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { Story } from './event-line';
import { useCase, useNames } from './use-case';

const mostEntries = 200;

export default function TimelinePage({ id }: { readonly id: string }) {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  const { view, isHidden } = useCase(id);
  const [printedAt] = useState(() => new Date().toISOString());
  const { data, fetchNextPage, hasNextPage } = api.useInfiniteQuery(
    'get',
    '/v1/cases/{id}/timeline',
    { params: { path: { id }, query: { limit: mostEntries } } },
    {
      pageParamName: 'cursor',
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }: { next?: string }) => next,
    },
  );
  useTitle(`${words.case.happened} · ${id}`);
  if (isHidden) return <NotHere />;
  if (!view || !data) return <Loading />;
  return (
    <article className="paper">
      <header>
        <b>{words.case.happened}</b>
        <Link href={paths.case(id)}>
          <Reference>{id}</Reference>
        </Link>
      </header>
      <p>
        <PersonName names={view.dossier?.child?.names} />
      </p>
      <Story entries={data.pages.flatMap(({ items }) => items)} />
      {hasNextPage && (
        <button type="button" className="act" onClick={() => void fetchNextPage()}>
          {words.case.allEntries}
        </button>
      )}
      <footer>
        <span>
          {words.case.printedBy}: <Name>{me.name}</Name>, <Name>{names.party(me.party)}</Name>
        </span>
        <When at={printedAt} />
        <button type="button" className="act" onClick={() => print()}>
          {words.case.print}
        </button>
      </footer>
    </article>
  );
}
