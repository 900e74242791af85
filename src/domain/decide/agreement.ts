/** Rules of plan, decisions given directly, and mediation. Source: docs/rules.md, "Return plan", "Decision". */
import { decidingSidesOf, findLivePlan, standingApprovalsOf } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { isOver } from '../facts/days';
import type { CaseEvent } from '../model/events';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { PlanContent, PlanTerms } from '../model/plan';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import { isFacetSettledForReturn } from '../facts/stage-of';
import { facets } from '../model/verification';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, HandlerTable } from './rule-context';
import { actOf } from './side-acts';

const contentOf = (
  state: ReturnCase,
  terms: PlanTerms,
  mechanism: MechanismRules,
  version: number,
): PlanContent => ({
  recipient: terms.recipient,
  window: terms.window,
  modality: terms.modality,
  site: terms.site,
  handoverPlace: terms.handoverPlace,
  escortParty: terms.escortParty,
  receivingParty: terms.receivingParty,
  companions: terms.companions,
  case: state.id,
  mechanism: { id: mechanism.id, version: mechanism.version },
  version,
  dossier: state.dossier,
});

function faultOf(
  terms: PlanTerms,
  state: ReturnCase,
  { mechanism, now }: RuleContext,
): { rejection: Rejection } | undefined {
  if (terms.window.to < terms.window.from) return rejected('window-inverted', { field: 'window' });
  // Over for one of those whom this plan would concern, and it would lapse as soon as it was made.
  const plan = { ...contentOf(state, terms, mechanism, 0), hash: '', proposedAt: now };
  if (isOver('windowTo', terms.window.to, now, { state: { ...state, plan }, rules: mechanism }))
    return rejected('window-past', { field: 'window' });
  if (terms.recipient !== state.recipient.ref) return rejected('unknown-recipient', { field: 'recipient' });
  if (terms.site !== null && !mechanism.sites.some(({ id }) => id === terms.site))
    return rejected('unknown-site', { field: 'site' });
  if (state.stay?.status === 'occupied' && terms.site !== state.stay.site)
    return rejected('child-hosted-or-travelling', { field: 'site' });
  if (!mechanism.places.includes(terms.handoverPlace))
    return rejected('unknown-place', { field: 'handoverPlace' });
  if (findParty(mechanism, terms.escortParty)?.kind !== 'escort')
    return rejected('unknown-party', { field: 'escortParty' });
  if (findParty(mechanism, terms.receivingParty)?.kind !== 'receiving')
    return rejected('unknown-party', { field: 'receivingParty' });
  return undefined;
}

/**
 * Verified; or short of that only in evidence that ends before the window of the plan now on the table. Such a
 * window can be moved, or the case would wait until it has passed.
 */
const mayBePlanned = (state: ReturnCase): boolean =>
  !state.recipient.unavailableSince &&
  facets.every(
    (facet) =>
      isFacetSettledForReturn(state, facet) || state.facets[facet].reopened === 'expires-before-window',
  );

export const agreementRules: HandlerTable<
  | 'proposePlan'
  | 'approvePlan'
  | 'objectToPlan'
  | 'withdrawApproval'
  | 'settleCondition'
  | 'recordMediation'
  | 'putPlanToSides'
> = {
  proposePlan: (state, { terms }, context) => {
    if (!mayBePlanned(state)) return rejected('facets-unconfirmed');
    const fault = faultOf(terms, state, context);
    if (fault) return fault;
    const contentAs = (version: number): PlanContent => contentOf(state, terms, context.mechanism, version);
    const live = findLivePlan(state);
    // A version number is part of the hash, so sameness is asked under the old number.
    if (live?.hash === context.hashPlan(contentAs(live?.version ?? 0))) return rejected('plan-unchanged');
    const plan = contentAs((state.plan?.version ?? 0) + 1);
    const short = facets.filter((facet) => {
      const until = state.facets[facet].attestation?.validUntil;
      return until !== undefined && until < terms.window.to;
    });
    return [
      ...standingApprovalsOf(state).map(({ party, sequence }): CaseEvent => ({
        type: 'DecisionLapsed',
        party,
        sequence,
        reason: 'plan-replaced',
      })),
      { type: 'PlanProposed', plan, hash: context.hashPlan(plan) },
      ...short.map((facet): CaseEvent => ({ type: 'FacetReopened', facet, reason: 'expires-before-window' })),
    ];
  },

  approvePlan: (state, { type: _, ...act }, context) =>
    actOf(state, officialOf(context).party, { act: 'approve', ...act }, context),
  objectToPlan: (state, { type: _, ...act }, context) =>
    actOf(state, officialOf(context).party, { act: 'object', ...act }, context),
  withdrawApproval: (state, { type: _, ...act }, context) =>
    actOf(state, officialOf(context).party, { act: 'withdraw', ...act }, context),
  settleCondition: (state, { condition, outcome }, context) =>
    actOf(state, officialOf(context).party, { act: 'settle-condition', condition, outcome }, context),

  recordMediation: (state, { party, note }, { mechanism }) =>
    decidingSidesOf(state, mechanism).includes(party)
      ? [omitUndefined({ type: 'MediationRecorded', party, note })]
      : rejected('unknown-party', { field: 'party' }),

  putPlanToSides: (state, { planVersion }) =>
    state.planPutToSidesAt || findLivePlan(state)?.version !== planVersion
      ? rejected('already-done')
      : [{ type: 'PlanPutToSides', planVersion }],
};
