/** Beds by night. The picture is drawn by its own table, so nothing can disagree. */
import type { SiteNights } from '../api/types';
import { Panel, State } from '../parts/parts';
import { dateFormat } from '../words/formats';
import { useWords } from '../words/use-words';
import { useSiteWords } from './use-site-words';

export function Nights({ days, today }: Pick<SiteNights, 'days' | 'today'>) {
  const words = useSiteWords();
  const { locale } = useWords();
  const format = dateFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const most = Math.max(
    1,
    ...days.map(({ capacity, occupied, held }) => Math.max(capacity, occupied + held)),
  );
  return (
    <Panel id="nights" title={words.nights}>
      <table className="bars by-night">
        <thead>
          <tr>
            <th scope="col">{words.night}</th>
            <th scope="col">{words.occupied}</th>
            <th scope="col">{words.held}</th>
            <th scope="col">{words.free}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ date, capacity, occupied, held, free = 0 }) => (
            <tr key={date} aria-current={date === today ? 'date' : undefined}>
              <th scope="row">
                <time dateTime={date}>{format.format(new Date(`${date}T00:00:00Z`))}</time>
              </th>
              <td className="bar-cell">
                <div>
                  <span className="num">{occupied}</span>
                  <div>
                    <i style={{ '--of': occupied / most } as object} />
                    <i className="held" style={{ '--of': held / most } as object} />
                  </div>
                </div>
              </td>
              <td className="num">{held}</td>
              <td className="num">{capacity === 0 ? <State is="late">{words.shut}</State> : free}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note small">{words.barNote}</p>
    </Panel>
  );
}
