/** What an act of a side comes to, whether given directly or relayed. Never-rules 1 and 3. */
import { isStandingApproval } from '../facts/agreement';
import { isOnTheWay } from '../facts/care';
import type { ReturnCase } from '../model/case';
import type { RelayedAct } from '../model/decisions';
import type { CaseEvent } from '../model/events';
import type { PartyId, Sha256 } from '../model/ids';
import type { ReturnPlan } from '../model/plan';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import { addDuration } from '../calendar/time';
import { omitUndefined } from '../model/omit-undefined';
import { conductGranted, conductWithdrawn } from './safe-conduct';
import type { RuleContext, Outcome } from './rule-context';

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
export function withdrawn(
  state: ReturnCase,
  party: PartyId,
  extra: { note?: string; relay?: string },
): CaseEvent[] {
  const { version = 0, hash = '' } = state.plan ?? {};
  const onTheWay = isOnTheWay(state) && !state.closure;
  return [
    omitUndefined({
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
export function actOf(
  state: ReturnCase,
  party: PartyId,
  act: RelayedAct,
  context: RuleContext,
  relay?: string,
): Outcome {
  if (act.act === 'withdraw') return withdrawn(state, party, omitUndefined({ note: act.note, relay }));
  if (act.act === 'approve-recipient') {
    const { recipient, note } = act;
    if (recipient !== state.recipient.ref) return rejected('unknown-recipient', { field: 'recipient' });
    if (!state.recipient.approvedBy) return rejected('nothing-to-decide');
    return state.recipient.approvedBy.includes(party)
      ? rejected('already-done')
      : [omitUndefined({ type: 'RecipientApproved', party, recipient, note, relay })];
  }
  if (act.act === 'settle-condition') {
    const decision = state.decisions[party];
    const condition = decision?.conditions.find(({ id }) => id === act.condition);
    if (!condition || !isStandingApproval(decision, state.plan)) return rejected('unknown-condition');
    if (condition.outcome) return rejected('already-done');
    return [
      omitUndefined({
        type: 'ConditionSettled',
        party,
        condition: act.condition,
        outcome: act.outcome,
        relay,
      }),
    ];
  }
  if (act.act === 'grant-safe-conduct') return conductGranted(state, party, act, context, relay);
  if (act.act === 'withdraw-safe-conduct')
    return conductWithdrawn(party, omitUndefined({ note: act.note, relay }));
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
      omitUndefined({
        type: 'PlanObjected',
        ...decided,
        reason: act.reason,
        note: act.note,
        relay,
      }),
    ];
  const ids = act.conditions.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return rejected('duplicate-id', { field: 'conditions' });
  const expiresAt = addDuration(context.now, context.mechanism.approvalValidFor);
  return [
    omitUndefined({
      type: 'PlanApproved',
      ...decided,
      conditions: act.conditions,
      expiresAt,
      relay,
    }),
  ];
}
