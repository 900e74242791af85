/** The escort’s telephone: one thumb, bad light, no connection. Everything needed is on the first screen. */
import { useEffect, useState } from 'react';
import { incidentKinds } from '#domain/model/commands';
import { useMechanism, useNames } from '../case/use-case';
import { FromTo, Legs } from '../case/journey';
import type { SentCommand } from '../commands/read-command';
import { useJourneys } from '../journeys/use-journeys';
import type { JourneyView } from '../journeys/use-journeys';
import { safePointsOf } from '../journeys/safe-points';
import { PersonName } from '../parts/child';
import { Name, refusalText, State, useTitle } from '../parts/parts';
import { When } from '../parts/when';
import { useMe } from '../session/use-session';
import { inNumber, useWords } from '../words/use-words';
import { Countdown } from './countdown';
import { registerWorker } from './register-worker';
import { dismiss, flush, give, waiting } from './queue';
import type { Waiting } from './queue';
import { find, keep } from './sealed-store';
import { keepReader } from './without-connection';

const placeOf = (official: string): string => `journeys of ${official}`;
const retryMs = 20_000;

export default function RoadPage() {
  const { road } = useWords();
  const known = useJourneys(true);
  const me = useMe();
  const mechanism = useMechanism();
  const journeys = useKept(known, me.official);
  const { queue, say, see } = useQueue(me.official);
  useTitle(road.title);
  useEffect(registerWorker, []);
  useEffect(() => {
    if (mechanism && me.draftKey !== '') void keepReader(me, mechanism);
  }, [me, mechanism]);
  return (
    <div className="road">
      {queue.some(({ refused }) => refused === undefined) && (
        <div className="message" data-is="late" role="status">
          <b>{road.noConnection}</b>
          <span>{road.goesOut}</span>
        </div>
      )}
      {journeys.length === 0 && <p>{road.none}</p>}
      {journeys.map((journey) => (
        <OneJourney key={journey.cases.map((each) => each.case).join()} journey={journey} say={say} />
      ))}
      <Queue queue={queue} see={see} />
      <Telephone />
    </div>
  );
}

function OneJourney({
  journey,
  say,
}: {
  readonly journey: JourneyView;
  readonly say: (cases: readonly string[], command: SentCommand) => void;
}) {
  const words = useWords();
  const names = useNames();
  const [isWrong, setWrong] = useState(false);
  const { cases, legs, completedLegs, nextDue, paused, diverted, lastPlace } = journey;
  const ids = cases.map((each) => each.case);
  const next = legs.find(({ id }) => !completedLegs.includes(id));
  const isOnItsWayToSafety = diverted !== undefined && lastPlace?.isSafePoint !== true;
  const tell = (command: SentCommand) => {
    setWrong(false);
    say(ids, command);
  };
  return (
    <>
      <header>
        <h1>
          <FromTo legs={legs} />
        </h1>
        <p className="note">
          {cases.map((each, index) => (
            <span key={each.case}>
              {index > 0 && ' · '}
              <PersonName names={each.child?.names} />
            </span>
          ))}
        </p>
      </header>
      {nextDue && <Countdown due={nextDue} />}
      {isWrong ? (
        <WhatIsWrong journey={journey} tell={tell} back={() => setWrong(false)} />
      ) : (
        <div className="stack buttons">
          {diverted && isOnItsWayToSafety && (
            <button
              type="button"
              className="act"
              data-rank="first"
              onClick={() => tell({ type: 'reachSafePoint', place: diverted.place })}
            >
              {words.road.reached}: <Name>{names.place(diverted.place)}</Name>
            </button>
          )}
          {/* Where it waits it is still to be heard of. */}
          <button
            type="button"
            className="act"
            data-rank={isOnItsWayToSafety ? undefined : 'first'}
            onClick={() => tell({ type: 'checkIn' })}
          >
            {words.road.well}
            <small>{inNumber(words.road.forAll, cases.length, words.locale)}</small>
          </button>
          {paused && (
            <button type="button" className="act" onClick={() => tell({ type: 'resumeJourney' })}>
              {words.road.resume}
            </button>
          )}
          {diverted ? null : next ? (
            <button type="button" className="act" onClick={() => tell({ type: 'completeLeg', leg: next.id })}>
              {words.road.reached}: <Name>{names.place(next.to)}</Name>
            </button>
          ) : (
            <button type="button" className="act" onClick={() => tell({ type: 'arrive' })}>
              {words.road.arrived}
            </button>
          )}
          <button type="button" className="act" data-rank="stop" onClick={() => setWrong(true)}>
            {words.road.wrong}
          </button>
        </div>
      )}
      <section>
        <h2>{words.road.way}</h2>
        <Legs legs={legs} completed={completedLegs} />
      </section>
    </>
  );
}

/** Health is sent first and asked about after: the mediator’s duty officer hears of it at once. */
function WhatIsWrong({
  journey,
  tell,
  back,
}: {
  readonly journey: JourneyView;
  readonly tell: (command: SentCommand) => void;
  readonly back: () => void;
}) {
  const words = useWords();
  const names = useNames();
  // Which comes first where it must go somewhere else; the paper can say why later.
  const safe = safePointsOf({ legs: journey.legs, journey });
  return (
    <section className="stack buttons">
      <h2>{words.road.whatWrong}</h2>
      {safe.map((place) => (
        <button
          key={place}
          type="button"
          className="act"
          onClick={() => tell({ type: 'divert', place, kind: 'other' })}
        >
          {words.road.toSafety}: <Name>{names.place(place)}</Name>
        </button>
      ))}
      <button type="button" className="act" onClick={() => tell({ type: 'pauseJourney', kind: 'other' })}>
        {words.road.pause}
      </button>
      {incidentKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="act"
          data-rank={kind === 'health' || kind === 'security' ? 'stop' : undefined}
          onClick={() =>
            tell(kind === 'health' ? { type: 'reportMedicalEmergency' } : { type: 'reportIncident', kind })
          }
        >
          {words.values.incident[kind]}
        </button>
      ))}
      <button type="button" className="act" onClick={back}>
        {words.road.cancel}
      </button>
    </section>
  );
}

function Queue({ queue, see }: { readonly queue: readonly Waiting[]; readonly see: (key: string) => void }) {
  const words = useWords();
  if (queue.length === 0) return null;
  const act = (type: string): string =>
    (words.commands as Readonly<Record<string, { readonly act: string }>>)[type]?.act ?? type;
  return (
    <section aria-labelledby="unsent">
      <h2 id="unsent">{words.road.unsent}</h2>
      <ul>
        {queue.map(({ key, at, command, refused }) => (
          <li key={key} className="row">
            <When at={at} />
            <span>{act(command.type)}</span>
            <State is={refused === undefined ? 'late' : 'safety'} boxed end>
              {refused === undefined ? words.road.notYet : words.road.refused}
            </State>
            {refused !== undefined && (
              <>
                <span>{refusalText(words, { code: refused, title: refused } as never)}</span>
                <button type="button" className="quiet" onClick={() => see(key)}>
                  {words.road.dismiss}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only where the arrangement names a number. */
function Telephone() {
  const { road } = useWords();
  const me = useMe();
  const mechanism = useMechanism();
  const of = (kind: string) => mechanism?.parties.find((party) => party.kind === kind)?.dutyTelephone;
  const number = mechanism?.parties.find(({ id }) => id === me.party)?.dutyTelephone ?? of('mediator');
  return number === undefined ? null : (
    <p>
      <a className="act" href={`tel:${number.replaceAll(' ', '')}`}>
        {road.call}
      </a>
    </p>
  );
}

/** What was last known stands until something newer is: the page opens without a connection. */
function useKept(known: readonly JourneyView[] | undefined, official: string): readonly JourneyView[] {
  const [kept, setKept] = useState<readonly JourneyView[]>([]);
  useEffect(() => {
    const place = placeOf(official);
    if (known) void keep(place, known);
    else void find(place).then((found) => found !== undefined && setKept(found as JourneyView[]));
  }, [known, official]);
  return known ?? kept;
}

function useQueue(official: string) {
  const [queue, setQueue] = useState<readonly Waiting[]>([]);
  useEffect(() => {
    const send = () => void flush(official).then(setQueue);
    send();
    const timer = setInterval(send, retryMs);
    addEventListener('online', send);
    return () => {
      clearInterval(timer);
      removeEventListener('online', send);
    };
  }, [official]);
  const say = (cases: readonly string[], command: SentCommand) =>
    void give(official, cases, command)
      .then(() => waiting(official))
      .then(setQueue)
      .then(() => flush(official))
      .then(setQueue);
  const see = (key: string) =>
    void dismiss(key)
      .then(() => waiting(official))
      .then(setQueue);
  return { queue, say, see };
}
