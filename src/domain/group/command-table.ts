/** Who may send which command of a group, and in which of its states. Deny by default. */
import type { MechanismRules, Office } from '../model/mechanism';
import { findParty } from '../model/mechanism';
import { hasAnyRole, isOfficial } from '../model/parties';
import type { Actor, PartyKind, Role } from '../model/parties';
import type { GroupCommandType } from './group';
import type { GroupState } from '../model/groups';

const office = (kind: PartyKind, ...roles: Role[]): Office => ({ kind, roles });
const officers = [office('mediator', 'case-officer', 'lead')];
const lead = [office('mediator', 'lead')];
/** Who speaks for a party about a list. */
const deciders: readonly Office[] = [
  office('requesting', 'decider'),
  office('holding', 'decider'),
  office('consenting', 'decider'),
];
const sayers: readonly Office[] = [
  ...deciders,
  office('host', 'host', 'duty-officer'),
  office('escort', 'dispatcher', 'duty-officer'),
];
const anybody: readonly Office[] = [
  ...(['mediator', 'requesting', 'holding', 'consenting', 'host', 'escort', 'receiving'] as const).map(
    (kind) => office(kind),
  ),
];

const open = ['drafting', 'proposed', 'frozen', 'confirming', 'go'] as const satisfies GroupState[];
const shown = ['proposed', 'frozen', 'confirming', 'go'] as const satisfies GroupState[];
const frozen = ['frozen', 'confirming', 'go'] as const satisfies GroupState[];

export const groupCommandTable = {
  draftGroup: { by: officers, states: [] },
  changeList: { by: officers, states: open },
  proposeList: { by: officers, states: ['drafting'] },
  refuseMember: { by: sayers, states: shown },
  freezeList: { by: officers, states: ['proposed'] },
  confirmTerms: { by: sayers, states: frozen },
  disputeTerms: { by: sayers, states: frozen },
  sayGo: { by: [...deciders, ...lead], states: frozen },
  sayNoGo: { by: [...deciders, ...lead], states: frozen },
  relayWord: { by: officers, states: shown },
  confirmRelay: { by: officers, states: shown },
  rejectRelay: { by: officers, states: shown },
  repudiateRelay: { by: deciders, states: shown },
  departGroup: { by: lead, states: ['go'] },
  checkIn: { by: [office('escort', 'escort')], states: ['departed'] },
  // Whether it is theirs to say, each child's own case asks.
  sayForAll: {
    by: [
      office('escort', 'escort', 'dispatcher', 'duty-officer'),
      office('mediator', 'case-officer', 'lead', 'duty-officer'),
    ],
    states: [...open, 'departed'],
  },
  abortGroup: { by: lead, states: open },
  reportBreach: { by: anybody, states: [...shown, 'departed'] },
  observeGroup: { by: 'system', states: [...open, 'departed'] },
} as const satisfies Record<
  GroupCommandType,
  { readonly by: readonly Office[] | 'system'; readonly states: readonly GroupState[] }
>;

export function maySendToGroup(type: GroupCommandType, actor: Actor, rules: MechanismRules): boolean {
  const { by }: { by: readonly Office[] | 'system' } = groupCommandTable[type];
  if (by === 'system') return !isOfficial(actor);
  if (!isOfficial(actor)) return false;
  const kind = findParty(rules, actor.party)?.kind;
  return by.some((each) => each.kind === kind && hasAnyRole(actor.roles, each.roles));
}

export const fitsGroupState = (type: GroupCommandType, state: GroupState): boolean =>
  (groupCommandTable[type].states as readonly GroupState[]).includes(state);
