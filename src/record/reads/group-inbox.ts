/** What is owed to groups, for the same inboxes as what is owed in cases: few, so they are read whole and counted here. */
import type { GroupDutyKind } from '../../domain/group/duties';
import type { GroupCommandType, GroupId } from '../../domain/group/group';
import type { GroupState } from '../../domain/model/groups';
import type { OfficialId, PartyId } from '../../domain/model/ids';
import type { Role } from '../../domain/model/parties';
import { millisecondsBetween } from '../../domain/calendar/time';
import type { Instant } from '../../domain/calendar/time';
import type { Statement } from '../postgres/transaction';
import type { CaseReader } from '../store/reader';
import type { CountRow } from './inbox-counts';
import { isInScope } from './inbox-entries';

export interface GroupEntry {
  readonly group: GroupId;
  readonly state: GroupState;
  readonly departAt: Instant;
  /** On the list, of the cases that are the party's. */
  readonly children: number;
  readonly key: string;
  readonly kind: GroupDutyKind;
  /** The party whose word it is about, where that is not who owes it. */
  readonly subject?: PartyId;
  readonly party: PartyId;
  readonly roles: readonly Role[];
  readonly since: Instant;
  readonly due: Instant;
  readonly overdue: boolean;
  readonly commands: readonly GroupCommandType[];
}
export type GroupEntryRow = Omit<GroupEntry, 'subject'> & { readonly subject: PartyId | null };
export interface GroupFilter {
  readonly overdue?: boolean;
  readonly dueBefore?: Instant;
  /** Of groups with a case that one of these has, or is deputy of. */
  readonly officers?: readonly OfficialId[];
}

/** Of `owed_to_groups d`. */
export const groupEntryColumns = (now: string): string => `
  d.group_id as "group", d.state, d.depart_at as "departAt", d.key, d.kind, d.subject, d.party, d.roles, d.since, d.due,
  d.due < ${now} as overdue, d.commands,
  (select count(*) from group_members m join cases c on c.id = m.case_id
    where m.group_id = d.group_id and d.party = any (c.parties))::integer as children`;
export const groupEntryOf = ({ subject, ...row }: GroupEntryRow): GroupEntry => ({
  ...row,
  ...(subject !== null && { subject }),
});

/** More than a party has in years. */
const readAtMost = 500;

export function owedToGroups(
  { mechanism, party }: Pick<CaseReader, 'mechanism' | 'party'>,
  { overdue, dueBefore, officers }: GroupFilter,
  now: Instant,
): Statement {
  const values: unknown[] = [mechanism, party, now];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const ofOfficers = (ids: string): string => `exists (
    select from group_members m join cases c on c.id = m.case_id
     where m.group_id = d.group_id and (c.officer = any (${ids}::text[]) or c.deputy = any (${ids}::text[])))`;
  const conditions = [
    'd.mechanism_id = $1 and d.party = $2',
    ...(overdue === undefined ? [] : [`(d.due < $3::timestamptz) = ${given(overdue)}`]),
    ...(dueBefore === undefined ? [] : [`d.due < ${given(dueBefore)}::timestamptz`]),
    ...(officers === undefined ? [] : [ofOfficers(given(officers))]),
  ];
  const text = `select ${groupEntryColumns('$3::timestamptz')} from owed_to_groups d
                 where ${conditions.join(' and ')} order by d.due, d.group_id, d.key limit ${readAtMost}`;
  return { text, values };
}

const weekMs = 7 * 86_400_000;
/** `entries` are in the reader's inbox. */
export function countEntries(
  entries: readonly Pick<GroupEntry, 'due' | 'roles'>[],
  reader: Pick<CaseReader, 'roles' | 'lent'>,
  now: Instant,
): CountRow {
  const number = (is: (entry: Pick<GroupEntry, 'due' | 'roles'>) => boolean): number =>
    entries.filter(is).length;
  return {
    total: entries.length,
    overdue: number(({ due }) => due < now),
    ...{ safety: 0, paused: 0 },
    dueThisWeek: number(({ due }) => due >= now && millisecondsBetween(now, due) <= weekMs),
    delegated: number((entry) => isInScope(entry, reader, 'delegated')),
  };
}
