/** Who has the next step in a group: first what the reader owes, then what others owe. */
import { Link } from 'wouter';
import type { GroupView } from '../api/types';
import { useNames } from '../case/use-case';
import { Name, State } from '../parts/parts';
import { useNow } from '../parts/use-now';
import { relativeText, When } from '../parts/when';
import { paths } from '../paths';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import { isGroupAct } from './group-acts';
import { useGroupWords } from './use-group-words';

type Duty = GroupView['duties'][number];

export function GroupDuties({ view }: { readonly view: GroupView }) {
  const { party, roles } = useMe();
  const isMine = (duty: Duty) => duty.party === party && duty.roles.some((role) => roles.includes(role));
  const mine = view.duties.filter(isMine);
  const others = view.duties.filter((duty) => !isMine(duty));
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  return (
    <>
      {mine.map((duty) => (
        <Owed key={`${duty.kind} ${duty.subject ?? ''}`} id={view.id} duties={[duty]} isMine />
      ))}
      {kinds.map((kind) => (
        <Owed key={kind} id={view.id} duties={others.filter((duty) => duty.kind === kind)} isMine={false} />
      ))}
    </>
  );
}

/** `duties`: of one kind, in the order in which they are due. */
function Owed({
  id,
  duties,
  isMine,
}: {
  readonly id: string;
  readonly duties: readonly Duty[];
  readonly isMine: boolean;
}) {
  const groups = useGroupWords();
  const { case: of, locale } = useWords();
  const names = useNames();
  const now = useNow();
  const [first] = duties;
  if (!first) return null;
  const { kind, since, due, commands } = first;
  const isLate = Date.parse(due) < now;
  const namesOf = (ids: readonly (string | undefined)[]) =>
    [...new Set(ids)].flatMap((party) => (party === undefined ? [] : names.party(party))).join(' · ');
  const subjects = namesOf(duties.map(({ subject }) => subject));
  const headed = `owed-${kind}-${first.subject ?? ''}-${isMine ? 'mine' : 'others'}`;
  const term = isLate ? of.overdueSince : of.due;
  return (
    <section className="sheet now" aria-labelledby={headed}>
      <div className="row">
        <State is={isLate ? 'late' : 'open'} boxed>
          {isMine ? of.youOwe : of.othersOwe}
        </State>
        <span className="note end num">
          {term} {relativeText(due, locale)}
        </span>
      </div>
      <p id={headed}>
        <b>
          <Name>{namesOf(duties.map(({ party }) => party))}</Name>:
        </b>{' '}
        {groups.duties[kind]}
        {subjects !== '' && (
          <>
            {' · '}
            <Name>{subjects}</Name>
          </>
        )}
      </p>
      <p className="note">
        {of.since} <When at={since} /> · {term} <When at={due} />
      </p>
      {isMine && (
        <div className="row">
          {commands.filter(isGroupAct).map((command, index) => (
            <Link
              key={command}
              className="act"
              data-rank={index === 0 ? 'first' : undefined}
              href={paths.actInGroup(id, command)}
            >
              {groups.commands[command].act}
            </Link>
          ))}
        </div>
      )}
    </section>
  );
}
