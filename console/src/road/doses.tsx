/** What the children are to get on the way: said with one tap, also without a connection. */
import { doseOutcomes } from '#domain/model/hosting';
import type { SentCommand } from '../commands/read-command';
import type { JourneyView } from '../journeys/use-journeys';
import { PersonName } from '../parts/child';
import { now } from '../parts/clock';
import { When } from '../parts/when';
import { useWords } from '../words/use-words';

/** As the record takes them. */
const marginMs = 3_600_000;
/** So many of those that are not due yet. */
const nextShown = 3;

export function Doses({
  journey: { cases, doses = [] },
  said,
  tell,
}: {
  readonly journey: JourneyView;
  /** Doses of which something was said here already. */
  readonly said: readonly string[];
  readonly tell: (command: SentCommand, of: readonly string[]) => void;
}) {
  const words = useWords();
  const unsaid = doses.filter(({ dose, outcome }) => !outcome && !said.includes(dose));
  const isDue = (due: string): boolean => Date.parse(due) - marginMs <= now();
  const open = [
    ...unsaid.filter(({ due }) => isDue(due)),
    ...unsaid.filter(({ due }) => !isDue(due)).slice(0, nextShown),
  ];
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="doses">
      <h2 id="doses">{words.case.treatments}</h2>
      {open.map(({ case: id, dose, kind, what, due }) => (
        <div key={dose} className="stack buttons">
          <p>
            <PersonName names={cases.find((each) => each.case === id)?.child?.names} />:{' '}
            <b>
              {words.values.treatmentKind[kind]}
              {what !== undefined && (
                <>
                  : <bdi>{what}</bdi>
                </>
              )}
            </b>{' '}
            · <When at={due} />
          </p>
          {isDue(due) &&
            doseOutcomes.map((outcome) => (
              <button
                key={outcome}
                type="button"
                className="act"
                onClick={() => tell({ type: 'recordDose', dose, outcome }, [id])}
              >
                {words.values.doseOutcome[outcome]}
              </button>
            ))}
        </div>
      ))}
    </section>
  );
}
