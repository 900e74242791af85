/**
 * At the place of handover: what is done there, in its order, before the child may go. What is marked as open is owed as far as
 * the escort may read it; the rest others know, so the page of the handover has the last word.
 */
import { Link } from 'wouter';
import { useNames } from '../case/use-case';
import { PersonName } from '../parts/child';
import { Name, State } from '../parts/parts';
import { paths } from '../paths';
import { useWords } from '../words/use-words';
import type { KnownHere } from './as-said';

const steps = ['hear-child', 'identify-child', 'check-recipient-identity', 'confirm-handover'] as const;

export function Door({ journey }: { readonly journey: KnownHere }) {
  const { road, handover, obligations, commands } = useWords();
  const names = useNames();
  const { cases, arrived } = journey;
  if (!arrived) return null;
  return (
    <section className="sheet now" aria-label={handover.title} data-door>
      <h2>{handover.title}</h2>
      {!arrived.isHeard && <p>{road.goesOut}</p>}
      {cases.map(({ case: id, child, owedAtDoor = [] }) => (
        <div key={id} className="stack">
          <b>
            <PersonName names={child?.names} />
          </b>
          <ol className="stack tight-list">
            {steps.map((kind) => {
              const owed = owedAtDoor.filter((each) => each.kind === kind);
              return (
                <li key={kind}>
                  {owed.length > 0 ? <State is="open">{obligations[kind]}</State> : obligations[kind]}
                  {owed.map(({ party }) => (
                    <span key={party}>
                      {' · '}
                      <Name>{names.party(party)}</Name>
                    </span>
                  ))}
                </li>
              );
            })}
          </ol>
          {arrived.isHeard && (
            <Link className="act" href={paths.handover(id)}>
              {commands.confirmHandover.act}
            </Link>
          )}
        </div>
      ))}
    </section>
  );
}
