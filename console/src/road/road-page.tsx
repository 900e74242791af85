/** The escort’s telephone: one thumb, bad light, no connection. Everything needed is on the first screen. */
import { useEffect, useEffectEvent, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useMechanism, useNames } from '../case/use-case';
import { FromTo, Legs } from '../case/journey';
import { cleanText } from '../commands/clean-text';
import type { SentCommand } from '../commands/read-command';
import { useJourneys } from '../journeys/use-journeys';
import type { JourneyView } from '../journeys/use-journeys';
import { PersonName } from '../parts/child';
import { Name, refusalText, State, useTitle } from '../parts/parts';
import { When } from '../parts/when';
import { useMe } from '../session/use-session';
import { inNumber, useWords } from '../words/use-words';
import { actOf, asOne } from './as-one';
import { asSaidHere } from './as-said';
import type { KnownHere } from './as-said';
import { Countdown } from './countdown';
import { Door } from './door';
import { Doses } from './doses';
import { idsOf, WhatIsWrong } from './what-is-wrong';
import { registerWorker } from './register-worker';
import { dismiss, flush, give, waiting } from './queue';
import type { Waiting } from './queue';
import { find, keep } from './sealed-store';
import { keepReader } from './without-connection';

const placeOf = (official: string): string => `journeys of ${official}`;
const retryMs = 20_000;
/** Something was tapped. */
const given = 'homeward-given';

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
        <OneJourney
          key={journey.cases.map((each) => each.case).join()}
          journey={asSaidHere(journey, queue)}
          say={say}
          together={
            journey.group === undefined
              ? journey.cases
              : journeys.filter(({ group }) => group === journey.group).flatMap(({ cases }) => cases)
          }
        />
      ))}
      <Queue queue={queue} see={see} />
      <Telephone />
    </div>
  );
}

function OneJourney({
  journey,
  together,
  say,
}: {
  readonly journey: KnownHere;
  /** Of whom it is said that all is well: of a group all who are with the reader. */
  readonly together: JourneyView['cases'];
  readonly say: (cases: readonly string[], command: SentCommand) => void;
}) {
  const words = useWords();
  const names = useNames();
  const [isWrong, setWrong] = useState(false);
  const [hasTaken, setTaken] = useState(false);
  const [except, setExcept] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const isToBeTaken = journey.toBeTaken === true && !hasTaken && !journey.isTaking;
  const { cases, legs, completedLegs, nextDue, paused, diverted, lastPlace, arrived } = journey;
  const ids = idsOf(cases);
  const next = legs.find(({ id }) => !completedLegs.includes(id));
  const isOnItsWayToSafety = diverted !== undefined && lastPlace?.isSafePoint !== true;
  const tell = (command: SentCommand, of = ids) => {
    setWrong(false);
    const said = asOne(journey.group, idsOf(together), of, command);
    say(said.to, said.command);
  };
  const well = () => {
    const text = cleanText(note);
    const said = { type: 'checkIn', ...(text !== '' && { note: text }) };
    // Of a whole group it is one word.
    if (journey.group === undefined) tell(said);
    else say([journey.group], { ...said, ...(except.length > 0 && { except }) });
    setExcept([]);
    setNote('');
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
      <Door journey={journey} />
      {isWrong ? (
        <WhatIsWrong {...{ journey, together, tell }} back={() => setWrong(false)} />
      ) : isToBeTaken ? (
        <div className="stack buttons">
          <button
            type="button"
            className="act"
            data-rank="first"
            onClick={() => {
              setTaken(true);
              tell({ type: 'takeIntoCare' });
            }}
          >
            {words.commands.takeIntoCare.act}
            <small>{inNumber(words.road.forAll, cases.length, words.locale)}</small>
          </button>
          <button type="button" className="act" data-rank="stop" onClick={() => setWrong(true)}>
            {words.road.wrong}
          </button>
        </div>
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
            data-rank={isOnItsWayToSafety || arrived || !next ? undefined : 'first'}
            onClick={well}
          >
            {words.road.well}
            <small>{inNumber(words.road.forAll, together.length - except.length, words.locale)}</small>
          </button>
          {journey.group !== undefined && together.length > 1 && (
            <Excepted {...{ cases: together, except, setExcept }} />
          )}
          <details>
            <summary>{words.road.addNote}</summary>
            <textarea
              className="input"
              aria-label={words.form.note}
              dir="auto"
              rows={2}
              maxLength={4000}
              value={note}
              onInput={({ currentTarget }) => setNote(currentTarget.value)}
            />
          </details>
          {paused && (
            <button type="button" className="act" onClick={() => tell({ type: 'resumeJourney' })}>
              {words.road.resume}
            </button>
          )}
          {diverted || arrived ? null : next ? (
            <button type="button" className="act" onClick={() => tell({ type: 'completeLeg', leg: next.id })}>
              {words.road.reached}: <Name>{names.place(next.to)}</Name>
            </button>
          ) : (
            <button type="button" className="act" data-rank="first" onClick={() => tell({ type: 'arrive' })}>
              {words.road.arrived}
              {journey.handoverPlace !== undefined && (
                <small>
                  <Name>{names.place(journey.handoverPlace)}</Name>
                </small>
              )}
            </button>
          )}
          <button type="button" className="act" data-rank="stop" onClick={() => setWrong(true)}>
            {words.road.wrong}
          </button>
        </div>
      )}
      {!isToBeTaken && <Doses {...{ journey, tell }} said={journey.saidDoses} />}
      <section>
        <h2>{words.road.way}</h2>
        <Legs legs={legs} completed={completedLegs} />
      </section>
    </>
  );
}

/** Of whom it is not said that all is well: each for themselves. */
function Excepted({
  cases,
  except,
  setExcept,
}: {
  readonly cases: JourneyView['cases'];
  readonly except: readonly string[];
  readonly setExcept: (cases: readonly string[]) => void;
}) {
  const { road } = useWords();
  return (
    <details>
      <summary>{road.notWithMe}</summary>
      {cases.map(({ case: id, child }) => (
        <label key={id} className="choice">
          <input
            type="checkbox"
            checked={except.includes(id)}
            onChange={({ currentTarget: { checked } }) =>
              setExcept(checked ? [...except, id] : except.filter((each) => each !== id))
            }
          />
          <PersonName names={child?.names} />
        </label>
      ))}
    </details>
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
            <span>{act(actOf(command))}</span>
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
  const client = useQueryClient();
  /** What was heard is asked for before it leaves the queue, so that no button comes back that was tapped. */
  const deliver = useEffectEvent(async () => {
    const unheard = (all: readonly Waiting[]) => all.filter(({ refused }) => refused === undefined).length;
    const before = await waiting(official);
    const after = await flush(official);
    if (unheard(after) < unheard(before))
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === '/v1/journeys' });
    setQueue(after);
  });
  useEffect(() => {
    const send = () => void deliver();
    send();
    const timer = setInterval(send, retryMs);
    addEventListener('online', send);
    addEventListener(given, send);
    return () => {
      clearInterval(timer);
      removeEventListener('online', send);
      removeEventListener(given, send);
    };
  }, [official]);
  const say = (cases: readonly string[], command: SentCommand) =>
    void give(official, cases, command)
      .then(() => waiting(official))
      .then(setQueue)
      .then(() => dispatchEvent(new Event(given)));
  const see = (key: string) =>
    void dismiss(key)
      .then(() => waiting(official))
      .then(setQueue);
  return { queue, say, see };
}
