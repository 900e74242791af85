/** Links to the hosting sites whose beds and days are the reader's to see: a host's own, all for the mediator. */
import { Link } from 'wouter';
import { useMechanism, useNames } from '../case/use-case';
import { Name } from '../parts/parts';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useSiteWords } from './use-site-words';

export function OwnSites() {
  const { kind, party } = useMe();
  const { sites: title } = useSiteWords();
  const names = useNames();
  const sites = (useMechanism()?.sites ?? []).filter(
    (site) => kind === 'mediator' || (kind === 'host' && site.party === party),
  );
  if (sites.length === 0) return null;
  return (
    <section aria-labelledby="own-sites">
      <h2 id="own-sites">{title}</h2>
      <ul className="can">
        {sites.map(({ id }) => (
          <li key={id}>
            <Link href={paths.site(id)}>
              <Name>{names.site(id)}</Name>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
