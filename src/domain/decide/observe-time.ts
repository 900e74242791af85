/** What time alone brings about: things that lapse, steps of ladders, a stalled case. Idempotent at one instant. */
import { findLivePlan, standingApprovalsOf } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { isOver } from '../facts/days';
import type { Reading } from '../facts/days';
import type { CaseEvent } from '../model/events';
import { expiryNoticesOf } from '../facts/expiries';
import type { MechanismRules } from '../model/mechanism';
import { stepsDueOf } from '../obligations/ladder';
import { obligationsOf } from '../obligations/obligations';
import { stallsAt } from '../obligations/stalled';
import type { Instant } from '../calendar/time';
import { facets } from '../model/verification';
import type { RuleContext } from './rule-context';
import { planLapsed } from './verification';

/** Lapses come first and alone: what they change decides who is to be reminded, in the next round. */
export function timeEvents(state: ReturnCase, { mechanism, now }: RuleContext): CaseEvent[] {
  const lapses = lapsesOf(state, mechanism, now);
  if (lapses.length > 0) return lapses;
  const stalls = stallsAt(state, mechanism);
  return [
    ...obligationsOf(state, mechanism, now).flatMap((obligation) =>
      stepsDueOf(state, obligation, mechanism, now),
    ),
    ...(stalls !== undefined && stalls <= now
      ? [{ type: 'CaseStalled', since: state.lastProgressAt } as const]
      : []),
    ...expiryNoticesOf(state, mechanism)
      .filter(({ at }) => at <= now)
      .map(({ lapsing, validUntil }): CaseEvent => ({ type: 'ExpiryNoted', lapsing, validUntil })),
  ];
}

/** Mirrors `expiriesOf` in `schedule.ts`: the same things at the same instants. */
function lapsesOf(state: ReturnCase, rules: MechanismRules, now: Instant): CaseEvent[] {
  if (state.journey || state.handover.at) return [];
  const past = (date: string | undefined, reading: Reading = 'validUntil'): boolean =>
    isOver(reading, date, now, { state, rules });
  if (past(findLivePlan(state)?.window.to, 'windowTo')) return planLapsed(state, 'window-passed');
  const { travelDocuments: papers, medical } = state;
  const { clearance } = medical;
  return [
    ...standingApprovalsOf(state)
      .filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= now)
      .map(({ party, sequence }): CaseEvent => ({
        type: 'DecisionLapsed',
        party,
        sequence,
        reason: 'expired',
      })),
    ...facets
      .filter((facet) => past(state.facets[facet].attestation?.validUntil))
      .map((facet): CaseEvent => ({ type: 'FacetReopened', facet, reason: 'evidence-expired' })),
    ...(past(papers?.validUntil) && !papers?.expiredAt ? [{ type: 'TravelDocumentsExpired' } as const] : []),
    ...(past(clearance?.validUntil) && !clearance?.expiredAt ? [{ type: 'ClearanceExpired' } as const] : []),
  ];
}
