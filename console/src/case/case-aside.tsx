/** What the reader can do, what is missing before departure and from whom, siblings, what waits for a second person. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { OfficialCommandType } from '#contracts/commands';
import type { CaseView } from '../api/types';
import { isCommandType } from '../commands/command-pages';
import { actAddress } from '../commands/task-address';
import { Name, Reference, State } from '../parts/parts';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { inNumber, useWords } from '../words/use-words';
import { useNames } from './use-case';

export function CaseAside({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const { gate, siblings = [], proposals = [] } = view;
  return (
    <aside className="stack">
      <Officer view={view} />
      <CanDo view={view} />
      {gate && !view.journey && !view.closure && (
        <section>
          <h2>{words.case.beforeDeparture}</h2>
          {gate.length === 0 ? (
            <State is="done">{words.case.mayDepart}</State>
          ) : (
            <ul className="stack tight-list">
              {gate.map(({ blocker, subject }) => (
                <li key={`${blocker}:${subject ?? ''}`} className="row blocker">
                  <State is="open">
                    <span className="visually-hidden">{words.case.noOne}</span>
                  </State>
                  <span>{words.values.blocker[blocker]}</span>
                  <BlockerSubject subject={subject} />
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {siblings.length > 0 && (
        <section>
          <h2>{words.case.siblings}</h2>
          <ul>
            {siblings.map((id) => (
              <li key={id}>
                <Link href={paths.case(id)}>
                  <Reference>{id}</Reference>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {proposals.length > 0 && (
        <section>
          <h2>{words.case.proposals}</h2>
          <ul>
            {proposals.map(({ id, act }) => (
              <li key={id}>{isCommandType(act.type) ? words.commands[act.type].act : act.type}</li>
            ))}
          </ul>
        </section>
      )}
      {view.dossier && (
        <Link className="act" href={paths.file(view.id)}>
          {words.case.file}
        </Link>
      )}
    </aside>
  );
}

/** Whose case it is, and who else: the mediator alone is told. */
function Officer({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const names = useNames();
  const { kind } = useMe();
  const { officer, closure } = view;
  if (kind !== 'mediator' || (closure && !officer)) return null;
  const isOffered = view.offers.some(({ type }) => type === 'assignOfficer');
  return (
    <section>
      <h2>{words.fields.officer}</h2>
      <p>{officer ? <Name>{names.official(officer.official)}</Name> : words.case.noOne}</p>
      {officer?.deputy !== undefined && (
        <p>
          {words.fields.deputy}: <Name>{names.official(officer.deputy)}</Name>
        </p>
      )}
      {isOffered && (
        <Link href={actAddress(view.id, 'assignOfficer')}>{words.commands.assignOfficer.act}</Link>
      )}
    </section>
  );
}

/** A facet, a part of the crew, a side (with its leg), or a sibling, where a word or a name says it. */
function BlockerSubject({ subject }: { readonly subject: string | undefined }) {
  const words = useWords();
  const names = useNames();
  if (subject === undefined) return null;
  const { facet, crewPart } = words.values;
  const said = ({ ...crewPart, ...facet } as Readonly<Record<string, string>>)[subject];
  const [first = '', ...more] = subject.split(':');
  return <span className="note end">{said ?? <Name>{[names.party(first), ...more].join(' · ')}</Name>}</span>;
}

const shownAtFirst = 6;
/** What the API says would not be refused now. The safe direction stands at the head of the page already. */
function CanDo({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const [isWhole, setWhole] = useState(false);
  const owed = new Set(view.obligations.flatMap(({ commands }) => commands));
  const acts = view.offers
    .map(({ type }) => type)
    .filter(
      (type): type is OfficialCommandType =>
        isCommandType(type) && type !== 'placeHold' && type !== 'assignOfficer',
    )
    .sort((one, other) => Number(owed.has(other)) - Number(owed.has(one)));
  const canRevise = view.offers.some(({ type }) => (type as string) === 'reviseDossier');
  const shown = isWhole ? acts : acts.slice(0, shownAtFirst);
  if (acts.length === 0 && !canRevise) return null;
  return (
    <section>
      <h2>{words.case.canDo}</h2>
      <ul className="can">
        {shown.map((type) => (
          <li key={type}>
            <Link href={actAddress(view.id, type)}>
              {words.commands[type].act}
              <small>{words.commands[type].means}</small>
            </Link>
          </li>
        ))}
        {canRevise && (
          <li>
            <Link href={paths.file(view.id)}>
              {words.commands.reviseDossier.act}
              <small>{words.commands.reviseDossier.means}</small>
            </Link>
          </li>
        )}
        {acts.length > shown.length && (
          <li>
            <button type="button" className="quiet" onClick={() => setWhole(true)}>
              {inNumber(words.case.more, acts.length - shown.length, words.locale)}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
