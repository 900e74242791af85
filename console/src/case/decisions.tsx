/** What the sides say on the plan, in equal columns, the requesting side first on every page. */
import type { CaseView } from '../api/types';
import { Fact, Name, State } from '../parts/parts';
import { When } from '../parts/when';
import { fill, useWords } from '../words/use-words';
import { useMechanism, useNames } from './use-case';

type Decision = NonNullable<CaseView['decisions']>[string];

export function Decisions({ view }: { readonly view: CaseView }) {
  const words = useWords();
  const mechanism = useMechanism();
  const { plan, decisions, planReached = {} } = view;
  if (!plan || !decisions || !mechanism) return null;
  const consenting = mechanism.parties.filter(({ kind }) => kind === 'consenting').map(({ id }) => id);
  const sides = [
    ...new Set([view.requestingParty, view.holdingParty, ...consenting, ...Object.keys(decisions)]),
  ];
  return (
    <section aria-labelledby="decisions">
      <div className="row heading">
        <h2 id="decisions">{fill(words.case.decisions, { n: plan.version })}</h2>
        <span className="note">{words.case.sameForAll}</span>
      </div>
      <div className="sheet pair">
        {sides.map((side) => (
          <Side
            key={side}
            side={side}
            decision={decisions[side]}
            planVersion={plan.version}
            reachedAt={planReached[side]}
          />
        ))}
      </div>
    </section>
  );
}

function Side({
  side,
  decision,
  planVersion,
  reachedAt,
}: {
  readonly side: string;
  readonly decision: Decision | undefined;
  readonly planVersion: number;
  readonly reachedAt: string | undefined;
}) {
  const words = useWords();
  const names = useNames();
  const counts = decision?.planVersion === planVersion;
  const isOpen = decision?.conditions.some(({ outcome }) => !outcome) ?? false;
  const stands = counts && decision.act === 'approve' && !decision.lapsed;
  return (
    <section>
      <div className="row">
        <h3>
          <Name>{names.party(side)}</Name>
        </h3>
        <State
          is={stands ? (isOpen ? 'late' : 'done') : counts && !decision.lapsed ? 'late' : 'open'}
          boxed
          end
        >
          {counts ? words.values.decision[decision.act] : words.case.undecided}
        </State>
      </div>
      <p className="verdict">{counts ? words.values.decision[decision.act] : words.case.undecided}</p>
      {reachedAt !== undefined && (
        <dl className="facts narrow">
          <Fact name={words.case.reached}>
            <When at={reachedAt} />
          </Fact>
        </dl>
      )}
      {decision && (
        <dl className="facts narrow">
          {decision.planVersion !== planVersion && (
            <Fact name={fill(words.case.plan, { n: decision.planVersion })}>
              {words.values.decision[decision.act]}
            </Fact>
          )}
          <Fact name={words.case.given}>
            <When at={decision.at} />
            {decision.relay && <small>{words.case.relayed}</small>}
          </Fact>
          {decision.reason && (
            <Fact name={words.case.reason}>{words.values.objectionReason[decision.reason]}</Fact>
          )}
          {decision.note !== undefined && (
            <Fact name={words.form.note}>
              <Name>{decision.note}</Name>
            </Fact>
          )}
          {decision.expiresAt && !decision.lapsed && (
            <Fact name={words.case.validUntil}>
              <When at={decision.expiresAt} />
            </Fact>
          )}
          {decision.lapsed && (
            <Fact name={words.case.lapsedBecause}>{words.values.decisionLapse[decision.lapsed.reason]}</Fact>
          )}
          {decision.conditions.map(({ id, note, outcome }) => (
            <Fact key={id} name={words.case.condition}>
              <Name>{note ?? id}</Name>
              <small>
                {outcome ? words.values.settlement[outcome.settled] : words.values.blocker['condition-open']}
              </small>
            </Fact>
          ))}
        </dl>
      )}
    </section>
  );
}
