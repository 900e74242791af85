/** What an escort says when something is wrong: two taps, and two more where it concerns one of several children. */
import { useState } from 'react';
import { incidentKinds } from '#domain/model/commands';
import type { IncidentKind } from '#domain/model/commands';
import { useNames } from '../case/use-case';
import type { SentCommand } from '../commands/read-command';
import { safePointsOf } from '../journeys/safe-points';
import type { JourneyView } from '../journeys/use-journeys';
import { PersonName } from '../parts/child';
import { Name } from '../parts/parts';
import { inNumber, useWords } from '../words/use-words';

export const idsOf = (cases: JourneyView['cases']): readonly string[] => cases.map((each) => each.case);

/** Of these one child is ill or without papers; the others happen to everybody in the car. */
const ofOneChild: readonly IncidentKind[] = ['health', 'lost-documents'];
const troubleOf = (kind: IncidentKind): SentCommand =>
  kind === 'health' ? { type: 'reportMedicalEmergency' } : { type: 'reportIncident', kind };

/** Health is sent first and asked about after: the mediator’s duty officer hears of it at once. */
export function WhatIsWrong({
  journey,
  together,
  tell,
  back,
}: {
  readonly journey: JourneyView;
  readonly together: JourneyView['cases'];
  readonly tell: (command: SentCommand, of?: readonly string[]) => void;
  readonly back: () => void;
}) {
  const words = useWords();
  const names = useNames();
  const [asked, setAsked] = useState<IncidentKind>();
  if (asked)
    return (
      <Whom
        cases={together}
        kind={asked}
        send={(of) => tell(troubleOf(asked), of)}
        back={() => setAsked(undefined)}
      />
    );
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
            ofOneChild.includes(kind) && together.length > 1
              ? setAsked(kind)
              : tell(troubleOf(kind), idsOf(together))
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

/** One child with a fever is no emergency of all who are in the bus. */
function Whom({
  cases,
  kind,
  send,
  back,
}: {
  readonly cases: JourneyView['cases'];
  readonly kind: IncidentKind;
  readonly send: (of: readonly string[]) => void;
  readonly back: () => void;
}) {
  const words = useWords();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <section className="stack buttons">
      <h2>{words.road.whom}</h2>
      {cases.map(({ case: id, child }) => {
        const isChosen = chosen.includes(id);
        return (
          <button
            key={id}
            type="button"
            className="act"
            data-rank={isChosen ? 'first' : undefined}
            aria-pressed={isChosen}
            onClick={() => setChosen(isChosen ? chosen.filter((each) => each !== id) : [...chosen, id])}
          >
            <PersonName names={child?.names} />
            <small>
              <bdi dir="ltr">{id}</bdi>
            </small>
          </button>
        );
      })}
      <button
        type="button"
        className="act"
        data-rank="stop"
        aria-disabled={chosen.length === 0}
        onClick={() => chosen.length > 0 && send(chosen)}
      >
        {words.values.incident[kind]}
        {chosen.length > 0 && <small>{inNumber(words.road.forAll, chosen.length, words.locale)}</small>}
      </button>
      <button type="button" className="act" onClick={back}>
        {words.road.cancel}
      </button>
    </section>
  );
}
