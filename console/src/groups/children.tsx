/** Children by name, in the order in which they are given. */
import { ChildLink } from '../parts/case-link';
import type { Briefs } from './use-group';

export const Children = ({
  cases,
  briefs,
  from = 1,
}: {
  readonly cases: readonly string[];
  readonly briefs: Briefs;
  /** The place of the first. */
  readonly from?: number;
}) => (
  <ol className="stack tight-list numbered" start={from}>
    {cases.map((id) => (
      <li key={id}>
        <ChildLink id={id} child={briefs.get(id)} />
      </li>
    ))}
  </ol>
);
