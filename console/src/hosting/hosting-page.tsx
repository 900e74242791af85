/** Who is here today, who is expected, whose note is due: for host and clinician, from what the API has. */
import { Link } from 'wouter';
import { api } from '../api/client';
import type { BoardEntry } from '../api/types';
import { useInbox } from '../inbox/use-inbox';
import { Age, PersonName } from '../parts/child';
import { Loading, Reference, State, useTitle } from '../parts/parts';
import { OwnSites } from '../sites/own-sites';
import { useNow } from '../parts/use-now';
import { When } from '../parts/when';
import { actAddress } from '../commands/task-address';
import { paths } from '../paths';
import { useWords } from '../words/use-words';

const dayMs = 86_400_000;
const asked = (query: object) => ({ params: { query: { ...query, limit: 200 } as never } });

export default function HostingPage() {
  const { hosting } = useWords();
  const present = api.useQuery('get', '/v1/cases', asked({ hosted: 'true', open: 'true' }));
  const expected = api.useQuery('get', '/v1/cases', asked({ stage: 'preparation', open: 'true' }));
  useTitle(hosting.title);
  if (!present.data || !expected.data) return <Loading />;
  return (
    <>
      <header>
        <h1>{hosting.title}</h1>
      </header>
      <div className="stack">
        <Children title={hosting.present} entries={present.data.items} withNotes />
        <Children title={hosting.expected} entries={expected.data.items} withNotes={false} />
        <OwnSites />
      </div>
    </>
  );
}

function Children({
  title,
  entries,
  withNotes,
}: {
  readonly title: string;
  readonly entries: readonly BoardEntry[];
  readonly withNotes: boolean;
}) {
  const words = useWords();
  const now = useNow();
  const { entries: tasks = [] } = useInbox({ scope: 'party', myCases: false });
  const noteOf = (id: string) => tasks.find((task) => task.case === id && task.kind === 'write-welfare-note');
  return (
    <section className="sheet panel">
      <header>
        <h2>{title}</h2>
        <span className="note num">{entries.length}</span>
      </header>
      {entries.length === 0 ? (
        <p className="note">{words.hosting.nobody}</p>
      ) : (
        <table className="folds">
          <thead>
            <tr>
              <th scope="col">{words.cases.child}</th>
              <th scope="col">{words.cases.since}</th>
              {withNotes && <th scope="col">{words.hosting.note}</th>}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => {
              const note = noteOf(entry.case);
              const isDue = note && (note.overdue || Date.parse(note.due) - now < dayMs);
              return (
                <tr key={entry.case}>
                  <th scope="row">
                    <Link href={paths.case(entry.case)}>
                      {entry.child ? (
                        <PersonName names={entry.child.names} />
                      ) : (
                        <Reference>{entry.case}</Reference>
                      )}
                    </Link>{' '}
                    <small>{entry.child && <Age {...entry.child} />}</small>
                  </th>
                  <td data-label={words.cases.since}>
                    <When at={entry.stageSince} />
                  </td>
                  {withNotes && (
                    <td data-label={words.hosting.note}>
                      {isDue ? (
                        <Link href={actAddress(entry.case, 'writeWelfareNote')}>
                          <State is={note.overdue ? 'late' : 'open'}>
                            {words.hosting.noteDue} <When at={note.due} relative />
                          </State>
                        </Link>
                      ) : (
                        <State is="done">{words.hosting.noteDone}</State>
                      )}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
