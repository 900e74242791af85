/**
 * Rules of relayed decisions: one mediator enters, a second confirms, the side may disown. Source: domain.md,
 * "Relayed decision"; never-rules 1 and 8.
 */
import { decidingSidesOf, isStandingApproval } from '../agreement';
import type { ReturnCase } from '../case';
import { beginOf, dateIn } from '../days';
import type { Calendars } from '../days';
import { commandTable } from '../command-table';
import type { CommandType } from '../commands';
import type { Decision, PendingRelay, RelayedAct, RelaySource } from '../decisions';
import { rejected } from '../rejections';
import type { Stage } from '../stages';
import { given, officialOf } from './handling';
import type { HandlerTable } from './handling';
import { actOf, withdrawn } from './side-acts';

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

/** A note older than the side's no does not turn it into a yes, however late it arrives. */
function predatesRefusal(
  { dated }: RelaySource,
  { act }: RelayedAct,
  decision: Decision | undefined,
  on: Calendars,
): boolean {
  if (act !== 'approve' || !decision || decision.act === 'approve') return false;
  return dated < (decision.relay?.source.dated ?? dateIn('said', decision.at, on));
}

/** Whether the side's approval rests on this relay, wholly or for one of its conditions. */
const restsOn = (relay: string, decision: Decision | undefined): boolean =>
  decision?.relay?.id === relay ||
  (decision?.conditions ?? []).some(({ outcome }) => outcome?.relay === relay);

export const relayRules: HandlerTable<'relayDecision' | 'confirmRelay' | 'rejectRelay' | 'repudiateRelay'> = {
  relayDecision: (state, { relay, party, decision, source }, handling) => {
    const { mechanism, now } = handling;
    if (!decidingSidesOf(state, mechanism).includes(party))
      return rejected('unknown-party', { field: 'party' });
    if (!mechanism.relayable.includes(party)) return rejected('relay-not-allowed', { field: 'party' });
    if (!fits(decision, state.stage)) return rejected('wrong-stage');
    const on = { state, rules: mechanism, party };
    if (beginOf('dated', source.dated, on) > now) return rejected('date-future', { field: 'source.dated' });
    if (predatesRefusal(source, decision, state.decisions[party], on))
      return rejected('date-past', { field: 'source.dated' });
    if (state.relays.some(({ id }) => id === relay)) return rejected('duplicate-id', { field: 'relay' });
    const outcome = actOf(state, party, decision, handling, relay);
    if ('rejection' in outcome) return outcome;
    return [
      { type: 'DecisionRelayed', relay, party, decision, source },
      ...(decision.act === 'withdraw' ? outcome : []), // the safe direction waits for nobody
    ];
  },

  confirmRelay: (state, { relay }, handling) => {
    const pending = state.pendingRelays.find(({ id }) => id === relay);
    if (!pending) return rejected('unknown-relay', { field: 'relay' });
    if (pending.enteredBy.official === officialOf(handling).official) return rejected('own-relay');
    const confirmed = { type: 'RelayConfirmed', relay, party: pending.party } as const;
    if (pending.act.act === 'withdraw') return [confirmed]; // it has counted since it was entered
    if (!fits(pending.act, state.stage)) return rejected('wrong-stage');
    if (isOvertaken(state, pending)) return rejected('stale-version', { version: state.version });
    const outcome = actOf(state, pending.party, pending.act, handling, relay);
    return 'rejection' in outcome ? outcome : [...outcome, confirmed];
  },

  rejectRelay: (state, { relay, note }) => {
    const pending = state.pendingRelays.find(({ id }) => id === relay);
    if (!pending) return rejected('unknown-relay', { field: 'relay' });
    return [given({ type: 'RelayRejected', relay, party: pending.party, note })];
  },

  repudiateRelay: (state, { relay, note }, handling) => {
    const { party } = officialOf(handling);
    const known = state.relays.find(({ id }) => id === relay);
    if (known?.party !== party) return rejected('unknown-relay', { field: 'relay' });
    const decision = state.decisions[party];
    const counts = restsOn(relay, decision) && isStandingApproval(decision, state.plan);
    return [
      given({ type: 'RelayRepudiated', relay, party, note }),
      ...(counts ? withdrawn(state, party, given({ note, relay })) : []),
    ];
  },
};
