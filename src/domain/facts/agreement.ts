/** When a side's decision counts, and when all of them do. Never-rule 1 rests on these few lines. */
import type { Decision } from '../model/decisions';
import type { PartyId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import type { ReturnCase } from '../model/case';
import type { ReturnPlan } from '../model/plan';
import type { Instant } from '../calendar/time';

/** The plan the sides can decide on, or undefined when there is none or it lapsed. */
export const findLivePlan = (state: ReturnCase): ReturnPlan | undefined =>
  state.plan && !state.plan.lapsed ? state.plan : undefined;

/** An approval of exactly this plan that no event has ended. */
export const isStandingApproval = (decision: Decision | undefined, plan: ReturnPlan | undefined): boolean =>
  !!decision &&
  !!plan &&
  !plan.lapsed &&
  decision.act === 'approve' &&
  !decision.lapsed &&
  decision.planHash === plan.hash;

/** As `isStandingApproval`, and unexpired at this instant: what departure asks. */
export const approvesAt = (
  decision: Decision | undefined,
  plan: ReturnPlan | undefined,
  at: Instant,
): boolean =>
  isStandingApproval(decision, plan) && decision?.expiresAt !== undefined && decision.expiresAt > at;

export const openConditionsOf = (decision: Decision | undefined): string[] =>
  (decision?.conditions ?? []).filter((condition) => !condition.outcome).map((condition) => condition.id);

/** Deciding sides of this case. The requesting and holding side are the case's own, others the mechanism's. */
export const decidingSidesOf = (state: ReturnCase, rules: MechanismRules): PartyId[] =>
  rules.decidingSides.filter((id) => {
    const kind = rules.parties.find((party) => party.id === id)?.kind;
    if (kind === 'requesting') return id === state.requestingParty;
    if (kind === 'holding') return id === state.holdingParty;
    return true;
  });

/**
 * Sides to which the plan was put and of which it is not known that it has reached them. Whoever has said something of it has
 * it; also by note, and so too a side that is spoken for with which the mediator has mediated since: nobody there may read
 * letters.
 */
export function sidesToReach(state: ReturnCase, rules: MechanismRules): PartyId[] {
  const plan = findLivePlan(state);
  const { planPutToSidesAt: putAt, planReached = {}, decisions, relays, lastMediationAt } = state;
  if (!plan || putAt === undefined) return [];
  const hasSpoken = (side: PartyId): boolean =>
    decisions[side]?.planVersion === plan.version ||
    relays.some(({ party, planVersion }) => party === side && planVersion === plan.version) ||
    (rules.relayable.includes(side) && (lastMediationAt?.[side] ?? '') > putAt);
  return decidingSidesOf(state, rules).filter((side) => planReached[side] === undefined && !hasSpoken(side));
}

/** Never by default: where no side decides, nobody has agreed. */
export const isAgreed = (state: ReturnCase, rules: MechanismRules): boolean => {
  const sides = decidingSidesOf(state, rules);
  return sides.length > 0 && sides.every((side) => isStandingApproval(state.decisions[side], state.plan));
};

/** Standing approvals, whoever gave them. */
export const standingApprovalsOf = (state: ReturnCase): Decision[] =>
  Object.values(state.decisions).filter((decision) => isStandingApproval(decision, state.plan));

/** The dossier is no longer the one that was agreed on: something a plan rests on has changed since. */
export const isOutdated = (state: ReturnCase, { dossier }: ReturnPlan): boolean =>
  dossier.version < (state.dossierBasis ?? 1) ||
  (dossier.version === state.dossier.version && dossier.hash !== state.dossier.hash);

/** Revisions that wait for their second person, by the ids of their proposals. */
export const pendingRevisionsOf = ({ proposals = [] }: ReturnCase): string[] =>
  proposals.filter(({ act }) => act.type === 'reviseDossier').map(({ id }) => id);

/** What was agreed still binds: approvals stand, or the child is on the way under them. */
export const isRestedOn = (state: ReturnCase): boolean =>
  state.handover.at === undefined && (state.journey !== undefined || standingApprovalsOf(state).length > 0);
