/** Rules of plan and decisions. Source: domain.md, "Decision", "Relayed decision"; never-rules 1, 3 and 8. */
import { decidingSidesOf, findLivePlan, isStandingApproval, standingApprovalsOf } from '../agreement';
import type { ReturnCase } from '../case';
import type { RelayedAct } from '../decisions';
import type { CaseEvent } from '../events';
import type { PartyId, Sha256 } from '../ids';
import { findParty } from '../mechanism';
import type { MechanismRules } from '../mechanism';
import type { PlanContent, PlanTerms, ReturnPlan } from '../plan';
import { rejected } from '../rejections';
import type { Rejection } from '../rejections';
import { isVerified } from '../stage-of';
import { addDuration, dateOf } from '../time';
import { facets } from '../verification';
import { given, officialOf } from './handling';
import type { Handling, HandlerTable, Outcome } from './handling';

const nextSequence = (state: ReturnCase, party: PartyId): number => (state.decisionCounts[party] ?? 0) + 1;

/** The live plan of exactly this version and hash, or why there is none. */
function planDecidedOn(
  state: ReturnCase,
  version: number,
  hash: Sha256,
): { plan: ReturnPlan } | { rejection: Rejection } {
  if (!state.plan) return rejected('no-plan');
  if (state.plan.version !== version || state.plan.hash !== hash)
    return rejected('stale-plan', { version: state.plan.version });
  return state.plan.lapsed ? rejected('plan-lapsed') : { plan: state.plan };
}

/** A withdrawal is never refused: without a plan it withdraws in advance, on the way it raises a recall. */
function withdrawn(
  state: ReturnCase,
  party: PartyId,
  extra: { note?: string; signature?: string; relay?: string },
): CaseEvent[] {
  const { version = 0, hash = '' } = state.plan ?? {};
  const onTheWay = state.journey !== undefined && !state.handover.at;
  return [
    given({
      type: 'ApprovalWithdrawn',
      party,
      planVersion: version,
      planHash: hash,
      sequence: nextSequence(state, party),
      ...extra,
    }),
    ...(onTheWay ? [{ type: 'RecallRaised', party } as const] : []),
  ];
}

/** What one act of a side comes to, given directly or relayed. */
function actOf(
  state: ReturnCase,
  party: PartyId,
  act: RelayedAct & { signature?: string },
  handling: Handling,
  relay?: string,
): Outcome {
  if (act.act === 'withdraw')
    return withdrawn(state, party, given({ note: act.note, signature: act.signature, relay }));
  if (act.act === 'settle-condition') {
    const decision = state.decisions[party];
    const condition = decision?.conditions.find(({ id }) => id === act.condition);
    if (!condition || !isStandingApproval(decision, state.plan)) return rejected('unknown-condition');
    if (condition.outcome) return rejected('already-done');
    return [
      given({ type: 'ConditionSettled', party, condition: act.condition, outcome: act.outcome, relay }),
    ];
  }
  const found = planDecidedOn(state, act.planVersion, act.planHash);
  if ('rejection' in found) return found;
  const decided = {
    party,
    planVersion: act.planVersion,
    planHash: act.planHash,
    sequence: nextSequence(state, party),
  };
  if (act.act === 'object')
    return [
      given({
        type: 'PlanObjected',
        ...decided,
        reason: act.reason,
        note: act.note,
        signature: act.signature,
        relay,
      }),
    ];
  const ids = act.conditions.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return rejected('duplicate-id', { field: 'conditions' });
  const expiresAt = addDuration(handling.now, handling.mechanism.approvalValidFor);
  return [
    given({
      type: 'PlanApproved',
      ...decided,
      conditions: act.conditions,
      expiresAt,
      signature: act.signature,
      relay,
    }),
  ];
}

function faultOf(
  terms: PlanTerms,
  state: ReturnCase,
  { mechanism, now }: Handling,
): { rejection: Rejection } | undefined {
  if (terms.window.to < terms.window.from) return rejected('window-inverted', { field: 'window' });
  if (terms.window.to < dateOf(now)) return rejected('window-past', { field: 'window' });
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

export const agreementRules: HandlerTable<
  | 'proposePlan'
  | 'approvePlan'
  | 'objectToPlan'
  | 'withdrawApproval'
  | 'relayDecision'
  | 'confirmRelay'
  | 'rejectRelay'
  | 'repudiateRelay'
  | 'settleCondition'
  | 'recordMediation'
  | 'putPlanToSides'
> = {
  proposePlan: (state, { terms }, handling) => {
    if (!isVerified(state)) return rejected('facets-unconfirmed');
    const fault = faultOf(terms, state, handling);
    if (fault) return fault;
    const live = findLivePlan(state);
    // A version number is part of the hash, so sameness is asked under the old number.
    if (live && handling.hashPlan(contentOf(state, terms, handling.mechanism, live.version)) === live.hash)
      return rejected('plan-unchanged');
    const plan = contentOf(state, terms, handling.mechanism, (state.plan?.version ?? 0) + 1);
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
      { type: 'PlanProposed', plan, hash: handling.hashPlan(plan) },
      ...short.map((facet): CaseEvent => ({ type: 'FacetReopened', facet, reason: 'expires-before-window' })),
    ];
  },

  approvePlan: (state, { type: _, ...act }, handling) =>
    actOf(state, officialOf(handling).party, { act: 'approve', ...act }, handling),
  objectToPlan: (state, { type: _, ...act }, handling) =>
    actOf(state, officialOf(handling).party, { act: 'object', ...act }, handling),
  withdrawApproval: (state, { type: _, ...act }, handling) =>
    actOf(state, officialOf(handling).party, { act: 'withdraw', ...act }, handling),
  settleCondition: (state, { condition, outcome }, handling) =>
    actOf(state, officialOf(handling).party, { act: 'settle-condition', condition, outcome }, handling),

  relayDecision: (state, { relay, party, decision, source }, handling) => {
    const { mechanism, now } = handling;
    if (!decidingSidesOf(state, mechanism).includes(party))
      return rejected('unknown-party', { field: 'party' });
    if (!mechanism.relayable.includes(party)) return rejected('relay-not-allowed', { field: 'party' });
    if (source.dated > dateOf(now)) return rejected('date-future', { field: 'source.dated' });
    if (state.relays.some(({ id }) => id === relay)) return rejected('duplicate-id', { field: 'relay' });
    const outcome = actOf(state, party, decision, handling, relay);
    if ('rejection' in outcome) return outcome;
    return [
      { type: 'DecisionRelayed', relay, party, decision, source },
      ...(decision.act === 'withdraw' ? outcome : []), // the safe direction waits for nobody
    ];
  },

  confirmRelay: (state, { relay }, handling) => {
    const pending = state.pendingRelays.find(({ id }) => id === relay);
    if (!pending) return rejected('unknown-relay', { field: 'relay' });
    if (pending.enteredBy.official === officialOf(handling).official) return rejected('own-relay');
    const outcome =
      pending.act.act === 'withdraw' ? [] : actOf(state, pending.party, pending.act, handling, relay);
    if ('rejection' in outcome) return outcome;
    return [...outcome, { type: 'RelayConfirmed', relay, party: pending.party }];
  },

  rejectRelay: (state, { relay, note }) => {
    const pending = state.pendingRelays.find(({ id }) => id === relay);
    if (!pending) return rejected('unknown-relay', { field: 'relay' });
    return [given({ type: 'RelayRejected', relay, party: pending.party, note })];
  },

  repudiateRelay: (state, { relay, note }, handling) => {
    const { party } = officialOf(handling);
    const known = state.relays.find(({ id }) => id === relay);
    if (known?.party !== party) return rejected('unknown-relay', { field: 'relay' });
    const decision = state.decisions[party];
    const counts = decision?.relay?.id === relay && isStandingApproval(decision, state.plan);
    return [
      given({ type: 'RelayRepudiated', relay, party, note }),
      ...(counts ? withdrawn(state, party, given({ note, relay })) : []),
    ];
  },

  recordMediation: (state, { party, note }, { mechanism }) =>
    decidingSidesOf(state, mechanism).includes(party)
      ? [given({ type: 'MediationRecorded', party, note })]
      : rejected('unknown-party', { field: 'party' }),

  putPlanToSides: (state, { planVersion }) =>
    state.planPutToSidesAt || findLivePlan(state)?.version !== planVersion
      ? rejected('already-done')
      : [{ type: 'PlanPutToSides', planVersion }],
};
