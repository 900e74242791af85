/** Figures: each picture is its table, so nothing can disagree. Small counts are hidden from those outside. */
import { useId } from 'react';
import { api } from '../api/client';
import { useNames } from '../case/use-case';
import { Loading, Name, useTitle } from '../parts/parts';
import { When } from '../parts/when';
import { inNumber, useWords } from '../words/use-words';

const dayMs = 86_400_000;

export default function FiguresPage() {
  const words = useWords();
  const names = useNames();
  const { data } = api.useQuery('get', '/v1/figures');
  useTitle(words.figures.title);
  if (!data) return <Loading />;
  const { figures } = words;
  return (
    <>
      <header>
        <h1>{figures.title}</h1>
        <p className="note">
          <When at={data.asOf} />
        </p>
      </header>
      <div className="stack">
        <BarTable
          title={figures.byStage}
          rows={data.stages.map(({ stage, open, took }) => ({
            ...{ key: stage, name: words.values.stage[stage], count: open, late: 0 },
            ...(took && { took }),
          }))}
        />
        <BarTable
          title={figures.byParty}
          rows={data.parties.map(({ party, owes, overdue, took }) => ({
            ...{ key: party, name: names.party(party), count: owes, late: overdue },
            ...(took && { took }),
          }))}
        />
        <BarTable
          title={figures.children}
          counted={figures.cases}
          rows={childFigures(data.children).map((name) => ({
            ...{ key: name, name: figures.child[name], count: data.children[name] ?? null, late: 0 },
          }))}
        />
        <BarTable
          title={figures.outcomes}
          counted={figures.cases}
          rows={data.closed.outcomes.map(({ outcome, cases }) => ({
            ...{ key: outcome, name: words.values.closure[outcome], count: cases, late: 0 },
          }))}
        />
      </div>
    </>
  );
}

/** In the order in which they are told. */
const childFigures = <Children extends object>(children: Children) =>
  Object.keys(children) as (keyof Children & string)[];

interface BarRow {
  readonly key: string;
  readonly name: string;
  /** Null: from 1 to 4, and hidden. */
  readonly count: number | null;
  readonly late: number | null;
  readonly took?: { readonly medianMs: number; readonly p90Ms: number };
}
function BarTable({
  title,
  rows,
  counted,
}: {
  readonly title: string;
  readonly rows: readonly BarRow[];
  /** What is counted, where it is not what is open. */
  readonly counted?: string;
}) {
  const { figures, locale } = useWords();
  const id = useId();
  const most = Math.max(1, ...rows.map(({ count }) => count ?? 0));
  const days = (ms: number): string => inNumber(figures.days, Math.round(ms / dayMs), locale);
  const hasTimes = rows.some(({ took }) => took);
  return (
    <section className="sheet panel scrolls" tabIndex={0} aria-labelledby={id}>
      <table className="bars">
        <caption>
          <h2 id={id}>{title}</h2>
        </caption>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{counted ?? figures.open}</th>
            {hasTimes && (
              <>
                <th scope="col">{figures.half}</th>
                <th scope="col">{figures.nine}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, count, late, took }) => (
            <tr key={key}>
              <th scope="row">
                <Name>{name}</Name>
              </th>
              <td className="bar-cell">
                <div>
                  <span className="num">{count ?? figures.few}</span>
                  <div>
                    <i className="late" style={{ '--of': (late ?? 0) / most } as object} />
                    <i style={{ '--of': ((count ?? 0) - (late ?? 0)) / most } as object} />
                  </div>
                </div>
              </td>
              {hasTimes && (
                <>
                  <td className="num">{took && days(took.medianMs)}</td>
                  <td className="num">{took && days(took.p90Ms)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
