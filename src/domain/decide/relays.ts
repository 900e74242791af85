/**
 * Rules of relayed decisions: one mediator enters, a second confirms, the side may disown. Source: docs/rules.md,
 * "Relayed decision"; never-rules 1 and 8.
 */
import { decidingSidesOf, isStandingApproval } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { beginOf, dateIn, isOver } from '../facts/days';
import type { Calendars } from '../facts/days';
import { commandTable } from '../model/command-table';
import type { CommandOf, CommandType } from '../model/commands';
import type { Decision, PendingRelay, RelayedAct, RelaySource } from '../model/decisions';
import { latest } from '../obligations/draft';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { Stage } from '../model/stages';
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
} as const satisfies Record<RelayedAct['act'], CommandType>;
const fits = ({ act }: RelayedAct, stage: Stage): boolean =>
  (commandTable[directly[act]].stages as readonly Stage[]).includes(stage);

/** A side's later word stands: what it said after the relay was entered is not undone by confirming the relay. */
const isOvertaken = (state: ReturnCase, { party, at }: PendingRelay): boolean => {
  const decision = state.decisions[party];
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
  if (act.act === 'withdraw') return undefined;
  const decision = state.decisions[party];
  const others = state.relays.filter((relay) => relay.party === party && relay.id !== self);
  if (isSpokenFor(act, decision)) return rejected('side-has-spoken', { field: 'party' });
  if (others.some((relay) => isSpent(relay, act, source)))
    return rejected('document-spent', { field: 'source.documentHash' });
  const { plan } = state;
  const put = plan && latest(plan.proposedAt, state.planPutToSidesAt);
  const lastSaid = [
    ...(decision ? [decision.relay?.source.dated ?? dateIn('said', decision.at, on)] : []),
    ...others.flatMap(({ repudiatedAt }) => (repudiatedAt ? [dateIn('said', repudiatedAt, on)] : [])),
  ];
  const predates =
    (put && isOver('said', source.dated, put, on)) || lastSaid.some((day) => source.dated <= day);
  return predates ? rejected('relay-predates', { field: 'source.dated' }) : undefined;
}

/** A condition that the side set itself is the side's to settle; a plan that it decided on itself, its to decide. */
function isSpokenFor(act: RelayedAct, decision: Decision | undefined): boolean {
  if (!decision || decision.relay) return false;
  if (act.act === 'settle-condition') return true;
  return act.act !== 'withdraw' && decision.planVersion === act.planVersion;
}

/** A paper speaks of one plan, and of nothing once the side has disowned it. */
const isSpent = (
  relay: ReturnCase['relays'][number],
  act: RelayedAct,
  { documentHash }: RelaySource,
): boolean =>
  relay.documentHash === documentHash &&
  (relay.repudiatedAt !== undefined ||
    (relay.planVersion !== undefined && 'planVersion' in act && relay.planVersion !== act.planVersion));

/** A withdrawal is not lost to an id that is taken. */
function freeRelayId({ relays, version }: ReturnCase, asked: string): string {
  const isTaken = (id: string): boolean => relays.some((relay) => relay.id === id);
  let id = asked;
  for (let next = version + 1; isTaken(id); next += 1) id = `${asked}-${next}`;
  return id;
}

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
  const relay = freeRelayId(state, asked);
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
    if (decision.act === 'withdraw') return withdrawnByRelay(state, command, context);
    if (!mechanism.relayable.includes(party)) return rejected('relay-not-allowed', { field: 'party' });
    if (!fits(decision, state.stage)) return rejected('wrong-stage');
    const on = { state, rules: mechanism, party };
    if (beginOf('dated', source.dated, on) > now) return rejected('date-future', { field: 'source.dated' });
    if (state.relays.some(({ id }) => id === relay)) return rejected('duplicate-id', { field: 'relay' });
    const fault = relayFault(state, { party, act: decision, source }, on);
    if (fault) return fault;
    const outcome = actOf(state, party, decision, context, relay);
    return 'rejection' in outcome ? outcome : [{ type: 'DecisionRelayed', relay, party, decision, source }];
  },

  confirmRelay: (state, { relay }, context) => {
    const pending = state.pendingRelays.find(({ id }) => id === relay);
    if (!pending) return rejected('unknown-relay', { field: 'relay' });
    if (pending.enteredBy.official === officialOf(context).official) return rejected('own-relay');
    const confirmed = { type: 'RelayConfirmed', relay, party: pending.party } as const;
    if (pending.act.act === 'withdraw') return [confirmed]; // it has counted since it was entered
    if (!fits(pending.act, state.stage)) return rejected('wrong-stage');
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
    ];
  },
};
