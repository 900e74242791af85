/** Go or no-go, line by line as the rules derive it: what, who, how it stands, since when. */
import { listTerms } from '#domain/group/group';
import type { LineState } from '#domain/group/checklist';
import type { GroupView } from '../api/types';
import { useNames } from '../case/use-case';
import { CaseLink, ChildLink } from '../parts/case-link';
import { Name, Panel, State } from '../parts/parts';
import type { StateKind } from '../parts/parts';
import { When } from '../parts/when';
import { listText } from '../words/formats';
import { useWords } from '../words/use-words';
import { useGroupWords } from './use-group-words';
import type { Briefs } from './use-group';

type Line = GroupView['checklist'][number];
const looks: Readonly<Record<LineState, StateKind>> = { yes: 'done', no: 'late', waiting: 'open' };
const keyOf = (line: Line): string =>
  `${line.line} ${'party' in line ? line.party : 'case' in line ? line.case : ''}`;

export function Checklist({ view, briefs }: { readonly view: GroupView; readonly briefs: Briefs }) {
  const groups = useGroupWords();
  const { case: of } = useWords();
  return (
    <Panel id="go" title={groups.checklist} note={groups.silence}>
      <table className="folds short">
        <thead>
          <tr>
            <th scope="col">{groups.what}</th>
            <th scope="col">{groups.who}</th>
            <th scope="col">{groups.state}</th>
            <th scope="col">{of.since}</th>
          </tr>
        </thead>
        <tbody>
          {view.checklist.map((line) => (
            <tr key={keyOf(line)}>
              <th scope="row">
                {groups.lines[line.line]}
                <small className="line">
                  <Detail line={line} />
                </small>
              </th>
              <td data-label={groups.who}>
                <Who line={line} briefs={briefs} />
              </td>
              <td>
                <State is={looks[line.state]}>{groups.lineStates[line.state]}</State>
              </td>
              <td data-label={of.since}>{line.since !== undefined && <When at={line.since} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** “All but the place” is a state of its own. */
function Detail({ line }: { readonly line: Line }) {
  const groups = useGroupWords();
  const { values, locale } = useWords();
  if (line.line === 'child') {
    if (line.state === 'yes') return groups.ready;
    const said = (blockers: typeof line.blockers): string =>
      [...new Set(blockers.map(({ blocker }) => values.blocker[blocker]))].join(' · ');
    const lapses = line.lapses && `${groups.byThen}: ${said(line.lapses)}`;
    return [said(line.blockers), lapses].filter(Boolean).join(' · ');
  }
  if (line.line !== 'terms') return null;
  if (line.state === 'yes') return groups.everything;
  if (line.state === 'waiting' && line.terms.length === listTerms.length) return groups.nothingSaid;
  const terms = listText(
    line.terms.map((term) => groups.terms[term]),
    locale,
  );
  return `${line.state === 'no' ? groups.disputes : groups.allBut}: ${terms}`;
}

function Who({ line, briefs }: { readonly line: Line; readonly briefs: Briefs }) {
  const names = useNames();
  switch (line.line) {
    case 'terms':
    case 'go':
      return <Name>{names.party(line.party)}</Name>;
    case 'child':
      return <ChildLink id={line.case} child={briefs.get(line.case)} />;
    case 'follows':
    case 'siblings':
      return line.cases.map((id) => (
        <span key={id} className="line">
          <CaseLink id={id} />
        </span>
      ));
    case 'list-frozen':
      return null;
  }
}
