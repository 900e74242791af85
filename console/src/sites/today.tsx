/** The day of a site: what is due first, then who is there, who comes, who leaves. */
import { Link } from 'wouter';
import type { SiteDay } from '../api/types';
import { actAddress } from '../commands/task-address';
import { briefsBy, ChildLink, ChildName } from '../parts/case-link';
import { Panel, State } from '../parts/parts';
import { Day, When } from '../parts/when';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { useSiteWords } from './use-site-words';

type Guest = SiteDay['present'][number];
type Owed = SiteDay['notesDue'][number];

export function Today({ day }: { readonly day: SiteDay }) {
  const words = useSiteWords();
  const { kind } = useMe();
  const briefs = briefsBy([...day.present, ...day.expected, ...day.carers]);
  // A note is the host's to write; who else reads of it opens the case.
  const formAt = (type: 'writeWelfareNote' | 'checkArrival') => (id: string) =>
    kind === 'host' ? actAddress(id, type) : paths.case(id);
  return (
    <>
      <Due
        id="notes"
        title={words.notesDue}
        owed={day.notesDue}
        {...{ briefs }}
        address={formAt('writeWelfareNote')}
      />
      <Due
        id="checks"
        title={words.checksDue}
        owed={day.checksDue}
        {...{ briefs }}
        address={formAt('checkArrival')}
      />
      <Due
        id="hearings"
        title={words.hearingsDue}
        owed={day.hearingsDue}
        {...{ briefs }}
        address={paths.case}
      />
      <Due id="ending" title={words.endingSoon} owed={day.endingSoon} {...{ briefs }} address={paths.case} />
      <Doses doses={day.doses} {...{ briefs }} />
      <Guests id="leaving" title={words.leaving} guests={day.leaving} isShort />
      <Guests id="present" title={words.present} guests={day.present} />
      <Guests id="expected" title={words.expected} guests={day.expected} />
      <Guests id="carers" title={words.carers} guests={day.carers} isShort />
    </>
  );
}

function Due({
  id,
  title,
  owed,
  briefs,
  address,
}: {
  readonly id: string;
  readonly title: string;
  readonly owed: readonly Owed[];
  readonly briefs: ReturnType<typeof briefsBy>;
  readonly address: (of: string) => string;
}) {
  const { case: of } = useWords();
  if (owed.length === 0) return null;
  return (
    <Panel id={id} title={title} note={owed.length}>
      <ul className="stack tight-list">
        {owed.map(({ case: each, due, overdue }) => (
          <li key={each} className="row">
            <Link href={address(each)}>
              <ChildName id={each} child={briefs.get(each)} />
            </Link>
            <State is={overdue ? 'late' : 'open'} end>
              {overdue ? of.overdueSince : of.due} <When at={due} />
            </State>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Doses({
  doses,
  briefs,
}: {
  readonly doses: SiteDay['doses'];
  readonly briefs: ReturnType<typeof briefsBy>;
}) {
  const { case: of, values } = useWords();
  const { kind } = useMe();
  if (doses.length === 0) return null;
  // Which of them is the host's to say; who else reads of it opens the case.
  const address = ({ case: id, dose }: SiteDay['doses'][number]) =>
    kind === 'host' ? actAddress(id, 'recordDose', dose) : paths.case(id);
  return (
    <Panel id="doses" title={of.treatments} note={doses.filter(({ outcome }) => !outcome).length}>
      <ul className="stack tight-list">
        {doses.map((dose) => (
          <li key={`${dose.case} ${dose.dose}`} className="row">
            <Link href={address(dose)}>
              <ChildName id={dose.case} child={briefs.get(dose.case)} />
            </Link>
            <span>
              {values.treatmentKind[dose.kind]}
              {dose.what !== undefined && (
                <>
                  : <bdi>{dose.what}</bdi>
                </>
              )}
            </span>
            {dose.outcome && dose.at !== undefined ? (
              <State is={dose.outcome === 'given' ? 'done' : 'late'} end>
                {values.doseOutcome[dose.outcome]} <When at={dose.at} />
              </State>
            ) : (
              <State is={dose.late ? 'late' : 'open'} end>
                {dose.late ? of.overdueSince : of.due} <When at={dose.due} />
              </State>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Guests({
  id,
  title,
  guests,
  isShort = false,
}: {
  readonly id: string;
  readonly title: string;
  readonly guests: readonly Guest[];
  /** Said only where there is somebody. */
  readonly isShort?: boolean;
}) {
  const words = useSiteWords();
  const { cases, hosting, values } = useWords();
  if (isShort && guests.length === 0) return null;
  return (
    <Panel id={id} title={title} note={guests.length}>
      {guests.length === 0 ? (
        <p className="note">{id === 'expected' ? words.nobodyExpected : hosting.nobody}</p>
      ) : (
        <table className="folds">
          <thead>
            <tr>
              <th scope="col">{cases.child}</th>
              <th scope="col">{words.bed}</th>
              <th scope="col">{words.firstNight}</th>
              <th scope="col">{words.leavesOn}</th>
            </tr>
          </thead>
          <tbody>
            {guests.map(({ case: each, child, bed, firstNight, leavesOn }) => (
              <tr key={each}>
                <th scope="row">
                  <ChildLink id={each} child={child} />
                </th>
                <td data-label={words.bed}>
                  <bdi>{bed.id}</bdi>
                  {bed.kind !== 'usual' && ` · ${values.bed[bed.kind]}`}
                  {bed.room !== undefined && (
                    <>
                      {' '}
                      · {words.room} <bdi>{bed.room}</bdi>
                    </>
                  )}
                </td>
                <td data-label={words.firstNight}>
                  <Day day={firstNight} short />
                </td>
                <td data-label={words.leavesOn}>
                  {leavesOn === undefined ? words.openEnd : <Day day={leavesOn} short />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
