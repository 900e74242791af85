/** Go or no-go: who may depart, who stays and why. Made for a wall: read from four metres. Silence is no-go. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { Link } from 'wouter';
import { type gateBlockers } from '#domain/rejections';
import type { CaseView } from '../api/types';
import { ageOf } from '../case/age';
import { useCase, useNames } from '../case/use-case';
import { ConfirmSuffix, isSuffix } from '../commands/confirm-suffix';
import { Receipt } from '../commands/receipt';
import { SendMessage } from '../commands/send-message';
import { useSend } from '../commands/use-send';
import { WhatFollows } from '../commands/what-follows';
import { Age, PersonName } from '../parts/child';
import { Loading, Name, NotHere, Reference, State, useTitle } from '../parts/parts';
import { Days } from '../parts/when';
import { paths } from '../paths';
import { typedIn, useDraft } from '../session/draft';
import { inNumber, useWords } from '../words/use-words';

type Blocker = (typeof gateBlockers)[number];
/** What must hold, as columns; each shuts the gate by any of its blockers. */
const columns = [
  [
    'approval-missing',
    'no-valid-plan',
    'dossier-changed',
    'revision-unconfirmed',
    'condition-open',
    'request-withdrawn',
  ],
  ['facet-unconfirmed', 'recipient-unavailable', 'duplicate-unsettled', 'own-consent-missing'],
  ['travel-documents-missing'],
  ['medical-clearance-missing', 'medical-emergency'],
  ['not-hosted'],
  ['escort-missing', 'legs-missing'],
  ['hold-active'],
  ['sibling-not-cleared'],
  ['outside-window'],
] as const satisfies readonly (readonly Blocker[])[];

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
                {columns.map(([first]) => (
                  <th key={first} scope="col">
                    {words.values.blocker[first]}
                  </th>
                ))}
                <th scope="col">{words.go.title}</th>
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
        <td colSpan={columns.length + 1}>…</td>
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
      </th>
      {columns.map((column) => {
        const found = gate.find(({ blocker }) => (column as readonly string[]).includes(blocker));
        return (
          <td key={column[0]}>
            <State is={found ? 'open' : 'done'}>
              <span className={found ? '' : 'visually-hidden'}>
                {found ? words.values.blocker[found.blocker] : words.values.yesNo.true}
              </span>
            </State>
          </td>
        );
      })}
      <td>
        <strong>{view.journey ? words.values.stage.transit : isReady ? words.go.may : words.go.stays}</strong>
      </td>
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
  const desk = useDraft(`${id}:depart`);
  const { state, send } = useSend(id, desk);
  const [isMismatch, setMismatch] = useState(false);
  // The board is live: what it shows is what was seen.
  const seen = view.version;
  const isOffered = view.offers.some(({ type }) => type === 'depart');
  if (!desk) return <Loading />;
  const { act, means } = words.commands.depart;
  if (state.is === 'recorded') return <Receipt id={id} act={act} answer={state.answer} />;
  if (view.journey) return null;
  const isReady = view.gate?.length === 0;
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!isOffered || !isReady) return;
    if (!isSuffix(id, typedIn(event.currentTarget).suffix?.[0])) {
      setMismatch(true);
      return;
    }
    void send({ type: 'depart' }, seen);
  }
  return (
    <form className="form" onSubmit={submit} onInput={() => setMismatch(false)}>
      <SendMessage {...{ id, state, isMismatch, seen }} />
      {isOffered && isReady && (
        <>
          <p>{means}</p>
          <WhatFollows id={id} command={depart} />
          <ConfirmSuffix id={id} />
        </>
      )}
      <div className="row">
        <button
          className="act"
          data-rank="first"
          aria-disabled={!isOffered || !isReady || state.is === 'sending'}
          aria-describedby="not-now"
        >
          {act}
        </button>
        {(!isOffered || !isReady) && (
          <span className="note" id="not-now">
            {isReady ? words.refusals['not-your-command'] : words.go.notNow}
          </span>
        )}
      </div>
      <p className="note">
        {isReady ? inNumber(words.go.goes, 1, words.locale) : inNumber(words.go.remain, 1, words.locale)}
      </p>
    </form>
  );
}
const depart = { type: 'depart' } as const;
