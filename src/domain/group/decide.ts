/** `decideGroup`: the only way a group changes. Pure: no clock, no I/O, no randomness. */
import { isPlaceClosed } from '../facts/closed';
import type { CaseId, PartyId, Sha256 } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import { omitUndefined } from '../model/omit-undefined';
import { isOfficial } from '../model/parties';
import type { OfficialActor } from '../model/parties';
import { rejected } from '../model/rejections';
import type { GateBlocker, Rejection } from '../model/rejections';
import { fitsGroupState, maySendToGroup } from './command-table';
import {
  departureWindowOf,
  groupTimesOf,
  groupStateOf,
  isConfirmed,
  isUnderEmbargo,
  sayersOf,
  travellersOf,
} from './facts';
import { remindersDueOf } from './duties';
import type {
  Group,
  GroupCommand,
  GroupCommandOf,
  GroupCommandType,
  GroupEnvelope,
  GroupEvent,
  GroupTerms,
  ListContent,
} from './group';
import { hindrancesNoted } from './hindrances';
import { isWaiting, tiedTo } from './member';
import { movementOf } from './orders';
import type { Answers } from './orders';
import { partedOf } from './parting';
import { confirmed, isStop, rejectedRelay, relayed, repudiated } from './relays';
import type { Say } from './relays';
import type { Members } from './member';
import type { Instant } from '../calendar/time';

export interface GroupContext {
  readonly now: Instant;
  readonly mechanism: MechanismRules;
  /** Everybody on the list, or to be, and everybody whom a sibling ties to one of them. */
  readonly members: Members;
  /** SHA-256 over canonical JSON. */
  readonly hashOf: (list: ListContent) => Sha256;
  /**
   * Of each child on the list what `depart` was refused for in its own case, in this very transaction; empty where it would be
   * recorded. Only where a group is to set out.
   */
  readonly gates?: ReadonlyMap<CaseId, readonly GateBlocker[] | 'record-in-doubt'>;
  /** Of those who departed, in whose own case this sender's sign of life counts. Only where an escort checks in. */
  readonly answers?: Answers;
}
export type GroupVerdict = { readonly events: readonly GroupEvent[] } | { readonly rejection: Rejection };
export type GroupSubmission = Pick<GroupEnvelope, 'case' | 'actor' | 'command' | 'expectedVersion'>;

type Outcome = readonly GroupEvent[] | { readonly rejection: Rejection };
interface Asked extends GroupContext {
  readonly actor: GroupEnvelope['actor'];
  /** For whom the mediator speaks, where it is not the sender's own word. */
  readonly speaksFor?: PartyId;
}
type Rule<Type extends GroupCommandType> = (
  group: Group,
  command: GroupCommandOf<Type>,
  asked: Asked,
) => Outcome;

/** Commands that stop something: never refused for staleness. */
const stops: readonly GroupCommandType[] = [
  'sayNoGo',
  'refuseMember',
  'disputeTerms',
  'abortGroup',
  'reportBreach',
  'repudiateRelay',
];

const isStopping = (command: GroupCommand): boolean =>
  stops.includes(command.type) || (command.type === 'relayWord' && isStop(command.word));

/** Checks who, then the state, then staleness, then the command's own rules. An empty list means there was nothing to do. */
export function decideGroup(
  group: Group | undefined,
  { case: id, actor, command, expectedVersion }: GroupSubmission,
  context: GroupContext,
): GroupVerdict {
  const asked: Asked = { ...context, actor };
  if (!maySendToGroup(command.type, actor, context.mechanism)) return rejected('not-your-command');
  if (command.type === 'draftGroup')
    return group ? rejected('group-exists') : eventsOr(drafted(id, command, asked));
  if (!group) return rejected('group-not-found');
  const state = groupStateOf(group);
  if (!fitsGroupState(command.type, state)) return rejected('wrong-group-state', { groupState: state });
  if (expectedVersion !== undefined && expectedVersion !== group.version && !isStopping(command))
    return rejected('stale-version', { version: group.version });
  return eventsOr(ruled(group, command, asked));
}
function ruled(group: Group, command: Exclude<GroupCommand, { type: 'draftGroup' }>, asked: Asked): Outcome {
  // The table gives each type its own rule; TypeScript can't follow the pairing through the index.
  const rule = rules[command.type] as (group: Group, command: GroupCommand, asked: Asked) => Outcome;
  return rule(group, command, asked);
}
const eventsOr = (outcome: Outcome): GroupVerdict => ('rejection' in outcome ? outcome : { events: outcome });

const rules: { readonly [Type in Exclude<GroupCommandType, 'draftGroup'>]: Rule<Type> } = {
  changeList: (group, { type: _type, note, ...terms }, asked) => {
    const fault = faultIn(terms, group.id, asked);
    if (fault) return fault;
    const list = { ...terms, group: group.id, version: group.list.version + 1 };
    const { hash: _hash, since: _since, version: _version, group: _group, ...present } = group.list;
    // One from which somebody dropped out is another one when they are put on it again, and one of which others are asked.
    const isFor = group.dropped.length > 0 || group.hindrances?.sayers !== undefined;
    if (!isFor && asked.hashOf({ ...list, ...present }) === asked.hashOf(list))
      return rejected('plan-unchanged');
    const changed: GroupEvent = omitUndefined({ type: 'ListChanged', list, hash: asked.hashOf(list), note });
    if (group.frozenAt === undefined) return [changed];
    const unready = unreadyOf(list.members, asked);
    return (
      unready ?? [
        changed,
        { type: 'ListFrozen', version: list.version, ...sayersOf(list.members, asked.members) },
      ]
    );
  },

  proposeList: (group, _command, asked) => tooLate(group, asked) ?? [{ type: 'ListProposed' }],

  refuseMember: (group, { member, reason, note }, asked) => {
    const party = speakerOf(asked);
    const travellers = travellersOf(group);
    const status = asked.members.get(member);
    // What is not theirs to know is as if it were not there.
    if (!travellers.includes(member) || !status?.parties.includes(party))
      return rejected('unknown-case', { field: 'member' });
    return [
      omitUndefined<GroupEvent>({
        ...{ type: 'MemberDropped', member, reason: 'refused', party, objection: reason, note },
      }),
      ...siblingsDropped([member], travellers, asked),
    ];
  },

  freezeList: (group, { version }, asked) => {
    if (version !== group.list.version) return rejected('stale-version', { version: group.list.version });
    const travellers = travellersOf(group);
    return (
      tooLate(group, asked) ??
      unreadyOf(travellers, asked) ??
      apart(travellers, asked) ?? [{ type: 'ListFrozen', version, ...sayersOf(travellers, asked.members) }]
    );
  },

  confirmTerms: (group, { version, hash, terms }, asked) =>
    said(group, { version, hash }, asked, (party) => [
      { type: 'TermsConfirmed', party, version, hash, terms },
    ]),

  disputeTerms: (group, { version, hash, terms, note }, asked) =>
    said(group, { version, hash }, asked, (party) => [
      omitUndefined<GroupEvent>({ type: 'TermsDisputed', party, version, hash, terms, note }),
    ]),

  sayGo: (group, { version, hash }, asked) => {
    const party = speakerOf(asked);
    const isMediator = findParty(asked.mechanism, party)?.kind === 'mediator';
    if (!isMediator && !group.deciding.includes(party)) return rejected('not-your-command');
    const stale = staleList(group, { version, hash }) ?? tooLate(group, asked);
    if (stale) return stale;
    if (!isConfirmed(group)) return rejected('list-unconfirmed');
    return group.go[party]?.go ? rejected('already-done') : [{ type: 'GoSaid', party, version, hash }];
  },

  sayNoGo: (group, { note }, asked) => {
    const party = speakerOf(asked);
    return group.go[party]?.go === false
      ? rejected('already-done')
      : [omitUndefined<GroupEvent>({ type: 'NoGoSaid', party, note })];
  },

  relayWord: (group, command, asked) => relayed(group, command, asked, sayIn(group, asked)),
  confirmRelay: (group, { relay }, asked) =>
    confirmed(group, relay, officialOf(asked).official, asked, sayIn(group, asked)),
  rejectRelay: (group, command) => rejectedRelay(group, command),
  repudiateRelay: (group, command, asked) => repudiated(group, command, officialOf(asked).party),

  departGroup: (group, { version, hash }, asked) => {
    const stale = staleList(group, { version, hash });
    if (stale) return stale;
    const { from, to } = departureWindowOf(group, asked.mechanism);
    if (asked.now < from || asked.now >= to)
      return rejected('gate-closed', { blockers: [{ blocker: 'outside-window' }] });
    const { departed, left } = partedOf(
      group,
      asked.members,
      (member) => asked.gates?.get(member) ?? [{ blocker: 'no-valid-plan' }],
    );
    const isWhole = left.length === 0 || groupTimesOf(asked.mechanism).departure === 'ready';
    if (departed.length === 0 || !isWhole) return rejected('nobody-departs', { left });
    return [{ type: 'GroupDeparted', version, hash, departed, left }];
  },

  /* Who has left the movement, or travels with another escort, is not spoken for: each one's own case says so. */
  checkIn: (group, { place, at, except, note }, asked) => {
    if (place !== undefined && !asked.mechanism.places.includes(place))
      return rejected('unknown-place', { field: 'place' });
    const said = spokenFor(group, except, asked);
    if ('rejection' in said) return said;
    if (said.cases.length === 0) return rejected('not-on-the-way');
    const happenedAt = happenedIn(group, at, asked);
    return [omitUndefined<GroupEvent>({ type: 'CheckedIn', ...said, place, happenedAt, note })];
  },

  /* Where it is true of nobody, the answer says why not of one who is theirs. */
  sayForAll: (group, { act, except, note }, asked) => {
    const said = spokenFor(group, except, asked);
    if ('rejection' in said) return said;
    if (said.cases.length === 0) {
      const reasons = [...(asked.answers?.values() ?? [])].flatMap((each) => each ?? []);
      const own = reasons.find(({ code }) => code !== 'not-your-command' && code !== 'case-not-found');
      return own ? { rejection: own } : rejected('not-on-the-way');
    }
    const happenedAt = happenedIn(group, 'at' in act ? act.at : undefined, asked);
    return [omitUndefined<GroupEvent>({ type: 'SaidForAll', act: act.type, ...said, happenedAt, note })];
  },

  abortGroup: (_group, { reason, note }) => [
    omitUndefined<GroupEvent>({ type: 'GroupAborted', reason, note }),
  ],

  reportBreach: (group, { note }, asked) =>
    isUnderEmbargo(group)
      ? [omitUndefined<GroupEvent>({ type: 'EmbargoBroken', party: officialOf(asked).party, note })]
      : rejected('wrong-group-state', { groupState: groupStateOf(group) }),

  observeGroup: (group, _command, asked) =>
    group.departure ? arrivedOf(group, group.departure.departed, asked) : beforeDepartureOf(group, asked),
};

function drafted(id: string, command: GroupCommandOf<'draftGroup'>, asked: Asked): Outcome {
  const { type: _type, note, ...terms } = command;
  const fault = faultIn(terms, id, asked);
  if (fault) return fault;
  const list: ListContent = { ...terms, group: id, version: 1 };
  const { id: mechanism, version } = asked.mechanism;
  return [
    omitUndefined<GroupEvent>({
      ...{
        type: 'GroupDrafted',
        mechanism: { id: mechanism, version },
        list,
        hash: asked.hashOf(list),
        note,
      },
    }),
  ];
}

/** What keeps terms from being a list at all. Whether each child may go is asked when they go. */
function faultIn(terms: GroupTerms, id: string, asked: Asked): { rejection: Rejection } | undefined {
  const { members, departAt, place } = terms;
  if (new Set(members).size !== members.length) return rejected('duplicate-id', { field: 'members' });
  if (!asked.mechanism.places.includes(place)) return rejected('unknown-place', { field: 'place' });
  if (departAt <= asked.now) return rejected('date-past', { field: 'departAt' });
  if (isPlaceClosed(place, { rules: asked.mechanism, at: departAt }))
    return rejected('closed-for-new', { field: 'place' });
  const isKnown = (member: CaseId): boolean => {
    const status = asked.members.get(member);
    return status?.mechanism === asked.mechanism.id && isWaiting(status);
  };
  if (members.length === 0 || !members.every(isKnown)) return rejected('unknown-case', { field: 'members' });
  const elsewhere = members.filter((member) => {
    const group = asked.members.get(member)?.group;
    return group !== undefined && group !== id;
  });
  if (elsewhere.length > 0) return rejected('in-other-group', { members: elsewhere });
  return apart(members, asked);
}

/** Never-rule 4: siblings are on a list together or not at all. */
function apart(members: readonly CaseId[], { members: all }: Asked): { rejection: Rejection } | undefined {
  const missing = tiedTo(members, all);
  return missing.length > 0 ? rejected('siblings-apart', { members: missing }) : undefined;
}

/** Frozen are lists of children whose return is agreed; whatever else is missing may still come. */
function unreadyOf(
  members: readonly CaseId[],
  { members: all }: Asked,
): { rejection: Rejection } | undefined {
  const unready = members.filter((member) => !all.get(member)?.isAgreed);
  if (members.length === 0) return rejected('nobody-departs', { left: [] });
  return unready.length > 0 ? rejected('members-not-agreed', { members: unready }) : undefined;
}

/** When they may set out no more, nothing but another list or its end leads on. */
const tooLate = (group: Group, { now, mechanism }: Asked): { rejection: Rejection } | undefined =>
  now >= departureWindowOf(group, mechanism).to ? rejected('date-past', { field: 'departAt' }) : undefined;

const staleList = (
  { list }: Group,
  { version, hash }: { readonly version: number; readonly hash: Sha256 },
): { rejection: Rejection } | undefined =>
  version === list.version && hash === list.hash
    ? undefined
    : rejected('stale-list', { version: list.version });

function said(
  group: Group,
  of: { readonly version: number; readonly hash: Sha256 },
  asked: Asked,
  events: (party: string) => GroupEvent[],
): Outcome {
  const party = speakerOf(asked);
  // Not every host or escort organisation has a child on this list.
  if (!group.asked.includes(party)) return rejected('not-your-command');
  return staleList(group, of) ?? events(party);
}

/** Who travels together drops out together. */
const siblingsDropped = (
  gone: readonly CaseId[],
  travellers: readonly CaseId[],
  { members }: Asked,
): GroupEvent[] =>
  travellers
    .filter((member) => !gone.includes(member))
    .filter((member) => needs(member, members).some((sibling) => gone.includes(sibling)))
    .map((member) => ({ type: 'MemberDropped', member, reason: 'sibling' }));

/** As `tiedTo`, of siblings who can travel no more as well. */
function needs(member: CaseId, members: Members): CaseId[] {
  const found = new Set([member]);
  for (const id of found) for (const sibling of members.get(id)?.siblings ?? []) found.add(sibling);
  return [...found];
}

/** Of whom it is said: whose own case takes it, but for those that are named. */
function spokenFor(
  group: Group,
  except: readonly CaseId[] = [],
  { answers }: Asked,
): { readonly cases: readonly CaseId[] } | { rejection: Rejection } {
  const movement = movementOf(group);
  if (except.some((id) => !movement.includes(id))) return rejected('unknown-case', { field: 'except' });
  return {
    cases: movement.filter((id) => !except.includes(id) && answers?.has(id) && answers.get(id) === undefined),
  };
}
/** Never after now, nor before they set out. */
function happenedIn({ departure }: Group, at: Instant | undefined, { now }: Asked): Instant | undefined {
  const from = departure?.at ?? now;
  return at === undefined || at >= now ? undefined : at < from ? from : at;
}

/** Who is no longer agreed after the freeze, or closed, is off the list, with siblings; and what time asks. */
function beforeDepartureOf(group: Group, asked: Asked): GroupEvent[] {
  const travellers = travellersOf(group);
  const gone = travellers.flatMap((member): Extract<GroupEvent, { type: 'MemberDropped' }>[] => {
    const status = asked.members.get(member);
    if (!status || status.isClosed || status.hasDeparted)
      return [{ type: 'MemberDropped', member, reason: 'case-closed' }];
    return group.frozenAt !== undefined && !status.isAgreed
      ? [{ type: 'MemberDropped', member, reason: 'no-longer-agreed' }]
      : [];
  });
  if (gone.length > 0)
    return [
      ...gone,
      ...siblingsDropped(
        gone.map(({ member }) => member),
        travellers,
        asked,
      ),
    ];
  const noted = hindrancesNoted(group, asked.members, asked.mechanism);
  return noted.length > 0 ? noted : remindersDueOf(group, asked.mechanism, asked.now);
}

function arrivedOf(group: Group, departed: readonly CaseId[], asked: Asked): GroupEvent[] {
  const known = new Set(group.safe.map((each) => each.case));
  const arrived = departed.filter(
    (member) => !known.has(member) && asked.members.get(member)?.isSafe !== false,
  );
  // A case that was closed on the way is never safe and never comes: it ends the group's silence all the same.
  const isOver = departed.every(
    (member) => known.has(member) || arrived.includes(member) || asked.members.get(member)?.isClosed,
  );
  return [
    ...arrived.map((member): GroupEvent => ({ type: 'MemberSafe', member })),
    ...(isOver ? [{ type: 'GroupCompleted' } as const] : []),
    ...(arrived.length === 0 && !isOver ? remindersDueOf(group, asked.mechanism, asked.now) : []),
  ];
}

const sayIn =
  (group: Group, asked: Asked): Say =>
  (party, word) =>
    ruled(group, word, { ...asked, speaksFor: party });
const speakerOf = (asked: Asked): PartyId => asked.speaksFor ?? officialOf(asked).party;

function officialOf({ actor }: Asked): OfficialActor {
  if (isOfficial(actor)) return actor;
  throw new Error('the command table admits only officials here');
}
