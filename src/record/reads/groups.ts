/** Groups as they are read: one with what its members' own cases say, the list of them, and who could travel together. */
import type { Pool, PoolClient } from 'pg';
import { candidatesOf } from '../../domain/group/candidates';
import type { CandidateQuestion, Candidates } from '../../domain/group/candidates';
import type { MemberCase } from '../../domain/group/departure';
import { gateBlockersOf } from '../../domain/facts/gate';
import type { Group, GroupEvent, GroupId, RecordedGroupEvent } from '../../domain/group/group';
import type { GroupState } from '../../domain/model/groups';
import type { Members, MemberStatus } from '../../domain/group/member';
import type { CaseId, PartyId } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import type { Instant } from '../../domain/calendar/time';
import type { CaseCache, StreamCache } from '../store/case-cache';
import { readStream } from '../store/case-reader';
import { groupShape } from '../store/group-shape';
import type { Mechanisms } from '../store/mechanisms';
import { engagedElsewhere } from '../../domain/facts/engagements';
import { listMayTravel, readFamilies, readMembers } from '../store/members';
import type { CaseReader } from '../store/reader';
import { query, retrying } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

export interface LoadedGroup {
  readonly group: Group;
  readonly rules: MechanismRules;
  /** Of everybody on the list, and of whoever a sibling ties to one of them. */
  readonly members: Members;
  readonly events: readonly RecordedGroupEvent[];
  readonly now: Instant;
}
/** What its process is told: of each child no more than codes. */
export interface GroupOfProcess {
  readonly group: Group;
  readonly rules: MechanismRules;
  readonly children: readonly (Pick<MemberStatus, 'case' | 'stage' | 'care'> & {
    readonly blockers: number;
  })[];
}
export interface ListedGroup {
  readonly id: GroupId;
  readonly state: GroupState;
  readonly departAt: Instant;
  readonly children: number;
  readonly waitingOn: readonly PartyId[];
  readonly due: Instant | null;
}

interface Parts {
  readonly cache: CaseCache;
  readonly groups: StreamCache<Group>;
  readonly mechanisms: Mechanisms;
}

/** With what will keep it at the hour of the list, where that is still to come. */
function untilDeparture({ judged, rules, status }: MemberCase, { list }: Group, now: Instant): MemberStatus {
  if (list.departAt <= now) return status;
  const engaged = status.blockers.filter(({ blocker }) => blocker === engagedElsewhere.blocker);
  const isPlannedBefore =
    judged.legs.length > 0 && judged.legs.every(({ arriveAt }) => arriveAt <= list.departAt);
  return {
    ...status,
    atDeparture: [
      ...gateBlockersOf(judged, rules, list.departAt),
      ...engaged,
      // Of a list that was put off: its legs are those of an earlier day.
      ...(isPlannedBefore ? [{ blocker: 'legs-missing' } as const] : []),
    ],
  };
}

/** The newest first; more than an office has in years. */
const maxListed = 500;

export function createGroups(pool: Pool, parts: Parts) {
  const load = async (
    client: PoolClient,
    id: GroupId,
    knownVersion: number,
    before: readonly Statement[] = [],
  ): Promise<LoadedGroup | undefined> => {
    const asked = { id, knownVersion, commandId: null };
    const { reading } = await readStream<Group, GroupEvent>(client, groupShape, parts.groups, asked, before);
    const { state: group, head } = reading;
    if (!group || !head) return undefined;
    parts.groups.keep(id, { state: group, head });
    const ids = await readFamilies(client, group.list.members);
    const { now, cases } = await readMembers(client, parts, ids, reading.now);
    const members = new Map([...cases].map(([each, member]) => [each, untilDeparture(member, group, now)]));
    const rules = await parts.mechanisms.rulesOfGroup(client, group);
    return { group, rules, members, events: reading.events, now };
  };

  return {
    /** With all its events. */
    load: (id: GroupId): Promise<LoadedGroup | undefined> => retrying(pool, (client) => load(client, id, 0)),
    /** For the group's process; `before` goes first, in the same packet. */
    loadForProcess: (id: GroupId, before: readonly Statement[]): Promise<GroupOfProcess | undefined> =>
      retrying(pool, async (client) => {
        const found = await load(client, id, Number.MAX_SAFE_INTEGER, before);
        if (!found) return undefined;
        const { group, rules, members } = found;
        const children = group.list.members.flatMap((member) => {
          const status = members.get(member);
          return status
            ? [{ case: member, stage: status.stage, care: status.care, blockers: status.blockers.length }]
            : [];
        });
        return { group, rules, children };
      }),

    /** Those in which the reader's party has a child; a draft is the mediator's alone. */
    list: (reader: CaseReader): Promise<ListedGroup[]> =>
      retrying(pool, async (client) => {
        const { rows } = await query<ListedGroup & Record<string, unknown>>(client, {
          name: 'list-groups',
          text: `select g.id, g.state, g.depart_at as "departAt", g.waiting_on as "waitingOn", g.due,
                        (select count(*) from group_members m join cases c on c.id = m.case_id
                          where m.group_id = g.id and $2 = any (c.parties))::integer as children
                   from groups g
                  where g.mechanism_id = $1
                    and ($3 or g.state <> 'drafting' and exists (
                          select from group_members m join cases c on c.id = m.case_id
                           where m.group_id = g.id and $2 = any (c.parties)))
                  order by g.depart_at desc, g.id limit ${maxListed}`,
          values: [reader.mechanism, reader.party, reader.kind === 'mediator'],
        });
        return rows;
      }),

    /** The groups that have set out, of those of these cases that travel with one. */
    underWay: (ids: readonly CaseId[]): Promise<ReadonlyMap<CaseId, GroupId>> =>
      retrying(pool, async (client) => {
        const { rows } = await query<{ case: CaseId; group: GroupId }>(client, {
          name: 'groups-under-way',
          text: `select m.case_id as "case", m.group_id as "group"
                   from group_members m join groups g on g.id = m.group_id
                  where m.case_id = any ($1::text[]) and m.travels and g.state = 'departed'`,
          values: [ids],
        });
        return new Map(rows.map(({ case: id, group }) => [id, group]));
      }),

    /** The open group that a case of the reader's travels with; in a draft it is for the mediator alone. */
    ofCase: (reader: CaseReader, id: CaseId): Promise<GroupId | undefined> =>
      retrying(pool, async (client) => {
        const { rows } = await query<{ id: GroupId }>(client, {
          name: 'group-of-case',
          text: `select g.id
                   from group_members m
                   join groups g on g.id = m.group_id
                   join cases c on c.id = m.case_id
                  where m.case_id = $1 and m.travels
                    and ($3 or g.state <> 'drafting' and $2 = any (c.parties))`,
          values: [id, reader.party, reader.kind === 'mediator'],
        });
        return rows[0]?.id;
      }),

    /** Open ones, for whoever sees to it that each has its process. */
    listOpen: (): Promise<GroupId[]> =>
      retrying(pool, async (client) => {
        const { rows } = await query<{ id: GroupId }>(client, {
          name: 'list-open-groups',
          text: `select id from groups where state not in ('completed', 'aborted') order by id`,
        });
        return rows.map(({ id }) => id);
      }),

    candidates: (mechanism: string, asked: Omit<CandidateQuestion, 'now'>): Promise<Candidates> =>
      retrying(pool, async (client) => {
        const ids = await readFamilies(client, await listMayTravel(client, mechanism));
        const { now, cases } = await readMembers(client, parts, ids, '');
        const members = new Map([...cases].map(([id, { status }]) => [id, status]));
        return candidatesOf(members, { ...asked, now });
      }),
  };
}
