/** Go or no-go: who may depart, who stays and why. Made for a wall: read from four metres. Silence is no-go. */
import { Link } from 'wouter';
import { type gateBlockers } from '#domain/model/rejections';
import type { CaseView } from '../api/types';
import { ageOf } from '../case/age';
import { useCase, useNames } from '../case/use-case';
import { Receipt } from '../commands/receipt';
import { TaskEnd, useTask } from '../commands/use-task';
import { WhatFollows } from '../commands/what-follows';
import { Age, PersonName } from '../parts/child';
import { Loading, Name, NotHere, Reference, State, useTitle } from '../parts/parts';
import { Days } from '../parts/when';
import { paths } from '../paths';
import type { Words } from '../words/words';
import { inNumber, useWords } from '../words/use-words';

type Blocker = (typeof gateBlockers)[number];
/** What must hold, as columns; each shuts the gate by any of its blockers. */
const columns = {
  approvals: [
    'approval-missing',
    'no-valid-plan',
    'dossier-changed',
    'revision-unconfirmed',
    'condition-open',
    'request-withdrawn',
  ],
  verification: ['facet-unconfirmed', 'recipient-unavailable', 'duplicate-unsettled', 'own-consent-missing'],
  identified: ['child-unidentified', 'child-mismatch'],
  heard: ['child-unheard', 'child-unwilling'],
  papers: ['travel-documents-missing'],
  clearance: ['medical-clearance-missing', 'medical-emergency'],
  atSite: ['not-hosted'],
  escort: ['escort-missing', 'crew-missing', 'legs-missing', 'safe-conduct-missing'],
  noHold: ['hold-active'],
  siblings: ['sibling-not-cleared'],
  dates: ['outside-window'],
} as const satisfies Readonly<Record<keyof Words['go']['lines'], readonly Blocker[]>>;
type Line = keyof typeof columns;
const lines = Object.keys(columns) as Line[];

export default function GoPage({ id }: { readonly id: string }) {
  const words = useWords();
  const { view, isHidden } = useCase(id);
  useTitle(`${words.go.title} · ${id}`);
  if (isHidden) return <NotHere />;
  if (!view) return <Loading />;
  return <Board view={view} />;
}

function Board({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const ids = [view.id, ...(view.siblings ?? [])];
  return (
    <>
      <header>
        <p className="note">
          <Link href={paths.case(view.id)}>
            <Reference>{view.id}</Reference>
          </Link>
        </p>
        <h1>{words.go.title}</h1>
        {view.plan && (
          <p>
            <Days {...view.plan.window} />
          </p>
        )}
      </header>
      <div className="stack">
        <div className="sheet scrolls" tabIndex={0} role="region" aria-label={words.go.title}>
          <table className="board">
            <thead>
              <tr>
                <th scope="col">{words.go.children}</th>
                <th scope="col">{words.go.title}</th>
                {lines.map((line) => (
                  <th key={line} scope="col" className="mark">
                    {words.go.lines[line]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ids.map((id) => (
                <Row key={id} id={id} isBound={ids.length > 1} />
              ))}
            </tbody>
          </table>
        </div>
        <Sides view={view} />
        <GiveGo view={view} />
      </div>
    </>
  );
}

function Row({ id, isBound }: { readonly id: string; readonly isBound: boolean }) {
  const words = useWords();
  const { view } = useCase(id);
  if (!view)
    return (
      <tr data-bound={isBound || undefined}>
        <th scope="row">
          <Reference>{id}</Reference>
        </th>
        <td colSpan={lines.length + 1}>…</td>
      </tr>
    );
  const gate = view.gate ?? [];
  const isSafe = !gate.some(({ blocker }) => blocker === 'medical-emergency' || blocker === 'hold-active');
  const isReady = gate.length === 0 && !view.journey;
  return (
    <tr
      data-is={isReady || view.journey ? undefined : isSafe ? 'late' : 'safety'}
      data-bound={isBound || undefined}
    >
      <th scope="row">
        <Link href={paths.case(id)}>
          <PersonName names={view.dossier?.child?.names} />
        </Link>
        <small>
          <Age {...ageOf(view.dossier?.child)} />
        </small>
        {gate.length > 0 && (
          <ul className="why">
            {[...new Set(gate.map(({ blocker }) => blocker))].map((blocker) => (
              <li key={blocker}>{words.values.blocker[blocker]}</li>
            ))}
          </ul>
        )}
      </th>
      <td>
        <strong>{view.journey ? words.values.stage.transit : isReady ? words.go.may : words.go.stays}</strong>
      </td>
      {lines.map((line) => {
        const found = gate.find(({ blocker }) => (columns[line] as readonly string[]).includes(blocker));
        return (
          <td key={line} className="mark">
            <State is={found ? 'open' : 'done'}>
              <span className="visually-hidden">
                {found ? words.values.blocker[found.blocker] : words.values.yesNo.true}
              </span>
            </State>
          </td>
        );
      })}
    </tr>
  );
}

/** Who has said go: each side by an approval that stands. */
function Sides({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const names = useNames();
  return (
    <section className="sheet says" aria-label={words.go.says}>
      {[view.requestingParty, view.holdingParty].map((side) => {
        const decision = view.decisions?.[side];
        const says =
          decision?.act === 'approve' && !decision.lapsed && decision.planVersion === view.plan?.version;
        return (
          <div key={side}>
            <span className="note">
              <Name>{names.party(side)}</Name>
            </span>
            <strong>
              <State is={says ? 'done' : 'open'}>
                {says ? words.values.decision.approve : words.case.undecided}
              </State>
            </strong>
          </div>
        );
      })}
      <div>
        <span className="note">{words.go.silence}</span>
      </div>
    </section>
  );
}

function GiveGo({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const { id } = view;
  const task = useTask(view, 'depart', { weight: 'grave', read: () => depart, isLive: true });
  if (!task) return <Loading />;
  const { act, means } = words.commands.depart;
  if (task.answer) return <Receipt id={id} act={act} answer={task.answer} />;
  if (view.journey) return null;
  const isReady = view.gate?.length === 0;
  const mayGo = isReady && view.offers.some(({ type }) => type === 'depart');
  return (
    <form className="form" {...task.form}>
      {task.message}
      {mayGo && (
        <>
          <p>{means}</p>
          <WhatFollows id={id} command={depart} />
        </>
      )}
      <TaskEnd
        {...{ task, act }}
        isOff={!mayGo}
        back={
          mayGo ? null : (
            <span className="note">{isReady ? words.refusals['not-your-command'] : words.go.notNow}</span>
          )
        }
      />
      <p className="note">
        {isReady ? inNumber(words.go.goes, 1, words.locale) : inNumber(words.go.remain, 1, words.locale)}
      </p>
    </form>
  );
}
const depart = { type: 'depart' } as const;
