/** Everything that happened in one case, oldest first: prints as an official paper. */
import { useState } from 'react';
import { Link } from 'wouter';
import { usePages } from '../api/use-pages';
import { PersonName } from '../parts/child';
import { Loading, Name, NotHere, Reference, useTitle } from '../parts/parts';
import { now } from '../parts/clock';
import { When } from '../parts/when';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { Story } from './event-line';
import { useCase, useNames } from './use-case';

const maxEntries = 200;

export default function TimelinePage({ id }: { readonly id: string }) {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  const { view, isHidden } = useCase(id);
  const [printedAt] = useState(() => new Date(now()).toISOString());
  const { items, more } = usePages('/v1/cases/{id}/timeline', {
    path: { id },
    query: { limit: maxEntries },
  });
  useTitle(`${words.case.happened} · ${id}`);
  if (isHidden) return <NotHere />;
  if (!view || !items) return <Loading />;
  return (
    <article className="paper">
      <header>
        <h1>{words.case.happened}</h1>
      </header>
      <p>
        <Link href={paths.case(id)}>
          <PersonName names={view.dossier?.child?.names} /> <Reference>{id}</Reference>
        </Link>
      </p>
      <Story entries={items} />
      {more && (
        <button type="button" className="act" onClick={more}>
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
