/** Who has the next step: first what the reader owes, then what others owe; and when reminders go. */
import { Link } from 'wouter';
import type { CaseView, Obligation } from '../api/types';
import { actAddress } from '../commands/task-address';
import { isCommandType } from '../commands/command-pages';
import { Name, State } from '../parts/parts';
import { useNow } from '../parts/use-now';
import { relativeText, When } from '../parts/when';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { useNames } from './use-case';

export function Now({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const { party, roles } = useMe();
  const isMine = (owed: Obligation): boolean =>
    owed.party === party && (owed.roles.length === 0 || owed.roles.some((role) => roles.includes(role)));
  const mine = view.obligations.filter(isMine);
  const others = view.obligations.filter((owed) => !isMine(owed));
  if (view.closure)
    return (
      <section className="sheet now">
        <p>
          <b>{words.case.closed}:</b> {words.values.closure[view.closure.outcome]}
        </p>
        <p className="note">
          <When at={view.closure.at} />
        </p>
      </section>
    );
  return (
    <>
      {mine.map((owed) => (
        <Owed key={owed.key} id={view.id} owed={owed} isMine />
      ))}
      {others.map((owed) => (
        <Owed key={owed.key} id={view.id} owed={owed} isMine={false} />
      ))}
      {view.obligations.length === 0 && (
        <section className="sheet now">
          <p className="note">{words.case.nothingOwed}</p>
        </section>
      )}
    </>
  );
}

function Owed({
  id,
  owed,
  isMine,
}: {
  readonly id: string;
  readonly owed: Obligation;
  readonly isMine: boolean;
}) {
  const words = useWords();
  const names = useNames();
  const { key, kind, party, since, due, safety, commands, subject, reminders } = owed;
  const isLate = Date.parse(due) < useNow();
  const headed = `owed-${key.replaceAll(/\W/g, '-')}`;
  return (
    <section className="sheet now" aria-labelledby={headed}>
      <div className="row">
        <State is={safety ? 'safety' : isLate ? 'late' : 'open'} boxed>
          {isMine ? words.case.youOwe : words.case.othersOwe}
        </State>
        <span className="note end num">
          {isLate ? words.case.overdueSince : words.case.due} {relativeText(due, words.locale)}
        </span>
      </div>
      <p id={headed}>
        <b>
          <Name>{names.party(party)}</Name>:
        </b>{' '}
        {words.obligations[kind]}
        <Subject subject={subject} />
      </p>
      <p className="note">
        {words.case.since} <When at={since} /> · {isLate ? words.case.overdueSince : words.case.due}{' '}
        <When at={due} />
        {reminders.last !== undefined && (
          <>
            {' · '}
            {words.case.reminded}: <When at={reminders.last} />
          </>
        )}
        {' · '}
        {words.case.nextReminder}: <When at={reminders.next} />
      </p>
      {isMine && (
        <div className="row">
          {commands.filter(isCommandType).map((command, index) => (
            <Link
              key={command}
              className="act"
              data-rank={index === 0 ? 'first' : undefined}
              href={actAddress(id, command, subject)}
            >
              {words.commands[command].act}
            </Link>
          ))}
        </div>
      )}
    </section>
  );
}

/** Of which facet, milestone or side, where a word says it; ids say nothing to a reader. */
function Subject({ subject }: { readonly subject: string | undefined }) {
  const words = useWords();
  const names = useNames();
  if (subject === undefined) return null;
  const facet = (words.values.facet as Readonly<Record<string, string>>)[subject];
  const milestone = (words.values.milestone as Readonly<Record<string, string>>)[subject];
  const party = names.party(subject);
  const [, visit] = /^visit-(\d+)$/.exec(subject) ?? [];
  const text =
    facet ??
    milestone ??
    (visit === undefined ? undefined : `${words.fields.visit} ${visit}`) ??
    (party === subject ? undefined : party);
  return text === undefined ? null : <> · {text}</>;
}
