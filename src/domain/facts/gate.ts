/** The departure gate: everything that keeps a child from setting out at an instant. Never-rules 1 and 4. */
import { decidesAlone, facetsAskedOf, facetStateOf, isOfAge, isWithoutRecipient } from './adults';
import {
  approvesAt,
  decidingSidesOf,
  findLivePlan,
  isOutdated,
  openConditionsOf,
  pendingRevisionsOf,
} from './agreement';
import type { ReturnCase } from '../model/case';
import type { ClosureOutcome } from '../model/commands';
import { beginOf, isOver } from './days';
import { missingOfCrew } from './crew';
import { heardUntil, unwillingSince } from './hearing';
import { isIdentifiedSince, mismatchSince, seenFrom } from './presence';
import type { CaseId } from '../model/ids';
import { asksFor } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { GateBlocker } from '../model/rejections';
import { missingSafeConductOf } from './safe-conduct';
import { isFacetSettledForReturn } from './stage-of';
import type { Stage } from '../model/stages';
import type { Instant } from '../calendar/time';

/** A sibling as the departure gate sees it. */
export interface SiblingStatus {
  readonly case: CaseId;
  readonly stage: Stage;
  /** Nothing but its siblings keeps this child from departing, or it has departed. */
  readonly cleared: boolean;
}

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
  if (isOutdated(state, plan)) block('dossier-changed');
  for (const revision of pendingRevisionsOf(state)) block('revision-unconfirmed', revision);
  for (const facet of facetsAskedOf(state, rules)) {
    const validUntil = facetStateOf(state, facet).attestation?.validUntil;
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
  const heard = heardUntil(state, rules);
  if (asksFor(rules, 'hear-child') && (heard === undefined || heard <= at)) block('child-unheard');
  if (unwillingSince(state)) block('child-unwilling');
  const seen = seenFrom(state);
  if (asksFor(rules, 'identify-child') && (seen === undefined || !isIdentifiedSince(state, seen)))
    block('child-unidentified');
  if (mismatchSince(state)) block('child-mismatch');
  if (state.medical.emergencySince) block('medical-emergency');
  if (plan.site !== null && state.stay?.status !== 'occupied') block('not-hosted');
  if (!state.escort) block('escort-missing');
  if (isOver('validUntil', state.escort?.credentialUntil, at, on)) block('escort-credential-ended');
  for (const part of missingOfCrew(state, rules)) block('crew-missing', part);
  if (state.legs.length === 0) block('legs-missing');
  for (const { side, leg } of missingSafeConductOf(state, rules, at))
    block('safe-conduct-missing', `${side}:${leg}`);
  if (state.requestWithdrawnAt) block('request-withdrawn');
  if (isWithoutRecipient(state) && !decidesAlone(state, rules)) block('recipient-unavailable');
  if (plan.carePasses?.where === 'at-site') {
    const carer = state.carerPapers;
    if (state.reunion?.recipient !== state.recipient.ref) block('care-not-passed');
    if (carer?.recipient !== state.recipient.ref || isOver('validUntil', carer.validUntil, at, on))
      block('carer-papers-missing');
  }
  if (isOfAge(state) && state.majority?.ownConsent !== true) block('own-consent-missing');
  for (const { other, verdict } of state.duplicates) if (!verdict) block('duplicate-unsettled', other);
  for (const id of siblings ? unclearedSiblings(state, siblings) : []) block('sibling-not-cleared', id);
  return blockers;
}

/** A waiver speaks of those it names; one of whom nothing is known is not cleared. */
function unclearedSiblings(state: ReturnCase, siblings: readonly SiblingStatus[]): CaseId[] {
  const waived = state.siblingWaiver?.siblings ?? [];
  const cleared = siblings.filter((sibling) => sibling.cleared).map((sibling) => sibling.case);
  const family = new Set([...siblings.map((sibling) => sibling.case), ...state.siblings]);
  return [...family].filter((id) => !cleared.includes(id) && !waived.includes(id));
}

/** Ends of a case after which no child is left on the other side. */
const leavesNobody: readonly ClosureOutcome[] = [
  'reunited',
  'home-alone',
  'already-home',
  'placed-in-care',
  'deceased',
  'duplicate',
];

/** A sibling as another's gate sees it: on the way or home, or kept by nothing but its own siblings. */
export function siblingStatusOf(state: ReturnCase, rules: MechanismRules, at: Instant): SiblingStatus {
  const departed = state.journey !== undefined || state.handover.at !== undefined;
  const cleared = state.closure
    ? departed || leavesNobody.includes(state.closure.outcome)
    : departed || gateBlockersOf(state, rules, at).length === 0;
  return { case: state.id, stage: state.stage, cleared };
}
