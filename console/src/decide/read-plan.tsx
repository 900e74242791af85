/**
 * The plan that was read stays on the page until the reader goes to a newer one: what was chosen for one plan is
 * never shown as chosen for the next, and nothing moves under the hand.
 */
import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import type { Plan } from '../case/plan-panel';
import { fill, useWords } from '../words/use-words';

export function ReadPlan({
  newest,
  children,
}: {
  readonly newest: Plan | undefined;
  readonly children: (plan: Plan | undefined) => ReactNode;
}) {
  const { decide } = useWords();
  const [read, setRead] = useState(newest);
  const plan = read ?? newest;
  if (plan !== read) setRead(plan);
  return (
    <>
      {plan && newest && plan.version !== newest.version && (
        <div className="message apart" data-is="late" role="alert">
          <b>{fill(decide.newerPlan, { n: newest.version })}</b>
          <span>{decide.olderPlanHere}</span>
          <div className="row">
            <button type="button" className="act" onClick={() => setRead(newest)}>
              {fill(decide.goToPlan, { n: newest.version })}
            </button>
          </div>
        </div>
      )}
      <Fragment key={plan?.version}>{children(plan)}</Fragment>
    </>
  );
}
