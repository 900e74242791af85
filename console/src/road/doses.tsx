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
/** What comes later is looked at later. */
const aheadMs = 12 * 3_600_000;

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
  const open = doses.filter(
    ({ dose, due, outcome }) => !outcome && !said.includes(dose) && Date.parse(due) < now() + aheadMs,
  );
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
          {Date.parse(due) - marginMs <= now() &&
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
