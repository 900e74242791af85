/**
 * An auditor's reading of a group: works on the raw events of the group and of its children's cases, and shares no code with the
 * rules. Lists what it objects to.
 */
import type { RecordedGroupEvent } from '../../src/domain/group/group';
import type { RecordedEvent } from '../../src/domain/model/events';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import { engagedTwice, overloaded } from './escort-audit';
import { unagreedDepartures } from '../domain/plays/audit';

type Child = readonly RecordedEvent[];
export type Children = ReadonlyMap<string, Child>;

const terms = ['names', 'date', 'place', 'order', 'route'];

/** Never-rules 1, 3, 4 and 5 at the departure of groups, and what a group's own list asks. */
export function faultsOf(
  groups: readonly (readonly RecordedGroupEvent[])[],
  children: Children,
  rules: MechanismRules,
): string[] {
  return [
    ...[...children].flatMap(([id, events]) => faultsOfChild(id, events, rules)),
    ...groups.flatMap((events) => faultsOfGroup(events, children)),
    ...inTwoGroups(groups),
    ...(rules.ladders['confirm-crew'] ? overloaded(groups, children) : []),
    ...(rules.escortsEngagedOnce ? engagedTwice(groups, children) : []),
  ];
}

function faultsOfChild(id: string, events: Child, rules: MechanismRules): string[] {
  const faults = unagreedDepartures(events, rules).map((fault) => `${id} ${fault}`);
  const holds = new Set<string>();
  let travels = false;
  let emergency = false;
  let unwilling = false;
  let hosted = false;
  for (const { event, version } of events) {
    const object = (fault: string): void => void faults.push(`${id} ${version}: ${fault}`);
    if (event.type === 'HoldPlaced') holds.add(event.hold);
    if (event.type === 'HoldLifted') holds.delete(event.hold);
    if (event.type === 'MedicalEmergencyReported') emergency = true;
    if (event.type === 'MedicalEmergencyResolved') emergency = false;
    if (event.type === 'ChildHeard') unwilling = event.answer === 'unwilling';
    if (event.type === 'BestInterestsDetermined') unwilling = false;
    if (event.type === 'ArrivedAtSite') hosted = true;
    if (event.type === 'JourneyEnded') travels = false;
    if (event.type === 'CaseClosed' && travels) travels = false;
    if (event.type !== 'Departed') continue;
    if (holds.size > 0) object('departs under a hold');
    if (emergency) object('departs in an emergency');
    if (unwilling) object('departs although it said no');
    if (!hosted) object('departs from a site where it never was');
    if (travels) object('departs twice');
    travels = true;
  }
  return faults;
}

interface Seen {
  readonly siblings: Set<string>;
  readonly waived: Set<string>;
  departed: boolean;
  closed: boolean;
}
/** As the case stood after its events up to this instant, those of the instant included. */
function seenAt(events: Child, at: string): Seen {
  const seen: Seen = { siblings: new Set(), waived: new Set(), departed: false, closed: false };
  for (const { event, at: when } of events) {
    if (when > at) break;
    if (event.type === 'CaseOpened' || event.type === 'SiblingsLinked')
      for (const each of event.siblings) seen.siblings.add(each);
    if (event.type === 'SiblingUnityWaived') for (const each of event.siblings ?? []) seen.waived.add(each);
    if (event.type === 'Departed') seen.departed = true;
    if (event.type === 'JourneyEnded') seen.departed = false;
    if (event.type === 'CaseClosed') seen.closed = true;
    if (event.type === 'CaseReopened') seen.closed = false;
  }
  return seen;
}

function faultsOfGroup(events: readonly RecordedGroupEvent[], children: Children): string[] {
  const faults: string[] = [];
  let list = { version: 0, hash: '', members: [] as readonly string[] };
  let asked: readonly string[] = [];
  let deciding: readonly string[] = [];
  let confirmed = new Map<string, Set<string>>();
  let go = new Set<string>();
  let no = new Set<string>();
  let dropped = new Set<string>();
  let departures = 0;
  const enteredBy = new Map<string, string>();
  /** By party and term, or `go`: by which relay it was said last. */
  const relayed = new Map<string, string | undefined>();
  for (const { event, at, version, actor } of events) {
    const object = (fault: string): void => void faults.push(`group ${version}: ${fault}`);
    const official = 'official' in actor ? actor.official : '';
    if (event.type === 'WordRelayed') enteredBy.set(event.relay, official);
    // Never-rule 8: in a side's name two people speak, unless it is to stop.
    if ((event.type === 'TermsConfirmed' || event.type === 'GoSaid') && event.relay !== undefined)
      if ((enteredBy.get(event.relay) ?? official) === official)
        object(`${event.party} was spoken for by one person`);
    // What a side disowns was never said; of what it says later itself nothing is disowned.
    if (event.type === 'RelayRepudiated') {
      for (const [said, relay] of relayed)
        if (relay === event.relay && said === `${event.party} go`) go.delete(event.party);
        else if (relay === event.relay) confirmed.get(event.party)?.delete(said.split(' ')[1] ?? '');
    }
    if (event.type === 'TermsConfirmed' || event.type === 'TermsDisputed')
      for (const term of event.terms) relayed.set(`${event.party} ${term}`, event.relay);
    if (event.type === 'GoSaid' || event.type === 'NoGoSaid') relayed.set(`${event.party} go`, event.relay);
    if (event.type === 'GroupDrafted' || event.type === 'ListChanged') {
      list = { ...event.list, hash: event.hash };
      [confirmed, go, no, dropped] = [new Map(), new Set(), new Set(), new Set()];
    }
    if (event.type === 'ListFrozen') ({ asked, deciding } = event);
    if (event.type === 'TermsConfirmed' && event.hash === list.hash)
      for (const term of event.terms)
        confirmed.set(event.party, (confirmed.get(event.party) ?? new Set()).add(term));
    if (event.type === 'TermsDisputed') {
      for (const term of event.terms) confirmed.get(event.party)?.delete(term);
      go.delete(event.party);
    }
    if (event.type === 'MemberDropped') dropped.add(event.member);
    if (event.type === 'GoSaid' && event.hash === list.hash) {
      go.add(event.party);
      no.delete(event.party);
    }
    if (event.type === 'NoGoSaid') {
      go.delete(event.party);
      no.add(event.party);
    }
    if (event.type !== 'GroupDeparted') continue;
    departures += 1;
    if (departures > 1) object('departs twice');
    if (event.hash !== list.hash) object('departs by another list');
    for (const party of asked)
      if (!terms.every((term) => confirmed.get(party)?.has(term)))
        object(`${party} had not confirmed every term`);
    for (const party of deciding) if (!go.has(party)) object(`${party} had not said go`);
    if (no.size > 0) object('somebody had said no go');
    if (!('official' in actor)) object('departs by itself');
    for (const id of event.departed) {
      const child = children.get(id) ?? [];
      if (!list.members.includes(id)) object(`${id} was not on the list`);
      if (dropped.has(id)) object(`${id} had dropped out`);
      if (!child.some((each) => each.event.type === 'Departed' && each.at === at))
        object(`${id} did not set out`);
      const { siblings, waived } = seenAt(child, at);
      for (const sibling of siblings) {
        const other = children.get(sibling);
        if (waived.has(sibling) || !other) continue;
        const { departed, closed } = seenAt(other, at);
        if (!departed && !closed) object(`${id} was parted from ${sibling}`);
      }
    }
    const gone = new Set([...event.departed, ...event.left.map((each) => each.case)]);
    for (const id of list.members) if (!dropped.has(id) && !gone.has(id)) object(`nothing is said of ${id}`);
    for (const { case: id } of event.left)
      if (children.get(id)?.some((each) => each.event.type === 'Departed' && each.at === at))
        object(`${id} was left and set out`);
  }
  return faults;
}

/** Whose bed is held from this night on. */
export const bedsHeldIn = (children: Children, firstNight: string): string[] =>
  [...children]
    .filter(([, events]) => {
      const last = events.findLast(
        ({ event }) => event.type === 'PlaceHeld' || event.type === 'PlaceReleased',
      )?.event;
      return last?.type === 'PlaceHeld' && last.firstNight === firstNight;
    })
    .map(([id]) => id);

/** Of two departures one at most is a child's, until it has come back. */
function inTwoGroups(groups: readonly (readonly RecordedGroupEvent[])[]): string[] {
  const seen = new Map<string, string>();
  const faults: string[] = [];
  for (const events of groups)
    for (const { event, case: id } of events)
      if (event.type === 'GroupDeparted')
        for (const child of event.departed) {
          if (seen.has(child)) faults.push(`${child} set out with ${seen.get(child)} and with ${id}`);
          seen.set(child, id);
        }
  return faults;
}
