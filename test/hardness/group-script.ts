/** One random sequence of commands around a group of four children, two of them siblings; and how it is played and shrunk. */
import { listTerms } from '../../src/domain/group/group';
import type { GroupCommand, RelayedWord } from '../../src/domain/group/group';
import type { Command } from '../../src/domain/model/commands';
import { addDuration, dateOf } from '../../src/domain/calendar/time';
import { approval, hashOf } from '../support/factories';
import type { CaseInPlay } from '../support/factories';
import { goSayers, GroupInPlay, readyChild, sayers } from '../support/group-play';
import { hostingRules } from '../support/mechanism-rules';
import type { ActorName } from '../support/mechanism-rules';
import { faultsOf } from './group-audit';

export type Random = () => number;
/** Mulberry32: small, even, and the same everywhere. */
export function randomOf(seed: number): Random {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ids = ['CHDA-0001', 'CHDB-0002', 'CHDC-0003', 'CHDD-0004'] as const;
type Child = 0 | 1 | 2 | 3;
export type Act =
  | readonly ['group', ActorName, GroupCommand['type'], number]
  | readonly ['child', ActorName, Child, Command['type'], number]
  | readonly ['link', Child, Child]
  | readonly ['wait', string];
export interface Script {
  /** How far the group is when the acts begin: 0 nothing, 1 drafted, 2 frozen, 3 confirmed, 4 told to go. */
  readonly from: number;
  readonly acts: readonly Act[];
}

const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

const groupActs: readonly (readonly [ActorName, GroupCommand['type']])[] = [
  ...Array.from({ length: 8 }, () => ['lead', 'departGroup'] as const),
  ['officer', 'changeList'],
  ['officer', 'proposeList'],
  ['officer', 'freezeList'],
  ...sayers.map((by) => [by, 'confirmTerms'] as const),
  ...goSayers.map((by) => [by, 'sayGo'] as const),
  ...(['southDecider', 'host', 'dispatcher'] as const).map((by) => [by, 'disputeTerms'] as const),
  ['northDecider', 'sayNoGo'],
  ['lead', 'sayNoGo'],
  ['southDecider', 'refuseMember'],
  ['officer', 'relayWord'],
  ['lead', 'relayWord'],
  ['officer', 'confirmRelay'],
  ['lead', 'confirmRelay'],
  ['southDecider', 'repudiateRelay'],
  ['system', 'observeGroup'],
  ['lead', 'abortGroup'],
  ['host', 'reportBreach'],
];
const childActs: readonly (readonly [ActorName, Command['type']])[] = [
  ['northDecider', 'withdrawApproval'],
  ['southDecider', 'withdrawApproval'],
  ['northDecider', 'approvePlan'],
  ['southDecider', 'approvePlan'],
  ['host', 'placeHold'],
  ['southOfficial', 'placeHold'],
  ['host', 'liftHold'],
  ['host', 'reportMedicalEmergency'],
  ['clinician', 'resolveMedicalEmergency'],
  ['interviewer', 'recordHearing'],
  ['officer', 'identifyChild'],
  ['lead', 'depart'],
  ['host', 'giveIntoCare'],
  ['escort', 'takeIntoCare'],
  ['escort', 'arrive'],
  ['northOfficial', 'withdrawRequest'],
  ['host', 'recordArrival'],
  ['clinician', 'clearMedically'],
  ['clinician', 'clearMedically'],
  ['dispatcher', 'confirmCrew'],
  ['dispatcher', 'confirmCrew'],
];
const waits = ['PT1M', 'PT1H', 'PT20H', 'P2D', 'P4D', 'P40D'];
const child = (random: Random): Child => Math.floor(random() * ids.length) as Child;

export function scriptOf(random: Random): Script {
  const length = 1 + Math.floor(random() * 14);
  return {
    // Mostly near the departure, which is where it matters.
    from: Math.min(4, Math.floor(random() * 9)),
    acts: Array.from({ length }, (): Act => {
      const kind = random();
      const seed = Math.floor(random() * 2 ** 30);
      if (kind < 0.5) return ['group', ...pick(random, groupActs), seed];
      if (kind < 0.88) {
        const [by, type] = pick(random, childActs);
        return ['child', by, child(random), type, seed];
      }
      return kind < 0.94 ? ['link', child(random), child(random)] : ['wait', pick(random, waits)];
    }),
  };
}

export interface Played {
  readonly faults: string[];
  readonly commands: number;
  readonly departures: number;
}

/** Commands that are refused change nothing, and count. */
export function play({ from, acts }: Script): Played {
  const children = new Map(ids.map((id) => [id as string, readyChild(id)]));
  const room = new GroupInPlay(children);
  room.link(ids[0], ids[1]);
  const stages = [() => room.draft(), () => room.freeze(), () => room.confirm(), () => room.sayGo()];
  for (const stage of stages.slice(0, from)) stage();
  for (const act of acts) perform(room, act);
  const events = new Map([...children].map(([id, each]) => [id, each.events]));
  return {
    faults: faultsOf([room.events], events, hostingRules),
    commands: acts.length,
    departures: room.events.filter(({ event }) => event.type === 'GroupDeparted').length,
  };
}

function perform(room: GroupInPlay, act: Act): void {
  room.now = addDuration(room.now, 'PT1S');
  if (act[0] === 'wait') room.pass(act[1]);
  else if (act[0] === 'link') {
    if (act[1] !== act[2]) room.link(ids[act[1]], ids[act[2]]);
  } else if (act[0] === 'child') {
    const found = room.child(ids[act[2]]);
    found.siblings = siblingsOf(room, found);
    found.send(act[1], commandOf(found, act[3], randomOf(act[4])));
  } else room.send(act[1], groupCommandOf(room, act[2], randomOf(act[3])));
}

/** As the record's transaction gives them. */
const siblingsOf = (room: GroupInPlay, { state }: CaseInPlay) =>
  [...room.cases]
    .filter(([id]) => state.siblings.includes(id))
    .map(([id, { status }]) => ({
      case: id,
      stage: status.stage,
      cleared: status.hasDeparted || status.blockers.length === 0,
    }));

function commandOf(found: CaseInPlay, type: Command['type'], random: Random): Command {
  const made: Partial<Record<Command['type'], () => Command>> = {
    approvePlan: () => approval(found),
    placeHold: () => ({ type: 'placeHold', hold: `hold-${Math.floor(random() * 3)}`, reason: 'legal' }),
    liftHold: () => ({ type: 'liftHold', hold: found.state.holds[0]?.id ?? 'none' }),
    resolveMedicalEmergency: () => ({ type: 'resolveMedicalEmergency', fitToTravel: random() < 0.7 }),
    recordHearing: () => ({
      type: 'recordHearing',
      recipient: found.state.recipient.ref,
      answer: pick(random, ['willing', 'willing', 'unwilling', 'unsure'] as const),
    }),
    identifyChild: () => ({ type: 'identifyChild', how: 'photograph', matches: random() < 0.8 }),
    clearMedically: () => ({
      ...{ type: 'clearMedically', fit: random() < 0.7 },
      // A child with needs takes an escort of its own.
      ...(random() < 0.5 && { needs: ['medic'] }),
    }),
    confirmCrew: () => ({
      ...{ type: 'confirmCrew', has: ['medic'] },
      ...{ escorts: 1 + Math.floor(random() * 2), children: 1 + Math.floor(random() * 3) },
    }),
  };
  return made[type]?.() ?? ({ type } as Command);
}

function groupCommandOf(room: GroupInPlay, type: GroupCommand['type'], random: Random): GroupCommand {
  const group = room.found;
  const isStale = random() < 0.1;
  const version = (group?.list.version ?? 1) - (isStale ? 1 : 0);
  const list = { version, hash: group?.list.hash ?? '' };
  const some = random() < 0.7 ? listTerms : listTerms.filter(() => random() < 0.6);
  const terms = some.length > 0 ? some : listTerms;
  const made: Readonly<Partial<Record<GroupCommand['type'], () => GroupCommand>>> = {
    changeList: () => ({
      type: 'changeList',
      members: random() < 0.5 ? [...ids].reverse() : ids.filter(() => random() < 0.7),
      departAt: addDuration(room.now, pick(random, ['PT1H', 'P1D'])),
      place: 'border',
      route: pick(random, ['rail', 'road'] as const),
    }),
    freezeList: () => ({ type: 'freezeList', version }),
    confirmTerms: () => ({ type: 'confirmTerms', ...list, terms }),
    disputeTerms: () => ({ type: 'disputeTerms', ...list, terms }),
    sayGo: () => ({ type: 'sayGo', ...list }),
    departGroup: () => ({ type: 'departGroup', ...list }),
    refuseMember: () => ({ type: 'refuseMember', member: pick(random, ids), reason: 'route' }),
    relayWord: () => ({
      ...{ type: 'relayWord', relay: `relay-${group?.version ?? 0}`, party: 'south' },
      word: pick<RelayedWord>(random, [
        { type: 'confirmTerms', ...list, terms },
        { type: 'sayGo', ...list },
        { type: 'sayNoGo' },
      ]),
      source: {
        ...{ channel: 'letter', reference: 'note', dated: dateOf(room.now), documentHash: hashOf(list) },
      },
    }),
    confirmRelay: () => ({ type: 'confirmRelay', relay: group?.pendingRelays[0]?.id ?? 'none' }),
    repudiateRelay: () => ({ type: 'repudiateRelay', relay: group?.relays.at(-1)?.id ?? 'none' }),
    abortGroup: () => ({ type: 'abortGroup', reason: 'other' }),
  };
  return made[type]?.() ?? ({ type } as GroupCommand);
}

/** Without every act that is not needed for a fault. */
export function shrunk(script: Script): Script {
  let least = script;
  for (let index = 0; index < least.acts.length;) {
    const without = { ...least, acts: least.acts.filter((_act, at) => at !== index) };
    if (play(without).faults.length > 0) least = without;
    else index += 1;
  }
  return least;
}
