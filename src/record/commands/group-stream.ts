/**
 * A group on its way through the record's entry point. The departure, and an escort's sign of life on the way, are written to its
 * members, too: every member and every sibling of one is locked, each is asked by the rules of its own case, and all of whom it is
 * true are written with the group in this one transaction.
 */
import type { PoolClient } from 'pg';
import { bodyHash, canonicalHash, sealEnvelope } from '../../contracts/seal';
import { decideGroup } from '../../domain/group/decide';
import type { GroupContext } from '../../domain/group/decide';
import { departureOf, gatesOf } from '../../domain/group/departure';
import type { Departing } from '../../domain/group/departure';
import { evolveGroup } from '../../domain/group/evolve';
import { mayKnow, travellersOf } from '../../domain/group/facts';
import { answerOf, answersTo, orderOf } from '../../domain/group/orders';
import type { Group, GroupCommand, GroupCommandType, GroupEvent } from '../../domain/group/group';
import type { Members } from '../../domain/group/member';
import type { Verdict } from '../../domain/decide/rule-context';
import type { Command, CommandEnvelope } from '../../domain/model/commands';
import type { CaseId } from '../../domain/model/ids';
import { findParty } from '../../domain/model/mechanism';
import { isOfficial } from '../../domain/model/parties';
import type { Actor } from '../../domain/model/parties';
import { rejected } from '../../domain/model/rejections';
import type { Rejection } from '../../domain/model/rejections';
import type { Engagement, UnderWay } from '../../domain/facts/engagements';
import { lockEngagements } from '../store/engagements';
import { eventRowOf, writeRecordings } from './append';
import type { Recording } from './append';
import { findInDoubt } from './case-stream';
import { prepareRecording } from './recording';
import type { Prepared } from './recording';
import { doubtsAbout, noteDoubts } from './self-check';
import { refuse, refuseAfterAll, resultOf, submitTo } from './submit';
import type { Judged, LockedSubmission, StreamKind } from './submit';
import { cancelGroupNotices, groupOutboxRowsOf, impliedByGroup } from '../projections/groups';
import { writeOutbox } from '../projections/projection';
import { readStream } from '../store/case-reader';
import { groupShape } from '../store/group-shape';
import { lockFamilies, readFamilies, readMembers } from '../store/members';
import type { MemberCases } from '../store/members';
import type { News, Receipt, Submitted } from '../store/submission';
import { begin as beginTransaction } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

interface Locked extends Pick<MemberCases, 'cases'> {
  readonly underWay?: UnderWay;
}
type GroupSubmission = LockedSubmission<Group, GroupCommand, GroupEvent, Locked>;

/** They rest on what is so of the members: none of it moves meanwhile. */
const lockMembers: readonly GroupCommandType[] = [
  'draftGroup',
  'changeList',
  'freezeList',
  'departGroup',
  'checkIn',
  'sayForAll',
];

const lockGroup = (id: string): Statement => ({
  name: 'lock-group',
  text: 'select id from groups where id = $1 for update',
  values: [id],
});

const membersOf = ({ cases }: Locked): Members => new Map([...cases].map(([id, { status }]) => [id, status]));

const groupStream: StreamKind<Group, GroupCommand, GroupEvent, Locked> = {
  notFound: 'group-not-found',
  cacheOf: ({ groups }) => groups,

  async begin(door, client, { id, case: group, command }, { knownVersion }) {
    const asked = { id: group, knownVersion, commandId: id };
    const { reading } = await readStream(client, groupShape, door.groups, asked, [
      beginTransaction,
      lockGroup(group),
    ]);
    const named = 'members' in command ? command.members : [];
    const cases = [...new Set([...(reading.state?.list.members ?? []), ...named])];
    const find = lockMembers.includes(command.type) ? lockFamilies : readFamilies;
    const families = await find(client, cases);
    const { now, ...locked } = await readMembers(client, door, families, reading.now);
    // After the cases, as for a child who leaves alone.
    const underWay =
      command.type === 'departGroup'
        ? { movement: group, engaged: await lockEscortsOf(client, locked) }
        : undefined;
    return { ...reading, now, locked: { ...locked, ...(underWay && { underWay }) } };
  },

  async rulesFor({ client, mechanisms, envelope, options, reading: { state } }) {
    if (state) return mechanisms.rulesOfGroup(client, state);
    if (envelope.command.type !== 'draftGroup' || !options.asker) return undefined;
    return (await mechanisms.latestOn(client, options.asker.mechanism))?.rules;
  },

  isOf: (group, rules, { mechanism, party }, { reading: { locked } }) =>
    rules.id === mechanism &&
    (group === undefined ||
      mayKnow(group, findParty(rules, party)?.kind === 'mediator', party, membersOf(locked))),

  decide(taken, { state: group, rules, actor, now }) {
    const { envelope, reading } = taken;
    const context: GroupContext = {
      now,
      mechanism: rules,
      members: membersOf(reading.locked),
      hashOf: canonicalHash,
    };
    const { command } = envelope;
    const judge = (more: Pick<GroupContext, 'gates' | 'answers'> = {}) =>
      asStored(decideGroup(group, { ...envelope, actor }, { ...context, ...more }));
    const departing = departingOf(reading, actor);
    const answers = group && answersTo(command, group, departing);
    if (answers) return Promise.resolve(judge({ answers }));
    if (command.type !== 'departGroup' || !group) return Promise.resolve(judge());
    return findDoubted(taken).then((inDoubt) =>
      judge({ gates: gatesOf(travellersOf(group), departing, inDoubt) }),
    );
  },

  /** What is wrong with a child's own record keeps that child; what is wrong with the group's keeps all. */
  async isInDoubt({ client, envelope, sealKeys, mechanisms }, { state: group }) {
    if (envelope.command.type !== 'departGroup' || !group) return false;
    const stream = { kind: 'group', id: group.id } as const;
    const doubts = await doubtsAbout(client, stream, sealKeys);
    if (doubts.length > 0) await noteDoubts(client, stream, doubts);
    return doubts.length > 0 || !(await mechanisms.areVouchedFor(client, group));
  },

  record: recordGroup,
};

export const submitToGroup = submitTo(groupStream);

/** Children and siblings whose record is not as it was written, or by whose mechanism nobody may depart. */
async function findDoubted({
  client,
  mechanisms,
  sealKeys,
  reading: {
    locked: { cases },
  },
}: GroupSubmission): Promise<CaseId[]> {
  const found = await findInDoubt(client, [...cases.keys()], sealKeys);
  for (const [id, { state }] of cases)
    if (!found.includes(id) && !(await mechanisms.areVouchedFor(client, state))) found.push(id);
  return found;
}

/** Optional fields carried as undefined would be there in memory and gone in the record. */
const asStored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

const lockEscortsOf = async (
  client: PoolClient,
  { cases }: Pick<MemberCases, 'cases'>,
): Promise<Engagement[]> => {
  const asking = [...cases.values()].filter(({ rules }) => rules.escortsEngagedOnce === true);
  const escorts = asking.flatMap(({ state }) => state.escort?.official ?? []);
  // A group is of one mechanism.
  return lockEngagements(client, asking[0]?.rules.id ?? '', escorts);
};

const departingOf = ({ now, locked }: GroupSubmission['reading'], actor: Actor): Departing => ({
  ...locked,
  actor,
  now,
  hashPlan: canonicalHash,
});

async function recordGroup(
  taken: GroupSubmission,
  judged: Judged<Group>,
  events: readonly GroupEvent[],
): Promise<Submitted<Group, GroupEvent>> {
  const { client, envelope, bodyHash: hash, options, reading, sealKeys, groups, cache } = taken;
  const { state: before, rules, actor, now } = judged;
  const recorded = events.map((event, index) => ({
    ...{ case: envelope.case, version: (before?.version ?? 0) + index + 1, at: now, actor, event },
    commandId: envelope.id,
  }));
  const group = recorded.reduce<Group | undefined>(evolveGroup, before);
  if (!group) return refuse(taken, rejected('group-not-found').rejection);
  const receipt: Receipt = {
    ...{
      commandId: envelope.id,
      case: group.id,
      fromVersion: before?.version ?? 0,
      toVersion: group.version,
    },
    ...{ at: now, bodyHash: hash },
  };
  const news = newsOf(taken, group);
  const outbox = groupOutboxRowsOf(before, recorded, group, rules);
  const recording: Recording = {
    kind: 'group',
    envelope,
    receipt,
    events: recorded.map((each) => eventRowOf(each)),
    implied: [
      ...impliedByGroup(group, rules),
      ...(outbox.length > 0 ? [writeOutbox(outbox.map((row) => ({ ...row, status: 'pending' })))] : []),
      cancelGroupNotices(group, rules),
    ],
    notes: options.notes ?? [],
    ...(news && { news }),
  };
  const gone = await prepareMembers(taken, judged, events);
  if ('rejection' in gone) return refuseAfterAll(taken, gone.rejection);
  await writeRecordings(client, [recording, ...gone.map((each) => each.recording)], sealKeys[0]);
  groups.keep(group.id, { state: group, head: envelope.id });
  for (const { state, recording: each } of gone) cache.keep(state.id, { state, head: each.envelope.id });
  return {
    ...(await resultOf(taken, 'recorded', group, [...reading.events, ...recorded])),
    receipt,
    ...(news && { news }),
    others: gone.flatMap((each) => each.news ?? []),
  };
}

/** The process hears of what it did not bring here itself. */
function newsOf({ envelope, options: { route } }: GroupSubmission, { id, version }: Group): News | undefined {
  const { actor, command } = envelope;
  return route === 'edge' || route === 'upkeep'
    ? { case: id, version, command: command.type, ...(isOfficial(actor) && { party: actor.party }) }
    : undefined;
}

/** What an event of the group is in the own cases of those whom it is about. */
function ordersOf(
  events: readonly GroupEvent[],
  command: GroupCommand,
  departing: Departing,
): { readonly id: CaseId; readonly command: Command; readonly verdict: Verdict }[] {
  return events.flatMap((event) => {
    if (event.type === 'GroupDeparted')
      return event.departed.map((id) => ({
        ...{ id, command: { type: 'depart' } as const, verdict: departureOf(id, departing) },
      }));
    const order = orderOf(command);
    if (!order || (event.type !== 'CheckedIn' && event.type !== 'SaidForAll')) return [];
    return event.cases.map((id) => ({ id, command: order, verdict: answerOf(id, order, departing) }));
  });
}

/** What each child's own case records: the word of whoever sent it for the group, under a command id made of the group's. */
async function prepareMembers(
  taken: GroupSubmission,
  { actor, now }: Judged<Group>,
  events: readonly GroupEvent[],
): Promise<Prepared[] | { rejection: Rejection }> {
  const { client, mechanisms, envelope, reading, sealKeys } = taken;
  const prepared: Prepared[] = [];
  for (const { id, command: own, verdict } of ordersOf(
    events,
    envelope.command,
    departingOf(reading, actor),
  )) {
    const kept = reading.locked.cases.get(id);
    if (!kept || 'rejection' in verdict) throw new Error(`case ${id} takes no ${own.type}`);
    const { seal: _seal, expectedVersion: _version, expectedSeen: _seen, ...rest } = envelope;
    const command: CommandEnvelope = {
      ...rest,
      id: `${envelope.id}:${id}`,
      case: id,
      command: own,
    };
    const sealed = sealEnvelope(command, sealKeys[0]);
    const next = await prepareRecording(
      {
        client,
        mechanisms,
        envelope: sealed,
        actor,
        bodyHash: bodyHash(sealed),
        route: 'edge',
        notes: [],
        now,
      },
      kept.state,
      kept.rules,
      asStored(verdict.events),
    );
    if ('rejection' in next) return next;
    prepared.push(next);
  }
  return prepared;
}
