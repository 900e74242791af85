/** The list: who travels in which order, and each term with what each party has said of it. */
import { listTerms } from '#domain/group/group';
import type { ListTerm } from '#domain/group/group';
import type { ReactNode } from 'react';
import type { GroupView } from '../api/types';
import { useNames } from '../case/use-case';
import { ChildLink } from '../parts/case-link';
import { Name, Panel, State } from '../parts/parts';
import type { StateKind } from '../parts/parts';
import { inNumber, fill, useWords } from '../words/use-words';
import { DepartAt } from './depart-at';
import { useGroupWords } from './use-group-words';

const looks: Readonly<Record<'confirmed' | 'disputed', StateKind>> = { confirmed: 'done', disputed: 'late' };

/** What each term says. */
export function useTermTexts({ list }: Pick<GroupView, 'list'>): Readonly<Record<ListTerm, ReactNode>> {
  const groups = useGroupWords();
  const { values, locale } = useWords();
  const names = useNames();
  return {
    names: inNumber(groups.count, list.members.length, locale),
    date: <DepartAt at={list.departAt} place={list.place} />,
    place: <Name>{names.place(list.place)}</Name>,
    order: groups.inOrder,
    route: values.modality[list.route],
  };
}

export function TheList({ view }: { readonly view: GroupView }) {
  const groups = useGroupWords();
  const names = useNames();
  const texts = useTermTexts(view);
  const { case: of } = useWords();
  const { stands, list } = view;
  return (
    <Panel id="list" title={fill(groups.list, { n: list.version })}>
      <ListedChildren view={view} />
      <div className="scrolls" tabIndex={0} role="region" aria-label={groups.whoSaid}>
        <table className="folds short">
          <caption className="note">{groups.whoSaid}</caption>
          <thead>
            <tr>
              <th scope="col">{groups.what}</th>
              {stands.map(({ party }) => (
                <th key={party} scope="col">
                  <Name>{names.party(party)}</Name>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listTerms.map((term) => (
              <tr key={term}>
                <th scope="row">
                  {groups.terms[term]}: {texts[term]}
                </th>
                {stands.map(({ party, terms, relayed }) => {
                  const said = terms[term];
                  return (
                    <td key={party} data-label={names.party(party)}>
                      <State is={said ? looks[said] : 'open'}>
                        {said ? groups[said] : groups.nothingSaid}
                      </State>
                      {relayed?.includes(term) && <small className="line">{of.relayed}</small>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** In the order in which they pass, each as far as the reader may know it. */
export function ListedChildren({ view }: { readonly view: GroupView }) {
  const groups = useGroupWords();
  const { values } = useWords();
  return (
    <ol className="stack tight-list numbered">
      {view.children.map(({ case: id, child, travels, safe, stage }) => (
        <li key={id}>
          <ChildLink id={id} child={child} />{' '}
          {!travels ? (
            <State is="stalled">{groups.stayed}</State>
          ) : view.departure ? (
            <State is={safe ? 'done' : 'open'}>{safe ? groups.safe : values.stage[stage]}</State>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
