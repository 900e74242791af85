/** Rules of plan, decisions given directly, and mediation. Source: docs/rules.md, "Return plan", "Decision". */
import { decidesAlone, facetsAskedOf, facetsOfVerification, facetStateOf } from '../facts/adults';
import { decidingSidesOf, findLivePlan, sidesToReach, standingApprovalsOf } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { isPartyClosed, isPlaceClosed, isSiteClosed } from '../facts/closed';
import { isOver } from '../facts/days';
import type { DossierFacts } from '../model/dossier-facts';
import type { Instant } from '../calendar/time';
import type { CaseEvent } from '../model/events';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { PlanContent, PlanTerms } from '../model/plan';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import { isFacetSettledForReturn } from '../facts/stage-of';
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
  ...(terms.alternates?.length && { alternates: terms.alternates }),
  window: terms.window,
  modality: terms.modality,
  site: terms.site,
  handoverPlace: terms.handoverPlace,
  escortParty: terms.escortParty,
  receivingParty: terms.receivingParty,
  companions: terms.companions,
  ...(terms.carePasses && { carePasses: terms.carePasses }),
  case: state.id,
  mechanism: { id: mechanism.id, version: mechanism.version },
  version,
  dossier: state.dossier,
});

function faultOf(
  terms: PlanTerms,
  state: ReturnCase,
  { mechanism, now, dossier }: RuleContext,
): { rejection: Rejection } | undefined {
  if (terms.window.to < terms.window.from) return rejected('window-inverted', { field: 'window' });
  // Over for one of those whom this plan would concern, and it would lapse as soon as it was made.
  const plan = { ...contentOf(state, terms, mechanism, 0), hash: '', proposedAt: now };
  if (isOver('windowTo', terms.window.to, now, { state: { ...state, plan }, rules: mechanism }))
    return rejected('window-past', { field: 'window' });
  const fault = recipientFault(terms, state, mechanism, dossier);
  if (fault) return fault;
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
  return passingFault(terms, mechanism) ?? closedIn(terms, state, { rules: mechanism, at: now });
}

/** At a site somebody comes for the child, in and out by places that are known; at a border the handover is at a crossing. */
function passingFault(
  { carePasses, site, companions, handoverPlace }: PlanTerms,
  { places, border = [] }: MechanismRules,
): { rejection: Rejection } | undefined {
  if (carePasses?.where === 'at-border')
    return border.some(({ crossing }) => crossing === handoverPlace)
      ? undefined
      : rejected('unknown-place', { field: 'handoverPlace' });
  if (carePasses?.where !== 'at-site') return undefined;
  if (site === null) return rejected('unknown-site', { field: 'site' });
  if (!companions.includes('recipient')) return rejected('unknown-recipient', { field: 'companions' });
  const unknown = (['wayIn', 'wayOut'] as const).find((way) => !places.includes(carePasses[way]));
  return unknown && rejected('unknown-place', { field: 'carePasses' });
}

/** Only who decides for themselves goes home to nobody, and then nobody stands in for nobody. */
function recipientFault(
  { recipient, alternates = [], companions }: PlanTerms,
  state: ReturnCase,
  mechanism: MechanismRules,
  dossier: DossierFacts | undefined,
): { rejection: Rejection } | undefined {
  const isNamed = recipient === null ? decidesAlone(state, mechanism) : recipient === state.recipient.ref;
  if (!isNamed) return rejected('unknown-recipient', { field: 'recipient' });
  const known = recipient === null ? [] : (dossier?.recipients.map(({ ref }) => ref) ?? alternates);
  if (!alternates.every((ref) => known.includes(ref)))
    return rejected('unknown-recipient', { field: 'alternates' });
  if (recipient === null && companions.includes('recipient'))
    return rejected('unknown-recipient', { field: 'companions' });
  return new Set([recipient, ...alternates]).size <= alternates.length
    ? rejected('duplicate-id', { field: 'alternates' })
    : undefined;
}

/** What a new plan names and may not begin at any more. Where the child has or is kept a place, it may stay. */
function closedIn(
  { site, handoverPlace, escortParty, receivingParty }: PlanTerms,
  { stay }: ReturnCase,
  asked: { readonly rules: MechanismRules; readonly at: Instant },
): { rejection: Rejection } | undefined {
  const closed = {
    site: site !== null && site !== stay?.site && isSiteClosed(site, asked),
    handoverPlace: isPlaceClosed(handoverPlace, asked),
    escortParty: isPartyClosed(escortParty, asked),
    receivingParty: isPartyClosed(receivingParty, asked),
  };
  const field = Object.entries(closed).find(([, is]) => is)?.[0];
  return field === undefined ? undefined : rejected('closed-for-new', { field });
}

/**
 * Verified; or short of that only in evidence that ends before the window of the plan now on the table. Such a
 * window can be moved, or the case would wait until it has passed.
 */
const mayBePlanned = (state: ReturnCase, rules: MechanismRules): boolean =>
  (!state.recipient.unavailableSince || decidesAlone(state, rules)) &&
  facetsOfVerification(state, rules).every(
    (facet) =>
      isFacetSettledForReturn(state, facet) ||
      facetStateOf(state, facet).reopened === 'expires-before-window',
  );

export const agreementRules: HandlerTable<
  | 'proposePlan'
  | 'approvePlan'
  | 'objectToPlan'
  | 'withdrawApproval'
  | 'settleCondition'
  | 'recordMediation'
  | 'putPlanToSides'
  | 'notePlanReached'
> = {
  proposePlan: (state, { terms }, context) => {
    if (!mayBePlanned(state, context.mechanism)) return rejected('facets-unconfirmed');
    const fault = faultOf(terms, state, context);
    if (fault) return fault;
    const contentAs = (version: number): PlanContent => contentOf(state, terms, context.mechanism, version);
    const live = findLivePlan(state);
    // A version number is part of the hash, so sameness is asked under the old number.
    if (live?.hash === context.hashPlan(contentAs(live?.version ?? 0))) return rejected('plan-unchanged');
    const plan = contentAs((state.plan?.version ?? 0) + 1);
    const short = facetsAskedOf(state, context.mechanism).filter((facet) => {
      const until = facetStateOf(state, facet).attestation?.validUntil;
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

  notePlanReached: (state, { party, planVersion, sentAt }, { mechanism }) =>
    state.plan?.version === planVersion && sidesToReach(state, mechanism).includes(party)
      ? [{ type: 'PlanReachedSide', party, planVersion, sentAt }]
      : rejected('already-done'),
};
