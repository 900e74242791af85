/** The frame of a page for one task: the case above, what was sent in place of the form once it is recorded. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { PersonName } from '../parts/child';
import { Reference, useTitle } from '../parts/parts';
import { paths } from '../paths';

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
