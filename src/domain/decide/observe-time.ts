/** What time alone brings about: things that lapse, steps of ladders, a stalled case. Idempotent at one instant. */
import { standingApprovalsOf } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import type { CaseEvent } from '../model/events';
import { datedOf, expiryNoticesOf, lapsesAt } from '../facts/expiries';
import type { RecipientRef } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import { safeConductEndsOf } from '../facts/safe-conduct';
import { stepsDueOf } from '../obligations/ladder';
import { obligationsOf } from '../obligations/obligations';
import { stallsAt } from '../obligations/stalled';
import type { Instant } from '../calendar/time';
import type { Lapsing } from '../model/verification';
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

/** What becomes of a thing that holds no longer; the end of its window ends the plan, and all that rests on it. */
function lapseEvent(lapsing: Exclude<Lapsing, 'date-window'>, recipient?: RecipientRef): CaseEvent {
  switch (lapsing) {
    case 'travel-documents':
      return { type: 'TravelDocumentsExpired' };
    case 'medical-clearance':
      return { type: 'ClearanceExpired' };
    case 'escort-credential':
      return { type: 'EscortCredentialEnded' };
    default:
      return {
        type: 'FacetReopened',
        facet: lapsing,
        ...(recipient !== undefined && { recipient }),
        reason: 'evidence-expired',
      };
  }
}

function lapsesOf(state: ReturnCase, rules: MechanismRules, now: Instant): CaseEvent[] {
  if (state.journey || state.handover.at) return [];
  const over = datedOf(state).filter((dated) => {
    const at = lapsesAt(dated, state, rules);
    return at !== undefined && at <= now;
  });
  if (over.some(({ lapsing }) => lapsing === 'date-window')) return planLapsed(state, 'window-passed');
  return [
    ...standingApprovalsOf(state)
      .filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= now)
      .map(({ party, sequence }): CaseEvent => ({
        type: 'DecisionLapsed',
        party,
        sequence,
        reason: 'expired',
      })),
    ...safeConductEndsOf(state)
      .filter(({ until }) => until <= now)
      .map(({ party }): CaseEvent => ({ type: 'SafeConductLapsed', party })),
    ...over.flatMap(({ lapsing, recipient }) =>
      lapsing === 'date-window' ? [] : [lapseEvent(lapsing, recipient)],
    ),
  ];
}
