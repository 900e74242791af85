/** Who stayed behind, or would, and why. */
import type { GroupView } from '../api/types';
import { CaseLink, ChildLink } from '../parts/case-link';
import { useWords } from '../words/use-words';
import { useGroupWords } from './use-group-words';
import type { Briefs } from './use-group';

type LeftBehind = NonNullable<GroupView['departure']>['left'];

export function Left({ left, briefs }: { readonly left: LeftBehind; readonly briefs?: Briefs }) {
  const groups = useGroupWords();
  const { values } = useWords();
  return (
    <ul className="stack tight-list">
      {left.map(({ case: id, reason, blockers }) => (
        <li key={id}>
          {briefs ? <ChildLink id={id} child={briefs.get(id)} /> : <CaseLink id={id} />}
          <span className="line">
            {groups.leftReasons[reason]}
            {blockers.length > 0 &&
              `: ${[...new Set(blockers.map(({ blocker }) => values.blocker[blocker]))].join(' · ')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
