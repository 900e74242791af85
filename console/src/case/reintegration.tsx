/** What the child needs in its new home: each need, who sees to it, and by when. */
import type { CaseView } from '../api/types';
import { Fact, Name, Panel } from '../parts/parts';
import { Day, When } from '../parts/when';
import { useWords } from '../words/use-words';
import { useNames } from './use-case';

export function Reintegration({ view: { reintegration } }: { readonly view: CaseView }) {
  const words = useWords();
  const names = useNames();
  if (!reintegration) return null;
  return (
    <Panel
      id="reintegration"
      title={words.events.ReintegrationPlanned}
      note={<When at={reintegration.since} />}
    >
      <dl className="facts">
        {reintegration.lines.map(({ need, owner, by }) => (
          <Fact key={need} name={words.fields[need]}>
            <Name>{names.party(owner)}</Name>, <Day day={by} />
          </Fact>
        ))}
      </dl>
    </Panel>
  );
}
