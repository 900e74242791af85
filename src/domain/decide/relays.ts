/**
 * Rules of relayed decisions: one mediator enters, a second confirms, the side may disown. Source: docs/rules.md,
 * "Relayed decision"; never-rules 1 and 8.
 */
import { decidingSidesOf, isStandingApproval } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { beginOf, dateIn, isOver } from '../facts/days';
import type { Calendars } from '../facts/days';
import { fitsStage } from '../facts/allowed-commands';
import { confirmable, freeRelayId, isSpent as isSpentPaper } from '../facts/relays';
import type { CommandOf, CommandType } from '../model/commands';
import { isWithdrawal } from '../model/decisions';
import type { Decision, PendingRelay, RelayedAct, RelaySource } from '../model/decisions';
import { latest } from '../obligations/draft';
import type { Instant } from '../calendar/time';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, HandlerTable, Outcome } from './rule-context';
import { actOf, withdrawn } from './side-acts';

type Refused = { readonly rejection: Rejection };

/** The command by which the side itself would do it; where that is not allowed, relaying it is not either. */
const directly = {
  approve: 'approvePlan',
  object: 'objectToPlan',
  withdraw: 'withdrawApproval',
  'settle-condition': 'settleCondition',
  'approve-recipient': 'approveRecipient',
  'grant-safe-conduct': 'grantSafeConduct',
  'withdraw-safe-conduct': 'withdrawSafeConduct',
} as const satisfies Record<RelayedAct['act'], CommandType>;
const fits = ({ act }: RelayedAct, state: ReturnCase): boolean => fitsStage(directly[act], state);

/** Of safe conduct, and not of the plan: the two are said apart. */
const isOfConduct = ({ act }: RelayedAct): boolean =>
  act === 'grant-safe-conduct' || act === 'withdraw-safe-conduct';

/** A side's later word stands: what it said after the relay was entered is not undone by confirming the relay. */
const isOvertaken = (state: ReturnCase, { party, at, act }: PendingRelay): boolean => {
  const decision = isOfConduct(act) ? state.safeConductSaid?.[party] : state.decisions[party];
  return decision !== undefined && decision.at >= at;
};

/**
 * What a relay may not do: speak where the side has spoken itself, or say what its paper can't have meant. A calendar
 * day is the side's own; of the same day as what the side said last it is not known which came first, and the side's
 * word stands. A withdrawal is the safe direction and asks none of this (never-rule 3).
 */
function relayFault(
  state: ReturnCase,
  { party, act, source }: Pick<PendingRelay, 'party' | 'act' | 'source'>,
  on: Calendars,
  self?: string,
): Refused | undefined {
  if (isWithdrawal(act.act)) return undefined;
  const decision = state.decisions[party];
  const others = state.relays.filter((relay) => relay.party === party && relay.id !== self);
  if (isSpokenFor(act, decision)) return rejected('side-has-spoken', { field: 'party' });
  if (others.some((relay) => isSpent(relay, act, source)))
    return rejected('document-spent', { field: 'source.documentHash' });
  const asked = askedAt(act, state);
  const conduct = isOfConduct(act) ? state.safeConductSaid?.[party] : undefined;
  // A yes to the plan said nothing of whom it did not name.
  const hasSpokenOfIt =
    decision && !isOfConduct(act) && !(act.act === 'approve-recipient' && decision.act === 'approve');
  const lastSaid = [
    ...(conduct?.own ? [dateIn('said', conduct.at, on)] : []),
    ...(hasSpokenOfIt ? [decision.relay?.source.dated ?? dateIn('said', decision.at, on)] : []),
    ...others.flatMap(({ repudiatedAt }) => (repudiatedAt ? [dateIn('said', repudiatedAt, on)] : [])),
  ];
  const predates =
    (asked !== undefined && isOver('said', source.dated, asked, on)) ||
    lastSaid.some((day) => source.dated <= day);
  return predates ? rejected('relay-predates', { field: 'source.dated' }) : undefined;
}

/** A condition that the side set itself is the side's to settle; a plan that it decided on itself, its to decide. */
function isSpokenFor(act: RelayedAct, decision: Decision | undefined): boolean {
  if (!decision || decision.relay || isOfConduct(act)) return false;
  if (act.act === 'settle-condition') return true;
  return 'planVersion' in act && decision.planVersion === act.planVersion;
}

/** When the side could first know what it speaks of. */
const askedAt = (
  { act }: RelayedAct,
  { plan, planPutToSidesAt, recipient }: ReturnCase,
): Instant | undefined =>
  act === 'approve-recipient' ? recipient.nominatedAt : plan && latest(plan.proposedAt, planPutToSidesAt);

/** A paper speaks of one plan or of one recipient, and of nothing once the side has disowned it. */
const isSpent = (
  relay: ReturnCase['relays'][number],
  act: RelayedAct,
  { documentHash }: RelaySource,
): boolean => isSpentPaper(relay, documentHash, (one) => speaksOfAnother(one, act));
const speaksOfAnother = (
  { planVersion, recipient }: ReturnCase['relays'][number],
  act: RelayedAct,
): boolean =>
  (planVersion !== undefined || recipient !== undefined) &&
  (('planVersion' in act && act.planVersion !== planVersion) ||
    ('recipient' in act && act.recipient !== recipient));

/** Whether the side's approval rests on this relay, wholly or for one of its conditions. */
const restsOn = (relay: string, decision: Decision | undefined): boolean =>
  decision?.relay?.id === relay ||
  (decision?.conditions ?? []).some(({ outcome }) => outcome?.relay === relay);

/** The safe direction waits for nobody. */
function withdrawnByRelay(
  state: ReturnCase,
  { relay: asked, party, decision, source }: CommandOf<'relayDecision'>,
  context: RuleContext,
): Outcome {
  const relay = freeRelayId(state.relays, state.version, asked);
  const outcome = actOf(state, party, decision, context, relay);
  return 'rejection' in outcome
    ? outcome
    : [{ type: 'DecisionRelayed', relay, party, decision, source }, ...outcome];
}

export const relayRules: HandlerTable<'relayDecision' | 'confirmRelay' | 'rejectRelay' | 'repudiateRelay'> = {
  relayDecision: (state, command, context) => {
    const { relay, party, decision, source } = command;
    const { mechanism, now } = context;
    if (!decidingSidesOf(state, mechanism).includes(party))
      return rejected('unknown-party', { field: 'party' });
    if (isWithdrawal(decision.act)) return withdrawnByRelay(state, command, context);
    if (!mechanism.relayable.includes(party)) return rejected('relay-not-allowed', { field: 'party' });
    if (!fits(decision, state)) return rejected('wrong-stage');
    const on = { state, rules: mechanism, party };
    if (beginOf('dated', source.dated, on) > now) return rejected('date-future', { field: 'source.dated' });
    if (state.relays.some(({ id }) => id === relay)) return rejected('duplicate-id', { field: 'relay' });
    const fault = relayFault(state, { party, act: decision, source }, on);
    if (fault) return fault;
    const outcome = actOf(state, party, decision, context, relay);
    return 'rejection' in outcome ? outcome : [{ type: 'DecisionRelayed', relay, party, decision, source }];
  },

  confirmRelay: (state, { relay }, context) => {
    const pending = confirmable(state.pendingRelays, relay, officialOf(context).official);
    if ('rejection' in pending) return pending;
    const confirmed = { type: 'RelayConfirmed', relay, party: pending.party } as const;
    if (isWithdrawal(pending.act.act)) return [confirmed]; // it has counted since it was entered
    if (!fits(pending.act, state)) return rejected('wrong-stage');
    if (isOvertaken(state, pending)) return rejected('stale-version', { version: state.version });
    const on = { state, rules: context.mechanism, party: pending.party };
    const fault = relayFault(state, pending, on, relay);
    if (fault) return fault;
    const outcome = actOf(state, pending.party, pending.act, context, relay);
    return 'rejection' in outcome ? outcome : [...outcome, confirmed];
  },

  rejectRelay: (state, { relay, note }) => {
    const pending = state.pendingRelays.find(({ id }) => id === relay);
    if (!pending) return rejected('unknown-relay', { field: 'relay' });
    return [omitUndefined({ type: 'RelayRejected', relay, party: pending.party, note })];
  },

  repudiateRelay: (state, { relay, note }, context) => {
    const { party } = officialOf(context);
    const known = state.relays.find(({ id }) => id === relay);
    if (known?.party !== party) return rejected('unknown-relay', { field: 'relay' });
    const decision = state.decisions[party];
    const counts = restsOn(relay, decision) && isStandingApproval(decision, state.plan);
    return [
      omitUndefined({ type: 'RelayRepudiated', relay, party, note }),
      ...(counts ? withdrawn(state, party, omitUndefined({ note, relay })) : []),
      ...(state.safeConducts?.some((granted) => granted.relay === relay)
        ? [omitUndefined({ type: 'SafeConductWithdrawn', party, relay, note } as const)]
        : []),
    ];
  },
};
