/** What time alone brings about: things that lapse, steps of ladders, a stalled case. Idempotent at one instant. */
import { findLivePlan, standingApprovalsOf } from '../agreement';
import type { ReturnCase } from '../case';
import { isOver } from '../days';
import type { Reading } from '../days';
import type { CaseEvent } from '../events';
import { expiryNoticesOf } from '../expiries';
import type { MechanismRules } from '../mechanism';
import { stepsDueOf } from '../ladder';
import { obligationsOf } from '../obligations';
import { stallsAt } from '../stalled';
import type { Instant } from '../time';
import { facets } from '../verification';
import type { Handling } from './handling';
import { planLapsed } from './verification';

/** Lapses come first and alone: what they change decides who is to be reminded, in the next round. */
export function timeEvents(state: ReturnCase, { mechanism, now }: Handling): CaseEvent[] {
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
