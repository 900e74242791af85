/** Why something was not taken, and whom it is about. */
import type { ReactNode } from 'react';
import type { Problem } from '../api/client';
import { Left } from '../groups/left';
import { useWords } from '../words/use-words';
import { CaseLink } from './case-link';
import { goOnHere } from './focus';
import { refusalText } from './parts';

export function Refusal({
  heading,
  problem,
  children,
}: {
  readonly heading: string;
  readonly problem: Problem;
  /** What else is to be said of it. */
  readonly children?: ReactNode;
}) {
  const words = useWords();
  return (
    <div className="message" data-is="safety" role="alert" tabIndex={-1} ref={goOnHere}>
      <b>{heading}</b>
      <span>
        {refusalText(words, problem)} {children}
      </span>
      {problem.blockers !== undefined && problem.blockers.length > 0 && (
        <ul>
          {problem.blockers.map(({ blocker, subject }) => (
            <li key={`${blocker}:${subject ?? ''}`}>{words.values.blocker[blocker]}</li>
          ))}
        </ul>
      )}
      {problem.members && (
        <ul className="row">
          {problem.members.map((id) => (
            <li key={id}>
              <CaseLink id={id} />
            </li>
          ))}
        </ul>
      )}
      {problem.left && <Left left={problem.left} />}
    </div>
  );
}
