/** The departure gate: everything that keeps a child from setting out at an instant. Never-rules 1 and 4. */
import { approvesAt, decidingSidesOf, findLivePlan, openConditionsOf } from './agreement';
import type { ReturnCase } from './case';
import { beginOf, isOver } from './days';
import type { SiblingStatus } from './decide';
import type { MechanismRules } from './mechanism';
import type { GateBlocker } from './rejections';
import { isFacetSettledForReturn } from './stage-of';
import type { Instant } from './time';
import { facets } from './verification';

/** Empty exactly when the child may depart at `at`. Without `siblings` their state is not judged here. */
export function gateBlockersOf(
  state: ReturnCase,
  rules: MechanismRules,
  at: Instant,
  siblings?: readonly SiblingStatus[],
): GateBlocker[] {
  const plan = findLivePlan(state);
  if (!plan) return [{ blocker: 'no-valid-plan' }];
  const on = { state, rules };
  const blockers: GateBlocker[] = [];
  const block = (blocker: GateBlocker['blocker'], subject?: string): void => {
    blockers.push(subject === undefined ? { blocker } : { blocker, subject });
  };

  for (const side of decidingSidesOf(state, rules)) {
    const decision = state.decisions[side];
    if (!approvesAt(decision, plan, at)) block('approval-missing', side);
    else for (const condition of openConditionsOf(decision)) block('condition-open', condition);
  }
  for (const facet of facets) {
    const validUntil = state.facets[facet].attestation?.validUntil;
    const outdated = isOver('validUntil', validUntil, at, on);
    if (outdated || !isFacetSettledForReturn(state, facet)) block('facet-unconfirmed', facet);
  }
  for (const hold of state.holds) block('hold-active', hold.id);
  if (at < beginOf('windowFrom', plan.window.from, on) || isOver('windowTo', plan.window.to, at, on))
    block('outside-window');
  const papers = state.travelDocuments;
  if (!papers || isOver('validUntil', papers.validUntil, at, on)) block('travel-documents-missing');
  const clearance = state.medical.clearance;
  if (!clearance?.fit || isOver('validUntil', clearance.validUntil, at, on))
    block('medical-clearance-missing');
  if (state.medical.emergencySince) block('medical-emergency');
  if (plan.site !== null && state.stay?.status !== 'occupied') block('not-hosted');
  if (!state.escort) block('escort-missing');
  if (state.legs.length === 0) block('legs-missing');
  if (state.requestWithdrawnAt) block('request-withdrawn');
  if (state.recipient.unavailableSince) block('recipient-unavailable');
  if (state.majority?.daysLeft === 0 && state.majority.ownConsent !== true) block('own-consent-missing');
  for (const { other, verdict } of state.duplicates) if (!verdict) block('duplicate-unsettled', other);
  if (siblings && !state.siblingWaiver) {
    const known = new Set(siblings.map((sibling) => sibling.case));
    for (const sibling of siblings) if (!sibling.cleared) block('sibling-not-cleared', sibling.case);
    // One of whom nothing is known is not cleared.
    for (const id of state.siblings) if (!known.has(id)) block('sibling-not-cleared', id);
  }
  return blockers;
}
