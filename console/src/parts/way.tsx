/** The way home: ten stations, in two sizes. */
import { stages } from '#domain/model/stages';
import type { Stage } from '#domain/model/stages';
import { dateFormat } from '../words/formats';
import { fill, useWords } from '../words/use-words';
import { When } from './when';

const standing = (index: number, now: number): 'done' | 'now' | 'ahead' =>
  index < now ? 'done' : index === now ? 'now' : 'ahead';

export function WayMini({ stage }: { readonly stage: Stage }) {
  const words = useWords();
  const now = stages.indexOf(stage);
  return (
    <>
      <span className="way-mini" aria-hidden="true">
        {stages.map((each, index) => (
          <i key={each} data-is={standing(index, now)} />
        ))}
      </span>
      <span>
        <span className="visually-hidden">
          {fill(words.case.stageOf, { n: now + 1, of: stages.length })}:{' '}
        </span>
        {words.values.stage[stage]}
      </span>
    </>
  );
}

export interface Station {
  readonly stage: Stage;
  readonly since?: string;
  readonly skipped?: boolean;
}
export function Way({ stage, reached }: { readonly stage: Stage; readonly reached: readonly Station[] }) {
  const words = useWords();
  const now = stages.indexOf(stage);
  const since = reached.find((each) => each.stage === stage)?.since;
  return (
    <>
      <ol className="way full" aria-label={words.case.way}>
        {stages.map((each, index) => {
          const station = reached.find(({ stage: known }) => known === each);
          return (
            <li key={each} data-is={standing(index, now)} aria-current={index === now ? 'step' : undefined}>
              <b>{words.values.stage[each]}</b>
              {station?.since !== undefined && <DayOf at={station.since} />}
              {station?.skipped && <span>{words.case.skipped}</span>}
            </li>
          );
        })}
      </ol>
      <p className="way-now" aria-hidden="true">
        <strong>{words.values.stage[stage]}</strong>{' '}
        <span className="note">
          {fill(words.case.stageOf, { n: now + 1, of: stages.length })}
          {since !== undefined && (
            <>
              {' · '}
              <When at={since} />
            </>
          )}
        </span>
      </p>
    </>
  );
}
function DayOf({ at }: { readonly at: string }) {
  const { locale } = useWords();
  return (
    <time dateTime={at}>{dateFormat(locale, { day: 'numeric', month: 'short' }).format(new Date(at))}</time>
  );
}
