/** What waits for the reader: safety first, then what is overdue, then what is due. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { InboxEntry } from '../api/types';
import { taskAddress } from '../commands/task-address';
import { Age, PersonName } from '../parts/child';
import { Loading, Reference, State, useTitle } from '../parts/parts';
import { useNow } from '../parts/use-now';
import { useMe } from '../session/use-session';
import { WayMini } from '../parts/way';
import { When } from '../parts/when';
import { inNumber, useWords } from '../words/use-words';
import { AboutLine } from './about-line';
import { OthersWait } from './others-wait';
import { isOfGroup, isSafety, useFollowing, useInbox, useIsLive } from './use-inbox';
import type { Scope, Task } from './use-inbox';

const GroupTask = lazy(() => import('./group-task'));

const groups = ['safety', 'late', 'week', 'later'] as const;
type Group = (typeof groups)[number];
const weekMs = 7 * 86_400_000;
const groupOf = (task: Task, now: number): Group =>
  isSafety(task) ? 'safety' : task.overdue ? 'late' : Date.parse(task.due) - now < weekMs ? 'week' : 'later';
const scopes = ['mine', 'party', 'delegated'] as const satisfies readonly Scope[];

export function InboxPage() {
  const words = useWords();
  const { kind } = useMe();
  const [search, setSearch] = useSearchParams();
  const scope = scopes.find((each) => each === search.get('scope')) ?? 'mine';
  const myCases = search.get('mine') === 'true';
  const { tasks } = useInbox({ scope, myCases });
  // Every page follows what is its reader's own.
  useFollowing(scope === 'mine' && !myCases ? undefined : { scope, myCases });
  const isLive = useIsLive(scope);
  const now = useNow();
  const inGroup = (group: Group) => (tasks ?? []).filter((task) => groupOf(task, now) === group);
  useTitle(words.inbox.title, inGroup('safety').length + inGroup('late').length);
  const list = useKeys();
  return (
    <>
      <header>
        <div className="row">
          <h1>{words.inbox.title}</h1>
          <nav className="scopes end" aria-label={words.inbox.title}>
            {scopes.map((each) => (
              <Link
                key={each}
                href={`/inbox?scope=${each}${myCases ? '&mine=true' : ''}`}
                aria-current={each === scope ? 'true' : undefined}
              >
                {words.inbox.scopes[each]}
              </Link>
            ))}
          </nav>
        </div>
        {/* Whose a case is, only the mediator may know. */}
        {kind === 'mediator' && (
          <label className="flag">
            <input
              type="checkbox"
              checked={myCases}
              onChange={({ target }) => setSearch(target.checked ? { scope, mine: 'true' } : { scope })}
            />
            <span>{words.cases.mine}</span>
          </label>
        )}
        {tasks && (
          <Summary all={tasks.length} safety={inGroup('safety').length} late={inGroup('late').length} />
        )}
      </header>
      {!tasks ? (
        <Loading />
      ) : (
        <div className="split">
          <div className="stack tight" ref={list}>
            {groups.map((group) => {
              const those = inGroup(group);
              return those.length > 0 && <TaskGroup key={group} group={group} tasks={those} now={now} />;
            })}
            <p className="note row">
              {tasks.length > 0 && <span>{words.shell.keys}</span>}
              <State is={isLive ? 'done' : 'late'} end>
                {isLive ? words.shell.live : words.shell.away}
              </State>
            </p>
          </div>
          <OthersWait />
        </div>
      )}
    </>
  );
}

/** One sentence that counts. */
function Summary(counts: { readonly all: number; readonly safety: number; readonly late: number }) {
  const { inbox, locale } = useWords();
  const parts = [
    inNumber(inbox.waiting, counts.all, locale),
    ...(counts.safety > 0 ? [inNumber(inbox.safety, counts.safety, locale)] : []),
    ...(counts.late > 0 ? [inNumber(inbox.overdue, counts.late, locale)] : []),
  ];
  return <p role="status">{counts.all === 0 ? inbox.nothing : parts.join(' · ')}</p>;
}

function TaskGroup({
  group,
  tasks,
  now,
}: {
  readonly group: Group;
  readonly tasks: readonly Task[];
  readonly now: number;
}) {
  const words = useWords();
  const title = words.inbox.groups[group];
  return (
    <section className="sheet tasks" data-is={group} aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>
        {group === 'safety' || group === 'late' ? <State is={group}>{title}</State> : title}{' '}
        <span className="note num">{tasks.length}</span>
      </h2>
      <ul>
        {tasks.map((task) => (
          <Row
            key={`${isOfGroup(task) ? task.group : task.case} ${task.key}`}
            task={task}
            group={group}
            isLate={Date.parse(task.due) < now}
          />
        ))}
      </ul>
    </section>
  );
}

function Row({
  task,
  group,
  isLate,
}: {
  readonly task: Task;
  readonly group: Group;
  readonly isLate: boolean;
}) {
  const words = useWords();
  return (
    <li className="task">
      {isOfGroup(task) ? (
        <Suspense fallback={<Loading />}>
          <GroupTask entry={task} />
        </Suspense>
      ) : (
        <CaseTask entry={task} />
      )}
      <div className="when">
        <strong className={isLate && group !== 'safety' ? 'late' : group}>
          <When at={task.due} relative />
        </strong>
        {isLate ? words.case.overdueSince : words.case.due} <When at={task.due} />
      </div>
    </li>
  );
}

function CaseTask({ entry }: { readonly entry: InboxEntry }) {
  const words = useWords();
  const { child, notYou } = entry;
  return (
    <>
      <div>
        <Link href={taskAddress(entry)}>{words.obligations[entry.kind]}</Link>
        <p>
          {child && (
            <>
              <PersonName names={child.names} /> <Age {...child} /> ·{' '}
            </>
          )}
          <Reference>{entry.case}</Reference>
        </p>
        <p>{notYou ? words.inbox.notYou[notYou] : <AboutLine entry={entry} />}</p>
      </div>
      <div className="stage">
        <WayMini stage={entry.stage} />
      </div>
    </>
  );
}

/** J and K move from task to task. Only while nothing is typed into. */
function useKeys() {
  const ref = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const links = [...(ref.current?.querySelectorAll<HTMLElement>('.task a') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  };
  const move = (key: string): boolean => {
    if (key !== 'j' && key !== 'k') return false;
    step(key === 'j' ? 1 : -1);
    return true;
  };
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, select, textarea');
      if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) move(event.key);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  });
  return ref;
}
