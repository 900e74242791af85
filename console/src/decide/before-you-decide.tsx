/** What the other side says, what is new since the last plan, what is verified. */
import { facets } from '#domain/model/verification';
import type { CaseView } from '../api/types';
import { isUnchanged, usePlans } from '../case/earlier-plans';
import { usePlanTerms } from '../case/plan-panel';
import type { Plan } from '../case/plan-panel';
import { useNames } from '../case/use-case';
import { Name, State } from '../parts/parts';
import { When } from '../parts/when';
import { useMe } from '../session/use-session';
import { listText } from '../words/formats';
import { fill, useWords } from '../words/use-words';

export function BeforeYouDecide({ view, plan }: { readonly view: CaseView; readonly plan: Plan }) {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  const termsOf = usePlanTerms(view);
  const before = usePlans(view.id).find(({ version }) => version < plan.version);
  const changed = termsOf(plan).filter(({ field }) => !isUnchanged(plan, before, field));
  const others = [view.requestingParty, view.holdingParty].filter((side) => side !== me.party);
  const confirmed =
    view.facets && facets.filter((facet) => view.facets?.[facet]?.attestation?.finding === 'confirmed');
  return (
    <section className="stack">
      <h2>{words.decide.before}</h2>
      {others.map((side) => {
        const decision = view.decisions?.[side];
        const counts = decision?.planVersion === plan.version && !decision.lapsed;
        return (
          <div key={side}>
            <div className="row">
              <h3>
                <Name>{names.party(side)}</Name>
              </h3>
              <State is={counts && decision.act === 'approve' ? 'done' : 'open'} boxed>
                {counts ? words.values.decision[decision.act] : words.case.undecided}
              </State>
            </div>
            {counts && <When at={decision.at} />}
            {decision?.conditions.map(({ id, note }) => (
              <p key={id}>
                {words.case.condition}: <Name>{note ?? id}</Name>
              </p>
            ))}
          </div>
        );
      })}
      <div>
        <h3>{before ? fill(words.decide.newSince, { n: before.version }) : words.decide.firstPlan}</h3>
        {changed.map(
          ({ field, name, value }) =>
            before && (
              <p key={field}>
                {name}: {value}
              </p>
            ),
        )}
      </div>
      {confirmed && (
        <div>
          <h3>{words.decide.verified}</h3>
          <p>
            {listText(
              confirmed.map((facet) => words.values.facet[facet]),
              words.locale,
            )}
          </p>
        </div>
      )}
    </section>
  );
}
