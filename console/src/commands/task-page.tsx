/** The frame of a page for one task: the case it is of, and that it is there at all. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { PersonName } from '../parts/child';
import { Loading, NotHere, Reference, useTitle } from '../parts/parts';
import { paths } from '../paths';
import type { TaskContext } from './fields';
import { useTaskContext } from './use-task-context';

/** `type`: of the command, which says what it can be about now. */
export function OfCase({
  id,
  type,
  children,
}: {
  readonly id: string;
  readonly type: string;
  readonly children: (context: TaskContext) => ReactNode;
}) {
  const context = useTaskContext(id, type);
  if (context === 'hidden') return <NotHere />;
  return context ? children(context) : <Loading />;
}

export function TaskHeading({
  view,
  title,
  children,
}: {
  readonly view: CaseView;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  useTitle(title);
  return (
    <header>
      <p className="note">
        <Link href={paths.case(view.id)}>
          <PersonName names={view.dossier?.child?.names} /> <Reference>{view.id}</Reference>
        </Link>
      </p>
      <h1>{title}</h1>
      {children}
    </header>
  );
}
