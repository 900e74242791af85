/** When time itself next has something to do in a case: the due instant of the workflow's one timer. */
import { findLivePlan, standingApprovalsOf } from './agreement';
import type { ReturnCase } from './case';
import { nextStepInstantOf } from './ladder';
import type { MechanismRules } from './mechanism';
import { foreseenObligationsOf } from './obligations';
import { stallsAt } from './stalled';
import { earliest, endOfDate } from './time';
import type { Instant } from './time';
import { facets } from './verification';

/** Instants at which agreed or attested things end by themselves. Nothing lapses once the child is on the way. */
export function expiriesOf(state: ReturnCase): Instant[] {
  if (state.journey || state.handover.at || state.closure) return [];
  const plan = findLivePlan(state);
  const dates = [
    ...facets.map((facet) => state.facets[facet].attestation?.validUntil),
    state.travelDocuments?.expiredAt ? undefined : state.travelDocuments?.validUntil,
    state.medical.clearance?.expiredAt ? undefined : state.medical.clearance?.validUntil,
    plan?.window.to,
  ];
  return [
    ...standingApprovalsOf(state).flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : [expiresAt])),
    ...dates.flatMap((date) => (date === undefined ? [] : [endOfDate(date)])),
  ];
}

/** The earliest instant at which `observeTime` would yield events (may lie before `now`); undefined when never. */
export function nextInstantOf(state: ReturnCase, rules: MechanismRules, now: Instant): Instant | undefined {
  if (state.closure) return undefined;
  const steps = foreseenObligationsOf(state, rules, now).map((obligation) => {
    const step = nextStepInstantOf(state, obligation, rules, now);
    return step > obligation.since ? step : obligation.since;
  });
  const stalls = stallsAt(state, rules);
  return earliest([...expiriesOf(state), ...steps, ...(stalls === undefined ? [] : [stalls])]);
}
