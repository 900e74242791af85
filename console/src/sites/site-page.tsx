/** One hosting site: its day, who waits for a bed, its nights, when it takes nobody in. For host, clinician and mediator. */
import { api, isProblem } from '../api/client';
import { useMechanism, useNames } from '../case/use-case';
import { Loading, Name, NotHere, Panel, useTitle } from '../parts/parts';
import { Day, Days } from '../parts/when';
import { Nights } from './nights';
import { Today } from './today';
import { WaitingList } from './waiting-list';
import { useSiteWords } from './use-site-words';

/** While somebody looks: a bed is given and freed by others' hands. */
const refetchInterval = 60_000;

export default function SitePage({ id }: { readonly id: string }) {
  const words = useSiteWords();
  const names = useNames();
  const of = { params: { path: { id } } };
  const { data: today, error } = api.useQuery('get', '/v1/sites/{id}/today', of, { refetchInterval });
  const { data: days } = api.useQuery('get', '/v1/sites/{id}/days', of, { refetchInterval });
  const { data: waiting } = api.useQuery('get', '/v1/sites/{id}/waiting', of, { refetchInterval });
  const site = useMechanism()?.sites.find((each) => each.id === id);
  useTitle(site ? names.site(id) : words.one);
  // Another host's, and one that never was.
  if (isProblem(error) && [403, 404].includes(error.status)) return <NotHere />;
  if (!today || !days || !waiting || !site) return <Loading />;
  const { closures = [], closed } = site;
  return (
    <>
      <header>
        <h1>
          <Name>{names.site(id)}</Name>
        </h1>
        <p>
          <Name>{names.party(site.party)}</Name> · <Day day={today.today} />
        </p>
      </header>
      <div className="stack">
        <Today day={today} />
        <WaitingList items={waiting.items} />
        <Nights days={days.days} today={days.today} />
        <Panel id="closures" title={words.closures}>
          {closed !== undefined && (
            <p>
              {words.closedFrom}: <Day day={closed} />
            </p>
          )}
          {closures.length > 0 ? (
            <ul>
              {closures.map(({ from, to }) => (
                <li key={from}>
                  <Days from={from} to={to} />
                </li>
              ))}
            </ul>
          ) : (
            closed === undefined && <p className="note">{words.noClosures}</p>
          )}
        </Panel>
      </div>
    </>
  );
}
