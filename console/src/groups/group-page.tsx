/** One group: what the reader has to do, the list term by term, go or no-go, who stayed and why, what happened. */
import { Link } from 'wouter';
import type { GroupView } from '../api/types';
import { useNames } from '../case/use-case';
import { briefsBy, ChildLink } from '../parts/case-link';
import { Loading, Name, NotHere, Panel, Reference, State, useTitle } from '../parts/parts';
import { When } from '../parts/when';
import { paths } from '../paths';
import { inNumber, useWords } from '../words/use-words';
import { Checklist } from './checklist';
import { Children } from './children';
import { DepartAt } from './depart-at';
import { isGroupAct } from './group-acts';
import { GroupStory } from './group-story';
import { Left } from './left';
import { GroupDuties } from './group-duties';
import { stateKind } from './state-kind';
import { TheList } from './the-list';
import { OwnSites } from '../sites/own-sites';
import { useGroup } from './use-group';
import { useGroupWords } from './use-group-words';
import type { Briefs } from './use-group';

export default function GroupPage({ id }: { readonly id: string }) {
  const groups = useGroupWords();
  const { view, isHidden } = useGroup(id);
  useTitle(`${groups.one} ${id}`);
  if (isHidden) return <NotHere />;
  if (!view) return <Loading />;
  const briefs = briefsBy(view.children);
  return (
    <>
      <Heading view={view} />
      <div className="split">
        <div className="stack">
          <GroupDuties view={view} />
          <TheList view={view} />
          <Checklist view={view} briefs={briefs} />
          <Gone view={view} briefs={briefs} />
          <Panel id="happened" title={groups.happened}>
            <GroupStory events={view.events} briefs={briefs} />
          </Panel>
        </div>
        <CanDo view={view} />
      </div>
    </>
  );
}

function Heading({ view }: { readonly view: GroupView }) {
  const groups = useGroupWords();
  const { values, locale } = useWords();
  const names = useNames();
  const { id, state, list, embargo, aborted } = view;
  return (
    <header>
      <div className="row">
        <h1>
          {groups.one} <Reference>{id}</Reference>
        </h1>
        <State is={stateKind[state]} boxed>
          {groups.states[state]}
        </State>
      </div>
      <p>
        {groups.departure}: <DepartAt at={list.departAt} place={list.place} /> ·{' '}
        <Name>{names.place(list.place)}</Name> · {values.modality[list.route]} ·{' '}
        {inNumber(groups.count, view.children.length, locale)}
      </p>
      {aborted && (
        <p>
          {groups.calledOff}: {groups.abortReasons[aborted.reason]} · <When at={aborted.at} />
        </p>
      )}
      {embargo.active && <p className="message">{groups.embargo}</p>}
      {embargo.breaches.length > 0 && (
        <div className="message" data-is="safety">
          <b>{groups.published}</b>
          <ul>
            {embargo.breaches.map(({ party, at }) => (
              <li key={`${party} ${at}`}>
                {groups.saidBy}: <Name>{names.party(party)}</Name> · <When at={at} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </header>
  );
}

/** Who is not with the others, and why; who set out. */
function Gone({ view, briefs }: { readonly view: GroupView; readonly briefs: Briefs }) {
  const groups = useGroupWords();
  const names = useNames();
  const { departure, dropped } = view;
  return (
    <>
      {departure && (
        <Panel id="set-out" title={groups.wentOff} note={<When at={departure.at} />}>
          <Children cases={departure.departed} briefs={briefs} />
        </Panel>
      )}
      {departure && departure.left.length > 0 && (
        <Panel id="left" title={groups.leftBehind}>
          <Left left={departure.left} briefs={briefs} />
        </Panel>
      )}
      {dropped.length > 0 && (
        <Panel id="dropped" title={groups.dropped}>
          <ul className="stack tight-list">
            {dropped.map(({ case: id, reason, since, party }) => (
              <li key={id}>
                <ChildLink id={id} child={briefs.get(id)} />
                <span className="line">
                  {groups.dropReasons[reason]}
                  {party !== undefined && (
                    <>
                      {' · '}
                      <Name>{names.party(party)}</Name>
                    </>
                  )}{' '}
                  · <When at={since} />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function CanDo({ view }: { readonly view: GroupView }) {
  const groups = useGroupWords();
  const acts = view.allowed.filter(isGroupAct);
  return (
    <aside className="stack">
      {acts.length > 0 && (
        <section>
          <h2>{groups.canDo}</h2>
          <ul className="can">
            {acts.map((act) => (
              <li key={act}>
                <Link href={paths.actInGroup(view.id, act)}>
                  {groups.commands[act].act}
                  <small>{groups.commands[act].means}</small>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <OwnSites />
    </aside>
  );
}
