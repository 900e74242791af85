/** The stay, the way on the road and the handover, each when there is one. */
import type { CaseView } from '../api/types';
import { Fact, Name, Panel, State } from '../parts/parts';
import { Day, When } from '../parts/when';
import { useWords } from '../words/use-words';
import { useNames } from './use-case';

export function Journey({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const names = useNames();
  const { journey, legs, escort } = view;
  if (legs.length === 0 && !escort) return null;
  const due = view.obligations.find(({ kind }) => kind === 'check-in')?.due;
  const { given, taken, from } = journey?.transfer ?? {};
  // May leave, and is still where it was.
  const isToBeFetched = journey?.transfer !== undefined && !taken && from !== 'escort';
  return (
    <Panel
      id="journey"
      title={words.case.journey}
      note={escort && <Name>{names.official(escort.official)}</Name>}
    >
      {journey?.paused && (
        <p>
          <State is="safety" boxed>
            {words.case.paused}: {words.values.incident[journey.paused.kind]}
          </State>
        </p>
      )}
      {journey?.diverted && (
        <p>
          <State is="late" boxed>
            {words.events.Diverted}
          </State>{' '}
          <Name>{names.place(journey.diverted.place)}</Name>
          {journey.diverted.unplanned && ` · ${words.values.unplanned.true}`}
        </p>
      )}
      <Legs legs={legs} completed={journey?.completedLegs ?? []} />
      {journey && (
        <dl className="facts">
          {isToBeFetched ? (
            <Fact name={words.events.Departed}>
              <When at={journey.departedAt} />
            </Fact>
          ) : (
            <Fact name={words.case.left}>
              <When at={journey.takenAt ?? journey.departedAt} />
            </Fact>
          )}
          {journey.transfer && (
            <>
              <Fact name={words.events.CareGiven}>{words.values.yesNo[given ? 'true' : 'false']}</Fact>
              <Fact name={words.events.CareTaken}>{words.values.yesNo[taken ? 'true' : 'false']}</Fact>
            </>
          )}
          {!isToBeFetched && (
            <Fact name={words.case.lastSign}>
              <When at={journey.lastSignAt} relative />
            </Fact>
          )}
          {due !== undefined && (
            <Fact name={words.case.nextSign}>
              <When at={due} relative />
            </Fact>
          )}
        </dl>
      )}
    </Panel>
  );
}

type Leg = CaseView['legs'][number];
/** From the first place to the last. */
export function FromTo({ legs }: { readonly legs: readonly Leg[] }) {
  const names = useNames();
  const [first] = legs;
  const last = legs.at(-1);
  if (!first || !last) return null;
  return (
    <>
      <Name>{names.place(first.from)}</Name> – <Name>{names.place(last.to)}</Name>
    </>
  );
}
export function Legs({
  legs,
  completed,
}: {
  readonly legs: readonly Leg[];
  readonly completed: readonly string[];
}) {
  const words = useWords();
  const names = useNames();
  if (legs.length === 0) return null;
  const last = legs.at(-1);
  return (
    <ol className="legs">
      {legs.map(({ id, from, departAt }, index) => (
        <li key={id} data-is={completed.includes(id) ? 'done' : 'ahead'}>
          <b>
            <Name>{names.place(from)}</Name>
          </b>
          {legs[index - 1]?.safePoint && <small> · {words.fields.safePoint}</small>}
          <span className="times">
            <small>
              {words.case.planned} <When at={departAt} />
            </small>
          </span>
        </li>
      ))}
      {last && (
        <li data-is="ahead">
          <b>
            <Name>{names.place(last.to)}</Name>
          </b>
          <span className="times">
            <small>
              {words.case.planned} <When at={last.arriveAt} />
            </small>
          </span>
        </li>
      )}
    </ol>
  );
}

/** What of a child a host says in codes, in the order in which it is asked. */
const codes = ['recognised', 'ate', 'slept', 'mood', 'health', 'belongings'] as const;
type Said = { readonly at: string } & Readonly<Partial<Record<(typeof codes)[number], string>>>;

function Codes({ said }: { readonly said: Said }) {
  const { values } = useWords();
  const texts = codes.flatMap((asked) => {
    const code = said[asked];
    const list: Readonly<Record<string, string>> = values[asked];
    return code === undefined ? [] : [list[code] ?? code];
  });
  return (
    <>
      {texts.join(' · ')}, <When at={said.at} relative />
    </>
  );
}

export function Stay({
  view: { stay, carerBed, arrivalCheck, dailyNote, visitors = [] },
}: {
  readonly view: CaseView;
}) {
  const words = useWords();
  const names = useNames();
  const site = stay?.site ?? carerBed?.site;
  if (site === undefined) return null;
  return (
    <Panel id="stay" title={words.case.stay} note={<Name>{names.site(site)}</Name>}>
      <dl className="facts">
        {stay && (
          <Fact name={words.case.since}>
            <When at={stay.since} />
          </Fact>
        )}
        {carerBed && (
          <Fact name={words.events.CarerBedHeld}>
            <Day day={carerBed.firstNight} short /> – <Day day={carerBed.leavesOn} short />
          </Fact>
        )}
        {stay?.lastNoteAt && stay.lastWellbeing && (
          <Fact name={words.events.WelfareNoted}>
            {words.values.wellbeing[stay.lastWellbeing]}, <When at={stay.lastNoteAt} relative />
          </Fact>
        )}
        {arrivalCheck && (
          <Fact name={words.events.ArrivalChecked}>
            <Codes said={arrivalCheck} />
          </Fact>
        )}
        {dailyNote && (
          <Fact name={words.events.DayNoted}>
            <Codes said={dailyNote} />
          </Fact>
        )}
        {visitors.map(({ kind, at }, index) => (
          <Fact key={`${at} ${index}`} name={words.events.VisitorRecorded}>
            {words.values.visitor[kind]}, <When at={at} />
          </Fact>
        ))}
      </dl>
    </Panel>
  );
}

export function Handover({ view: { handover } }: { readonly view: CaseView }) {
  const words = useWords();
  if (!handover || (!handover.identity && handover.confirmedBy.length === 0)) return null;
  return (
    <Panel id="handover" title={words.case.handover}>
      <dl className="facts">
        {handover.identity && (
          <Fact name={words.events.RecipientIdentified}>
            {words.values.yesNo[handover.identity.matches ? 'true' : 'false']},{' '}
            <When at={handover.identity.at} />
          </Fact>
        )}
        {handover.confirmedBy.map((by) => (
          <Fact key={by} name={words.events.HandoverConfirmed}>
            {words.values.partyKind[by]}
          </Fact>
        ))}
        {handover.at && (
          <Fact name={handover.own ? words.events.OwnArrivalConfirmed : words.events.HandedOver}>
            <When at={handover.at} />
          </Fact>
        )}
      </dl>
    </Panel>
  );
}
