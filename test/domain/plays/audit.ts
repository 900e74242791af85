/**
 * An auditor's reading of a case: works on the raw list of events alone and shares no code with the rules, so
 * that a fault in them is not repeated here. Each function lists what it objects to.
 */
import type { CaseEvent, EventOf, RecordedEvent } from '../../../src/domain/model/events';
import type { MechanismRules } from '../../../src/domain/model/mechanism';

/** What a side last said, as far as an approval needs to be known. */
interface Word {
  readonly approves: boolean;
  readonly hash: string;
  readonly expiresAt: string;
  readonly open: Set<string>;
  /** Relays this word rests on: its own, and those that settled its conditions. */
  readonly relays: Set<string>;
}
const no = (): Word => ({ approves: false, hash: '', expiresAt: '', open: new Set(), relays: new Set() });

function sidesOf(opened: EventOf<'CaseOpened'>, rules: MechanismRules): string[] {
  const otherOwn = new Set(
    rules.parties
      .filter(({ kind }) => kind === 'requesting' || kind === 'holding')
      .map(({ id }) => id)
      .filter((id) => id !== opened.requestingParty && id !== opened.holdingParty),
  );
  return rules.decidingSides.filter((id) => !otherOwn.has(id));
}

/** Never-rule 1: who had not agreed to exactly this plan at the instant of a departure. */
export function unagreedDepartures(events: readonly RecordedEvent[], rules: MechanismRules): string[] {
  const words = new Map<string, Word>();
  let hash: string | undefined;
  let opened: EventOf<'CaseOpened'> | undefined;
  const faults: string[] = [];
  for (const { event, at, version } of events) {
    if (event.type === 'CaseOpened') opened = event;
    hash = planAfter(event, hash);
    hear(words, event);
    if (event.type !== 'Departed' || !opened) continue;
    if (event.planHash !== hash) faults.push(`${version}: departs under a plan that is not the live one`);
    for (const side of sidesOf(opened, rules)) {
      const word = words.get(side) ?? no();
      if (!word.approves || word.hash !== event.planHash) faults.push(`${version}: ${side} had not approved`);
      else if (word.expiresAt <= at) faults.push(`${version}: ${side}'s approval had expired`);
      else if (word.open.size > 0) faults.push(`${version}: ${side}'s conditions were open`);
    }
  }
  return faults;
}

function planAfter(event: CaseEvent, hash: string | undefined): string | undefined {
  if (event.type === 'PlanProposed') return event.hash;
  return event.type === 'PlanLapsed' ? undefined : hash;
}

function hear(words: Map<string, Word>, event: CaseEvent): void {
  switch (event.type) {
    case 'PlanApproved':
      words.set(event.party, {
        approves: true,
        hash: event.planHash,
        expiresAt: event.expiresAt,
        open: new Set(event.conditions.map(({ id }) => id)),
        relays: new Set(event.relay === undefined ? [] : [event.relay]),
      });
      return;
    case 'PlanObjected':
    case 'ApprovalWithdrawn':
    case 'DecisionLapsed':
      words.set(event.party, no());
      return;
    case 'ConditionSettled':
      words.get(event.party)?.open.delete(event.condition);
      if (event.relay !== undefined) words.get(event.party)?.relays.add(event.relay);
      return;
    case 'RelayRepudiated':
      // Whatever rests on a disowned relay rests on nothing.
      if (words.get(event.party)?.relays.has(event.relay)) words.set(event.party, no());
      return;
    default:
  }
}

type Said = EventOf<'PlanApproved'> | EventOf<'PlanObjected'> | EventOf<'ApprovalWithdrawn'>;
const isSaid = (event: CaseEvent): event is Said =>
  event.type === 'PlanApproved' || event.type === 'PlanObjected' || event.type === 'ApprovalWithdrawn';

/** Never-rule 2: decisions lost, counted twice, or counted for another plan or party. */
export function miscountedDecisions(events: readonly RecordedEvent[]): string[] {
  const faults: string[] = [];
  const counts = new Map<string, number>();
  const plans = new Map<number, string>([[0, '']]);
  for (const { event, version } of events) {
    if (event.type === 'PlanProposed') {
      if (plans.has(event.plan.version)) faults.push(`${version}: plan version given twice`);
      plans.set(event.plan.version, event.hash);
    }
    if (!isSaid(event)) continue;
    const expected = (counts.get(event.party) ?? 0) + 1;
    if (event.sequence !== expected) faults.push(`${version}: ${event.party} sequence ${event.sequence}`);
    counts.set(event.party, event.sequence);
    if (plans.get(event.planVersion) !== event.planHash) faults.push(`${version}: decides on no known plan`);
    if (event.type !== 'ApprovalWithdrawn' && event.planVersion !== Math.max(...plans.keys()))
      faults.push(`${version}: decides on an older plan`);
  }
  return faults;
}

/** Never-rule 8: who reviewed their own attestation, confirmed their own relay, or decided for another party. */
export function selfDealing(events: readonly RecordedEvent[], rules: MechanismRules): string[] {
  const faults: string[] = [];
  const attested = new Map<string, string>();
  const relays = new Map<string, { by: string; party: string; at: number }>();
  /** What a side said last, of the plan and of safe conduct apart. */
  const heard = new Map<string, number>();
  const repudiated = new Set<string>();
  for (const { event, actor, version } of events) {
    const by = 'official' in actor ? actor.official : 'system';
    const party = 'official' in actor ? actor.party : 'system';
    const object = (fault: string): void => void faults.push(`${version}: ${by} ${fault}`);
    if (event.type === 'FacetAttested') attested.set(`${event.facet} ${event.recipient}`, by);
    if (event.type === 'AttestationUpheld' && attested.get(`${event.facet} ${event.recipient}`) === by)
      object('reviewed their own');
    if (event.type === 'DecisionRelayed') {
      // A withdrawal is the safe direction, and is never refused (never-rule 3).
      const isSafe = event.decision.act === 'withdraw' || event.decision.act === 'withdraw-safe-conduct';
      if (!isSafe && !rules.relayable.includes(event.party))
        object('relayed for a side that may not be relayed');
      relays.set(event.relay, { by, party: event.party, at: version });
    }
    if (event.type === 'RelayConfirmed' && relays.get(event.relay)?.by === by) object('confirmed their own');
    if (event.type === 'RelayRepudiated') {
      if (party !== event.party) object('repudiated for another party');
      repudiated.add(event.relay);
    }
    const isConduct = event.type === 'SafeConductGranted' || event.type === 'SafeConductWithdrawn';
    if (isSaid(event) || event.type === 'ConditionSettled' || isConduct) {
      const subject = `${isConduct} ${event.party}`;
      const relay = event.relay === undefined ? undefined : relays.get(event.relay);
      const isRelayed = relay !== undefined && !repudiated.has(event.relay ?? '');
      if (!isRelayed && party !== event.party) object(`decided for ${event.party}`);
      if (isRelayed && relay.party !== event.party) object('used another party’s relay');
      if (isRelayed && event.type !== 'ApprovalWithdrawn' && event.type !== 'SafeConductWithdrawn') {
        if (relay.by === by) object('let their own relay count');
        if ((heard.get(subject) ?? 0) > relay.at)
          object(`let a relay override what ${event.party} said later`);
      }
      if (event.type !== 'ConditionSettled') heard.set(subject, version);
    }
  }
  return faults;
}
