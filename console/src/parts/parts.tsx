/** Small things that every page says in the same way. */
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useIsFetching } from '@tanstack/react-query';
import type { Problem } from '../api/client';
import { useWords } from '../words/use-words';
import type { Words } from '../words/words';

/** A case reference or fingerprint: its own direction, never broken. */
export const Reference = ({ children }: { readonly children: ReactNode }) => (
  <span className="ref">{children}</span>
);
/** A word out of data, in whatever script it is written. */
export const Name = ({ children }: { readonly children: ReactNode }) => <bdi>{children}</bdi>;

export type StateKind = 'safety' | 'late' | 'stalled' | 'done' | 'open';
/** Told by shape, word and colour together. */
export const State = ({
  is,
  boxed = false,
  end = false,
  children,
}: {
  readonly is: StateKind;
  readonly boxed?: boolean;
  readonly end?: boolean;
  readonly children: ReactNode;
}) => (
  <span className={`state${boxed ? ' boxed' : ''}${end ? ' end' : ''}`} data-is={is}>
    {children}
  </span>
);

export const Fact = ({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

export const Panel = ({
  id,
  title,
  note,
  children,
}: {
  readonly id: string;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) => (
  <section className="sheet panel" aria-labelledby={id}>
    <header>
      <h2 id={id}>{title}</h2>
      {note !== undefined && <span className="note">{note}</span>}
    </header>
    {children}
  </section>
);

/** `urgent`: how many things must not wait, told in the title of the tab. */
export function useTitle(title: string, urgent = 0): void {
  useEffect(() => {
    document.title = `${urgent > 0 ? `(${urgent}) ` : ''}${title} · Homeward`;
  }, [title, urgent]);
}

/** What is asked for and not answered is asked for again until it is (`api/client.ts`); meanwhile the page says so. */
export function Loading() {
  const { shell } = useWords();
  const unanswered = useIsFetching({ predicate: ({ state }) => state.fetchFailureCount > 0 });
  const isAway = unanswered > 0;
  return (
    <p role="status" data-loading={isAway ? undefined : ''}>
      {isAway ? shell.away : shell.loading}
    </p>
  );
}

/** What a refusal says in the reader’s language; what keeps it, if it says so. */
export function refusalText(words: Words, { code, title }: Pick<Problem, 'code' | 'title'>): string {
  return (words.refusals as Readonly<Record<string, string>>)[code] ?? title;
}

export function NotHere() {
  const { shell } = useWords();
  useTitle(shell.notHere);
  return (
    <div className="stack">
      <h1>{shell.notHere}</h1>
      <p>{shell.notHereWhy}</p>
    </div>
  );
}
