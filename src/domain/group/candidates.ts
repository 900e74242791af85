/**
 * Who could travel together: proposed by the rules, decided by the mediator. Families are taken whole. A family fits a day on
 * which each of its children may set out by its plan's window and no approval has ended. Only days on which a family's own begin
 * are tried: who can travel together on any day can do so on one of these. Where not all have room, `choosing.ts` finds the best.
 * Everybody who is on none of the lists is told of, with the reason.
 */
import { addDuration, dateOf } from '../calendar/time';
import type { Instant, LocalDate } from '../calendar/time';
import type { CaseId } from '../model/ids';
import type { GateBlocker } from '../model/rejections';
import { chosen } from './choosing';
import type { Load, Room } from './choosing';
import { escortsFor } from './escorts';
import { isWaiting } from './member';
import type { MemberStatus, Members } from './member';

/** Why a child is on no list: `no-room` beside those who were chosen; `not-yet` within the days asked for; `other-list`, not shown. */
export const misfits = [
  'not-agreed',
  'in-other-group',
  'sibling-does-not-fit',
  'window-over',
  'no-common-day',
  'no-seat',
  'no-escort',
  'no-room',
  'not-yet',
  'other-list',
] as const;
export type Misfit = (typeof misfits)[number];

export interface Candidates {
  /** Best first: those with most children. */
  readonly lists: readonly CandidateList[];
  readonly apart: readonly {
    readonly case: CaseId;
    readonly why: Misfit;
    readonly siblings?: readonly CaseId[];
  }[];
}
export interface CandidateList {
  readonly date: LocalDate;
  /** At least so many these children need between them, as far as is known of each; 0 where the rules ask for no ratio. */
  readonly escorts: number;
  readonly members: readonly CandidateMember[];
}
export interface CandidateMember {
  readonly case: CaseId;
  /** What still keeps the child from setting out; may be settled until then. */
  readonly blockers: readonly GateBlocker[];
  /** The day on which the first of its approvals ends. */
  readonly approvedUntil?: Instant;
  /** Last day of its plan's window. */
  readonly until: LocalDate;
  /** Last day of its escort's credential, where that is within the window: renewed, or another escort, for any later day. */
  readonly escortUntil?: LocalDate;
  /** Who travels with it or not at all. */
  readonly siblings?: readonly CaseId[];
}

/** `seats`: children who can travel at once; `escorts`: who can be sent with them. */
export interface CandidateQuestion extends Room {
  readonly now: Instant;
  /** Days looked ahead. */
  readonly days: number;
  /** At most so many lists. */
  readonly lists: number;
}

interface Family extends Load {
  readonly members: readonly MemberStatus[];
  /** Days on which all of them may set out; empty where there is none. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** `members`: all whose return is agreed, and everybody a sibling ties to one of them. */
export function candidatesOf(members: Members, { now, days, lists, ...room }: CandidateQuestion): Candidates {
  const families = familiesOf(members);
  const apart: Candidates['apart'][number][] = [];
  const fit: Family[] = [];
  for (const family of families) {
    const why = misfitOf(family);
    if (!why) {
      const dated = daysOf(family, now);
      if (dated.from > dated.to)
        apart.push(...apartAs(family, dated.to < dateOf(now) ? 'window-over' : 'no-common-day'));
      else if (family.length > (room.seats ?? Infinity)) apart.push(...apartAs(family, 'no-seat'));
      else if (escortsFor(family) > (room.escorts ?? Infinity)) apart.push(...apartAs(family, 'no-escort'));
      else fit.push(dated);
    } else
      for (const each of family) {
        const own = misfitOf([each]);
        if (own !== 'not-agreed' || each.isAgreed)
          apart.push({
            case: each.case,
            why: own ?? 'sibling-does-not-fit',
            ...(family.length > 1 && { siblings: others(family, each) }),
          });
        else if (family.length > 1)
          apart.push({ case: each.case, why: 'not-agreed', siblings: others(family, each) });
      }
  }
  const last = dateOf(addDuration(now, `P${days}D`));
  const starts = [...new Set(fit.map(({ from }) => from))].filter((date) => date <= last).sort();
  const proposed = starts
    .map((date) => ({ date, families: aboard(fit, date, room) }))
    .filter(({ families: taken }) => taken.length > 0)
    .sort(
      (one, other) => countOf(other.families) - countOf(one.families) || (one.date < other.date ? -1 : 1),
    );
  const all = distinct(proposed);
  const shown = casesOn(all.slice(0, lists));
  const further = casesOn(all.slice(lists));
  for (const { members: family, from } of fit) {
    if (family.some((each) => shown.has(each.case))) continue;
    const isOnOther = family.some((each) => further.has(each.case));
    apart.push(...apartAs(family, isOnOther ? 'other-list' : from > last ? 'not-yet' : 'no-room'));
  }
  return { lists: all.slice(0, lists), apart };
}
const casesOn = (lists: readonly CandidateList[]): ReadonlySet<CaseId> =>
  new Set(lists.flatMap(({ members }) => members.map((member) => member.case)));

const others = (family: readonly MemberStatus[], self: MemberStatus): CaseId[] =>
  family.filter((each) => each !== self).map((each) => each.case);

/** Each child that could still travel, with all whom siblings tie to it. */
function familiesOf(members: Members): MemberStatus[][] {
  const left = new Map([...members].filter(([, member]) => isWaiting(member)));
  const families: MemberStatus[][] = [];
  const linked = new Map<CaseId, CaseId[]>();
  for (const { case: id, siblings } of left.values())
    for (const sibling of siblings) {
      linked.set(id, [...(linked.get(id) ?? []), sibling]);
      linked.set(sibling, [...(linked.get(sibling) ?? []), id]);
    }
  for (const first of [...left.keys()]) {
    if (!left.has(first)) continue;
    const found = new Set([first]);
    for (const each of found)
      for (const other of linked.get(each) ?? []) if (left.has(other)) found.add(other);
    families.push([...found].flatMap((id) => left.get(id) ?? []));
    for (const id of found) left.delete(id);
  }
  return families;
}

const misfitOf = (family: readonly MemberStatus[]): Misfit | undefined =>
  family.some(({ group }) => group !== undefined)
    ? 'in-other-group'
    : family.some(({ isAgreed, window }) => !isAgreed || !window)
      ? 'not-agreed'
      : undefined;

function daysOf(family: readonly MemberStatus[], now: Instant): Family {
  const latest = (dates: readonly LocalDate[]): LocalDate =>
    dates.reduce((one, other) => (one > other ? one : other));
  const first = (dates: readonly LocalDate[]): LocalDate =>
    dates.reduce((one, other) => (one < other ? one : other));
  return {
    members: family,
    size: family.length,
    perEscort: family.map(({ perEscort = 0 }) => perEscort),
    from: latest([dateOf(now), ...family.flatMap(({ window }) => window?.from ?? [])]),
    to: first(
      family.flatMap(({ window, approvedUntil }) => [
        ...(window ? [window.to] : []),
        ...(approvedUntil === undefined ? [] : [dateOf(approvedUntil)]),
      ]),
    ),
    isUrgent: family.some(({ isUrgent }) => isUrgent),
  };
}

/** In turn: the urgent first, then those whose time is up first. */
const aboard = (families: readonly Family[], date: LocalDate, room: Room): Family[] =>
  chosen(families.filter(({ from, to }) => from <= date && date <= to).sort(inTurn), room);
const inTurn = (one: Family, other: Family): number =>
  Number(other.isUrgent) - Number(one.isUrgent) || (one.to < other.to ? -1 : Number(one.to > other.to));

const countOf = (families: readonly Family[]): number =>
  families.reduce((sum, { members }) => sum + members.length, 0);

/** Of two days with the same children the earlier, which comes first. */
function distinct(
  all: readonly { readonly date: LocalDate; readonly families: readonly Family[] }[],
): CandidateList[] {
  const seen = new Set<string>();
  return all.flatMap(({ date, families }) => {
    const members = families.flatMap(({ members: family }) =>
      family.map((member) => asCandidate(member, others(family, member))),
    );
    const key = members
      .map((member) => member.case)
      .sort()
      .join();
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ date, escorts: escortsFor(families.flatMap((family) => family.members)), members }];
  });
}

const asCandidate = (
  { case: id, blockers, approvedUntil, window, escortUntil }: MemberStatus,
  siblings: readonly CaseId[],
): CandidateMember => ({
  case: id,
  blockers,
  until: window?.to ?? '',
  ...(approvedUntil !== undefined && { approvedUntil }),
  ...(escortUntil !== undefined && window && escortUntil < window.to && { escortUntil }),
  ...(siblings.length > 0 && { siblings }),
});

const apartAs = (family: readonly MemberStatus[], why: Misfit): Candidates['apart'][number][] =>
  family.map((each) => ({
    case: each.case,
    why,
    ...(family.length > 1 && { siblings: others(family, each) }),
  }));
