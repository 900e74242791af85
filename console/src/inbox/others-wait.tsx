/** For whom the reader’s office waits. Each row is its own picture: the first part of a bar is overdue. */
import { Link } from 'wouter';
import { api } from '../api/client';
import { useNames } from '../case/use-case';
import { Name } from '../parts/parts';
import { relativeText } from '../parts/when';
import { paths } from '../paths';
import { useWords } from '../words/use-words';

export function OthersWait() {
  const { fields, inbox, locale } = useWords();
  const names = useNames();
  const { data } = api.useQuery('get', '/v1/waiting');
  const rows = data?.items ?? [];
  if (rows.length === 0) return <aside />;
  const most = Math.max(...rows.map(({ cases }) => cases));
  return (
    <aside className="stack">
      <section>
        <h2>{inbox.othersWait}</h2>
        <table className="bars">
          <thead>
            <tr>
              <th scope="col">{fields.party}</th>
              <td />
              <th scope="col">{inbox.longest}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ party, cases, overdue, longestSince }) => (
              <tr key={party}>
                <th scope="row">
                  <Link href={`${paths.cases}?waitingOn=${party}`}>
                    <Name>{names.party(party)}</Name>
                  </Link>
                </th>
                <td className="bar-cell">
                  <div>
                    <span className="num">{cases}</span>
                    <div>
                      <i className="late" style={{ '--of': overdue / most } as object} />
                      <i style={{ '--of': (cases - overdue) / most } as object} />
                    </div>
                  </div>
                </td>
                <td className="num">{relativeText(longestSince, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="note small">{inbox.barNote}</p>
      </section>
    </aside>
  );
}
