/** The groups of the reader's party: how far each is, when it sets out, whom it waits for. */
import { Link } from 'wouter';
import type { GroupBrief } from '../api/types';
import { useNames } from '../case/use-case';
import { Loading, Name, Reference, State, useTitle } from '../parts/parts';
import { useNow } from '../parts/use-now';
import { When } from '../parts/when';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { inNumber, useWords } from '../words/use-words';
import { mayDraft } from './may-draft';
import { stateKind } from './state-kind';
import { useGroups } from './use-group';
import { useGroupWords } from './use-group-words';

export default function GroupsPage() {
  const said = useGroupWords();
  const groups = useGroups();
  const me = useMe();
  useTitle(said.title);
  if (!groups) return <Loading />;
  return (
    <>
      <header>
        <div className="row">
          <h1>{said.title}</h1>
          {mayDraft(me) && (
            <Link className="act end" data-rank="first" href={paths.newGroup}>
              {said.drafted}
            </Link>
          )}
        </div>
        {groups.length === 0 && <p>{said.none}</p>}
      </header>
      {groups.length > 0 && (
        <div className="sheet scrolls list">
          <table className="folds short">
            <thead>
              <tr>
                <th scope="col">{said.one}</th>
                <th scope="col">{said.state}</th>
                <th scope="col">{said.departure}</th>
                <th scope="col">{said.children}</th>
                <th scope="col">{said.waitsFor}</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <Row key={group.id} group={group} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Row({ group }: { readonly group: GroupBrief }) {
  const said = useGroupWords();
  const { case: of, locale } = useWords();
  const names = useNames();
  const now = useNow();
  const isLate = group.due !== undefined && Date.parse(group.due) < now;
  return (
    <tr>
      <th scope="row">
        <Link href={paths.group(group.id)}>
          <Reference>{group.id}</Reference>
        </Link>
      </th>
      <td>
        <State is={stateKind[group.state]}>{said.states[group.state]}</State>
      </td>
      <td data-label={said.departure}>
        <When at={group.departAt} />
      </td>
      <td>{inNumber(said.count, group.children, locale)}</td>
      <td data-label={said.waitsFor}>
        {group.waitingOn.map((party) => (
          <span key={party} className="line">
            <Name>{names.party(party)}</Name>
          </span>
        ))}
        {group.due !== undefined && (
          <State is={isLate ? 'late' : 'open'}>
            {isLate ? of.overdueSince : of.due} <When at={group.due} relative />
          </State>
        )}
      </td>
    </tr>
  );
}
