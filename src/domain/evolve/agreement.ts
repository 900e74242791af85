/** Folds of the plan and the sides' decisions. */
import type { ReturnCase } from '../model/case';
import type { Decision, PendingRelay } from '../model/decisions';
import type { RecordedEvent } from '../model/events';
import type { PartyId } from '../model/ids';
import type { OfficialActor } from '../model/parties';
import type { FoldTable, Patch } from './fold-table';

type Given = Pick<Decision, 'party' | 'act' | 'planVersion' | 'planHash' | 'sequence'> & Partial<Decision>;

function decided(
  state: ReturnCase,
  given: Given,
  recorded: RecordedEvent,
  relayId: string | undefined,
): Patch {
  const pending = state.pendingRelays.find((relay) => relay.id === relayId);
  const by = recorded.actor as OfficialActor; // only officials decide
  const relay = pending && relayOf(pending, by);
  const decision: Decision = { conditions: [], ...given, at: recorded.at, by, ...(relay ? { relay } : {}) };
  return {
    decisions: { ...state.decisions, [given.party]: decision },
    decisionCounts: { ...state.decisionCounts, [given.party]: given.sequence },
  };
}

/** A relayed withdrawal counts before its second mediator, so the one who enters it does not confirm it. */
const relayOf = (pending: PendingRelay, by: OfficialActor): Decision['relay'] => ({
  id: pending.id,
  source: pending.source,
  ...(by.official === pending.enteredBy.official ? {} : { confirmedBy: by }),
});

const withoutPending = (state: ReturnCase, relay: string): Patch => ({
  pendingRelays: state.pendingRelays.filter(({ id }) => id !== relay),
});

/** The side's word on a recipient is gone; once the child is there it changes nothing any more. */
function withoutRelayedWord({ recipient, handover }: ReturnCase, party: PartyId, relay: string): Patch {
  const { relayed = [], approvedBy = [] } = recipient;
  if (!relayed.some((word) => word.party === party && word.relay === relay) || handover.at) return {};
  const others = relayed.filter((word) => word.party !== party);
  return {
    recipient: { ...recipient, approvedBy: approvedBy.filter((side) => side !== party), relayed: others },
  };
}

export const agreementFolds: FoldTable<
  | 'PlanProposed'
  | 'PlanLapsed'
  | 'PlanPutToSides'
  | 'PlanReachedSide'
  | 'PlanApproved'
  | 'PlanObjected'
  | 'ApprovalWithdrawn'
  | 'DecisionLapsed'
  | 'DecisionRelayed'
  | 'RelayConfirmed'
  | 'RelayRejected'
  | 'RelayRepudiated'
  | 'ConditionSettled'
  | 'MediationRecorded'
> = {
  PlanProposed: ({ safeConducts }, { plan, hash }, { at }) => ({
    plan: { ...plan, hash, proposedAt: at },
    planPutToSidesAt: undefined,
    planReached: undefined,
    placeRequest: undefined,
    escortRequest: undefined,
    escort: undefined,
    legs: [],
    ...(safeConducts && { safeConducts: [] }),
  }),
  PlanLapsed: (state, { reason }, { at }) =>
    state.plan ? { plan: { ...state.plan, lapsed: { at, reason } } } : {},
  PlanPutToSides: (_state, _event, { at }) => ({ planPutToSidesAt: at }),
  PlanReachedSide: (state, { party, sentAt }) => ({
    planReached: { ...state.planReached, [party]: sentAt },
  }),
  PlanApproved: (state, { type: _, relay, ...given }, recorded) =>
    decided(state, { ...given, act: 'approve' }, recorded, relay),
  PlanObjected: (state, { type: _, relay, ...given }, recorded) =>
    decided(state, { ...given, act: 'object' }, recorded, relay),
  ApprovalWithdrawn: (state, { type: _, relay, ...given }, recorded) =>
    decided(state, { ...given, act: 'withdraw' }, recorded, relay),
  DecisionLapsed: (state, { party, sequence, reason }, { at }) => {
    const decision = state.decisions[party];
    if (decision?.sequence !== sequence) return {};
    return { decisions: { ...state.decisions, [party]: { ...decision, lapsed: { at, reason } } } };
  },
  DecisionRelayed: (state, { relay, party, decision, source }, { at, actor }) => ({
    relays: [
      ...state.relays,
      {
        id: relay,
        party,
        documentHash: source.documentHash,
        ...('planVersion' in decision && { planVersion: decision.planVersion }),
        ...('recipient' in decision && { recipient: decision.recipient }),
      },
    ],
    pendingRelays: [
      ...state.pendingRelays,
      { id: relay, party, act: decision, source, enteredBy: actor as OfficialActor, at },
    ],
  }),
  RelayConfirmed: (state, { relay, party }, { actor }) => {
    const decision = state.decisions[party];
    const isPlain = decision?.relay?.id !== relay || decision.relay.confirmedBy !== undefined;
    if (isPlain) return withoutPending(state, relay);
    const confirmed = { ...decision.relay, confirmedBy: actor as OfficialActor };
    return {
      ...withoutPending(state, relay),
      decisions: { ...state.decisions, [party]: { ...decision, relay: confirmed } },
    };
  },
  RelayRejected: (state, { relay }) => withoutPending(state, relay),
  RelayRepudiated: (state, { relay, party }, { at }) => ({
    ...withoutPending(state, relay),
    ...withoutRelayedWord(state, party, relay),
    relays: state.relays.map((one) => (one.id === relay ? { ...one, repudiatedAt: at } : one)),
  }),
  ConditionSettled: (state, { party, condition, outcome, relay }, { at, actor }) => {
    const decision = state.decisions[party];
    if (!decision) return {};
    const settled = {
      settled: outcome,
      at,
      by: actor as OfficialActor, // only officials settle
      ...(relay === undefined ? {} : { relay }),
    };
    const conditions = decision.conditions.map((one) =>
      one.id === condition ? { ...one, outcome: settled } : one,
    );
    return { decisions: { ...state.decisions, [party]: { ...decision, conditions } } };
  },
  MediationRecorded: (state, { party }, { at }) => ({
    lastMediationAt: { ...state.lastMediationAt, [party]: at },
  }),
};
