/** What the child is to get, and what became of it last: for the host and the mediator, who alone are told. */
import type { CaseView } from '../api/types';
import { Panel } from '../parts/parts';
import { Day, When } from '../parts/when';
import { useWords } from '../words/use-words';

export default function Treatments({ view: { treatments = [] } }: { readonly view: CaseView }) {
  const { values, case: of } = useWords();
  if (treatments.length === 0) return null;
  return (
    <Panel id="treatments" title={of.treatments} note={treatments.length}>
      <ul className="stack tight-list">
        {treatments.map(({ id, kind, note, times, firstDay, lastDay, doses }) => {
          const last = doses.at(-1);
          return (
            <li key={id}>
              <b>{values.treatmentKind[kind]}</b>
              {note !== undefined && (
                <>
                  : <bdi>{note}</bdi>
                </>
              )}
              <br />
              <small>
                <bdi>{times.join(' · ')}</bdi>, <Day day={firstDay} short /> –{' '}
                {lastDay !== undefined && <Day day={lastDay} short />}
                {last && (
                  <>
                    {' '}
                    · {values.doseOutcome[last.outcome]} <When at={last.at} />
                  </>
                )}
              </small>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
