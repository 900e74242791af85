/** Who is on the road: where, when they were last heard, when the next sign of life is due. */
import { Link } from 'wouter';
import { FromTo, Legs } from '../case/journey';
import { useNames } from '../case/use-case';
import { PersonName } from '../parts/child';
import { Fact, Loading, Name, Reference, State, useTitle } from '../parts/parts';
import { useNow } from '../parts/use-now';
import { When } from '../parts/when';
import { paths } from '../paths';
import { useWords } from '../words/use-words';
import { useJourneys } from './use-journeys';
import type { JourneyView } from './use-journeys';

export default function JourneysPage() {
  const { journeys } = useWords();
  const items = useJourneys(false);
  useTitle(journeys.title);
  if (!items) return <Loading />;
  return (
    <>
      <header>
        <h1>{journeys.title}</h1>
        {items.length === 0 && <p>{journeys.none}</p>}
      </header>
      <div className="stack">
        {items.map((journey) => (
          <Journey key={journey.cases.map((each) => each.case).join()} journey={journey} />
        ))}
      </div>
    </>
  );
}

function Journey({ journey }: { readonly journey: JourneyView }) {
  const words = useWords();
  const names = useNames();
  const now = useNow();
  const { cases, legs, completedLegs, lastSignAt, nextDue, paused, escort } = journey;
  const isSilent = nextDue !== undefined && Date.parse(nextDue) < now;
  return (
    <section className="sheet panel">
      <header>
        <h2>
          <FromTo legs={legs} />
        </h2>
        {isSilent && (
          <State is="safety" boxed>
            {words.journeys.silent}
          </State>
        )}
        {paused && (
          <State is="safety" boxed>
            {words.case.paused}: {words.values.incident[paused.kind]}
          </State>
        )}
      </header>
      <ul className="row">
        {cases.map((each) => (
          <li key={each.case}>
            <Link href={paths.case(each.case)}>
              {each.child ? <PersonName names={each.child.names} /> : <Reference>{each.case}</Reference>}
            </Link>
          </li>
        ))}
      </ul>
      <Legs legs={legs} completed={completedLegs} />
      <dl className="facts">
        {escort && (
          <Fact name={words.case.escort}>
            <Name>{names.official(escort)}</Name>
          </Fact>
        )}
        {lastSignAt && (
          <Fact name={words.case.lastSign}>
            <When at={lastSignAt} relative />
          </Fact>
        )}
        {nextDue && (
          <Fact name={words.case.nextSign}>
            <When at={nextDue} relative />
          </Fact>
        )}
      </dl>
    </section>
  );
}
