/** What waits for the reader: safety first, then what is overdue, then what is due. */
import { useEffect, useRef } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { InboxEntry } from '../api/types';
import { taskAddress } from '../commands/task-address';
import { Age, PersonName } from '../parts/child';
import { Loading, Reference, State, useTitle } from '../parts/parts';
import { useNow } from '../parts/use-now';
import { WayMini } from '../parts/way';
import { When } from '../parts/when';
import { inNumber, useWords } from '../words/use-words';
import { AboutLine } from './about-line';
import { OthersWait } from './others-wait';
import { useFollowing, useInbox, useIsLive } from './use-inbox';
import type { Scope } from './use-inbox';

const groups = ['safety', 'late', 'week', 'later'] as const;
type Group = (typeof groups)[number];
const weekMs = 7 * 86_400_000;
const groupOf = ({ safety, overdue, due }: InboxEntry, now: number): Group =>
  safety ? 'safety' : overdue ? 'late' : Date.parse(due) - now < weekMs ? 'week' : 'later';
const scopes = ['mine', 'party', 'delegated'] as const satisfies readonly Scope[];

export function InboxPage() {
  const words = useWords();
  const [search] = useSearchParams();
  const scope = scopes.find((each) => each === search.get('scope')) ?? 'mine';
  const { entries } = useInbox(scope);
  // Every page follows what is its reader's own.
  useFollowing(scope === 'mine' ? undefined : scope);
  const isLive = useIsLive(scope);
  const now = useNow();
  const inGroup = (group: Group) => (entries ?? []).filter((entry) => groupOf(entry, now) === group);
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
                href={`/inbox?scope=${each}`}
                aria-current={each === scope ? 'true' : undefined}
              >
                {words.inbox.scopes[each]}
              </Link>
            ))}
          </nav>
        </div>
        {entries && (
          <Summary all={entries.length} safety={inGroup('safety').length} late={inGroup('late').length} />
        )}
      </header>
      {!entries ? (
        <Loading />
      ) : (
        <div className="split">
          <div className="stack tight" ref={list}>
            {groups.map((group) => {
              const those = inGroup(group);
              return those.length > 0 && <TaskGroup key={group} group={group} entries={those} now={now} />;
            })}
            <p className="note row">
              {entries.length > 0 && <span>{words.shell.keys}</span>}
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
  entries,
  now,
}: {
  readonly group: Group;
  readonly entries: readonly InboxEntry[];
  readonly now: number;
}) {
  const words = useWords();
  const title = words.inbox.groups[group];
  return (
    <section className="sheet tasks" data-is={group} aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>
        {group === 'safety' || group === 'late' ? <State is={group}>{title}</State> : title}{' '}
        <span className="note num">{entries.length}</span>
      </h2>
      <ul>
        {entries.map((entry) => (
          <Task
            key={`${entry.case} ${entry.key}`}
            entry={entry}
            group={group}
            isLate={Date.parse(entry.due) < now}
          />
        ))}
      </ul>
    </section>
  );
}

function Task({
  entry,
  group,
  isLate,
}: {
  readonly entry: InboxEntry;
  readonly group: Group;
  readonly isLate: boolean;
}) {
  const words = useWords();
  const { child, notYou } = entry;
  return (
    <li className="task">
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
      <div className="when">
        <strong className={isLate && group !== 'safety' ? 'late' : group}>
          <When at={entry.due} relative />
        </strong>
        {isLate ? words.case.overdueSince : words.case.due} <When at={entry.due} />
      </div>
    </li>
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
