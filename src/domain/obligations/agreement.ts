/** What is owed while the sides agree: plan, decisions, relays, mediation, conditions, renewal. */
import {
  decidingSidesOf,
  findLivePlan,
  isStandingApproval,
  openConditionsOf,
  standingApprovalsOf,
} from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import type { PartyId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import type { ReturnPlan } from '../model/plan';
import { before } from '../calendar/time';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

const mediators = ['case-officer', 'lead'] as const;
const deciders = ['decider'] as const;

export const agreementDrafts: DraftSource = (state, rules) => {
  const plan = findLivePlan(state);
  const relays = state.pendingRelays.flatMap(({ id, at }) =>
    owedBy(state, rules, 'mediator', mediators, {
      kind: 'confirm-relay',
      subject: id,
      since: at,
      commands: ['confirmRelay', 'rejectRelay'],
    }),
  );
  if (state.journey || state.handover.at) return relays;
  if (!plan) return [...relays, ...(state.stage === 'agreement' ? planDrafts(state, rules) : [])];
  return [
    ...relays,
    ...(state.stage === 'agreement'
      ? decidingSidesOf(state, rules).flatMap((side) => decisionDrafts(state, rules, plan, side))
      : []),
    ...standingApprovalsOf(state).flatMap((decision): Draft[] => [
      ...openConditionsOf(decision).map((condition): Draft => ({
        kind: 'settle-condition',
        subject: condition,
        party: decision.party,
        roles: deciders,
        since: decision.at,
        commands: ['settleCondition'],
      })),
      ...(decision.expiresAt
        ? [
            {
              kind: 'renew-approval',
              party: decision.party,
              roles: deciders,
              since: latest(decision.at, before(decision.expiresAt, rules.approvalNotice)),
              commands: ['approvePlan'],
            } as const,
          ]
        : []),
    ]),
  ];
};

const planDrafts = (state: ReturnCase, rules: MechanismRules): Draft[] =>
  owedBy(state, rules, 'mediator', mediators, {
    kind: 'propose-plan',
    since: latest(state.stageSince, state.plan?.lapsed?.at),
    commands: ['proposePlan'],
  });

function decisionDrafts(state: ReturnCase, rules: MechanismRules, plan: ReturnPlan, side: PartyId): Draft[] {
  const decision = state.decisions[side];
  if (isStandingApproval(decision, plan)) return [];
  const saidNo = decision && decision.act !== 'approve' && decision.planVersion === plan.version;
  if (saidNo)
    return owedBy(state, rules, 'mediator', mediators, {
      kind: 'mediate-objection',
      subject: side,
      since: latest(decision.at, state.lastMediationAt?.[side]),
      commands: ['recordMediation', 'proposePlan'],
    });
  return [
    {
      kind: 'decide-on-plan',
      subject: `plan-${plan.version}`,
      party: side,
      roles: deciders,
      since: latest(plan.proposedAt, decision?.lapsed?.at),
      commands: ['approvePlan', 'objectToPlan'],
    },
  ];
}
