/** The rows that a group's events imply; the transaction that appends and the rebuild write the same ones. */
import { groupStateOf, travellersOf } from '../../domain/group/facts';
import { groupDutiesOf, nextInstantOfGroup } from '../../domain/group/duties';
import { groupNoticesOf } from '../../domain/group/notices';
import type { Group, GroupCommandType, GroupId, RecordedGroupEvent } from '../../domain/group/group';
import type { GroupDutyKind } from '../../domain/group/duties';
import type { GroupState } from '../../domain/model/groups';
import type { CaseId, CommandId, PartyId } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import type { Role } from '../../domain/model/parties';
import type { Instant } from '../../domain/calendar/time';
import { outboxRowOf } from './projection';
import type { OutboxRow } from './projection';
import { writerOf } from '../postgres/row-statements';
import type { Statement } from '../postgres/transaction';

export interface GroupRow {
  readonly id: GroupId;
  readonly mechanism_id: string;
  readonly mechanism_version: number;
  readonly version: number;
  readonly head: CommandId;
  readonly opened_at: Instant;
  readonly last_at: Instant;
  readonly state: GroupState;
  readonly depart_at: Instant;
  readonly waiting_on: readonly PartyId[];
  readonly due: Instant | null;
  readonly next_at: Instant | null;
}
export interface GroupMemberRow {
  readonly group_id: GroupId;
  readonly case_id: CaseId;
  readonly position: number;
  readonly travels: boolean;
}
export interface GroupDutyRow {
  readonly group_id: GroupId;
  readonly key: string;
  readonly mechanism_id: string;
  readonly kind: GroupDutyKind;
  readonly subject: PartyId | null;
  readonly party: PartyId;
  readonly roles: readonly Role[];
  readonly since: Instant;
  readonly due: Instant;
  readonly commands: readonly GroupCommandType[];
}

export function groupRowOf(group: Group, rules: MechanismRules): GroupRow {
  const duties = groupDutiesOf(group, rules);
  return {
    id: group.id,
    mechanism_id: group.mechanism.id,
    mechanism_version: group.mechanism.version,
    version: group.version,
    head: group.lastCommand,
    opened_at: group.openedAt,
    last_at: group.lastAt,
    state: groupStateOf(group),
    depart_at: group.list.departAt,
    waiting_on: [...new Set(duties.map(({ party }) => party))],
    due: duties[0]?.due ?? null,
    next_at: nextInstantOfGroup(group, rules) ?? null,
  };
}

export function groupMemberRowsOf(group: Group): GroupMemberRow[] {
  const state = groupStateOf(group);
  const travellers = group.departure?.departed ?? travellersOf(group);
  const isOver = state === 'aborted' || state === 'completed';
  return group.list.members.map((id, index) => ({
    group_id: group.id,
    case_id: id,
    position: index + 1,
    travels: !isOver && travellers.includes(id),
  }));
}

export const groupDutyRowsOf = (group: Group, rules: MechanismRules): GroupDutyRow[] =>
  groupDutiesOf(group, rules).map(({ subject, ...duty }) => ({
    ...{ group_id: group.id, mechanism_id: group.mechanism.id, subject: subject ?? null },
    ...duty,
  }));

export const writeGroups = writerOf<GroupRow>({
  table: 'groups',
  columns: {
    id: 'text',
    mechanism_id: 'text',
    mechanism_version: 'integer',
    version: 'integer',
    head: 'text',
    opened_at: 'timestamptz',
    last_at: 'timestamptz',
    state: 'text',
    depart_at: 'timestamptz',
    waiting_on: 'text[]',
    due: 'timestamptz',
    next_at: 'timestamptz',
  },
  onConflict: { key: ['id'], then: 'update' },
});
export const writeGroupMembers = writerOf<GroupMemberRow>({
  table: 'group_members',
  columns: { group_id: 'text', case_id: 'text', position: 'integer', travels: 'boolean' },
});
export const writeGroupDuties = writerOf<GroupDutyRow>({
  table: 'group_duties',
  columns: {
    group_id: 'text',
    key: 'text',
    mechanism_id: 'text',
    kind: 'text',
    subject: 'text',
    party: 'text',
    roles: 'text[]',
    since: 'timestamptz',
    due: 'timestamptz',
    commands: 'text[]',
  },
});

/** What the events of one command tell whom. */
export const groupOutboxRowsOf = (
  before: Group | undefined,
  events: readonly RecordedGroupEvent[],
  after: Group,
  rules: MechanismRules,
): OutboxRow[] =>
  groupNoticesOf(before, events, after, rules).map((notice) =>
    outboxRowOf({ stream: after.id, version: after.version, at: after.lastAt }, notice),
  );

/** A reminder of what is met would only confuse. */
export const cancelGroupNotices = (group: Group, rules: MechanismRules): Statement => ({
  name: 'silence-group-reminders',
  text: `update outbox set status = 'silenced'
          where case_id = $1 and status in ('pending', 'routed', 'dead') and obligation <> all ($2::text[])`,
  values: [group.id, groupDutiesOf(group, rules).map(({ key }) => key)],
});

/** Members and duties are written anew as a whole: there are few, and what is no longer so must not stay behind. */
export const impliedByGroup = (group: Group, rules: MechanismRules): Statement[] => [
  writeGroups([groupRowOf(group, rules)]),
  { name: 'drop-group-members', text: 'delete from group_members where group_id = $1', values: [group.id] },
  writeGroupMembers(groupMemberRowsOf(group)),
  { name: 'drop-group-duties', text: 'delete from group_duties where group_id = $1', values: [group.id] },
  writeGroupDuties(groupDutyRowsOf(group, rules)),
];
