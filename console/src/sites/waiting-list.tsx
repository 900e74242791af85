/** Who waits for a bed, in the order in which they get one. */
import type { SiteWaiting } from '../api/types';
import { ChildLink } from '../parts/case-link';
import { Panel, State } from '../parts/parts';
import { When } from '../parts/when';
import { useSiteWords } from './use-site-words';

export function WaitingList({ items }: Pick<SiteWaiting, 'items'>) {
  const words = useSiteWords();
  return (
    <Panel id="waiting" title={words.waiting} note={items.length}>
      {items.length === 0 ? (
        <p className="note">{words.nobodyWaits}</p>
      ) : (
        <ol className="stack tight-list">
          {items.map(({ case: id, child, since, medicallyUrgent, offered }) => (
            <li key={id}>
              <ChildLink id={id} child={child} />{' '}
              {medicallyUrgent && <State is="safety">{words.urgent}</State>}
              <span className="line">
                {words.waitsSince}: <When at={since} /> · {words.bed}:{' '}
                {offered ? (
                  <>
                    <bdi>{offered.bed.id}</bdi> · {words.offered} <When at={offered.until} />
                  </>
                ) : (
                  words.notOffered
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
