/**
 * Who could travel together: proposed by the rules, decided by the mediator. Families are taken whole. A family fits a day on
 * which each of its children may set out by its plan's window and no approval has ended. A day takes families in the order of
 * urgency and then of who has waited longest, as far as there are seats. Exact for the families of one day: each is tried once.
 */
import { addDuration, dateOf } from '../calendar/time';
import type { Instant, LocalDate } from '../calendar/time';
import type { CaseId } from '../model/ids';
import type { GateBlocker } from '../model/rejections';
import { escortsFor } from './escorts';
import { isWaiting } from './member';
import type { MemberStatus, Members } from './member';

/** Why a child is on no list. */
export const misfits = [
  'not-agreed',
  'in-other-group',
  'sibling-does-not-fit',
  'window-over',
  'no-common-day',
  'no-seat',
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
  /** So many these children need between them, by the ratio of the rules; 0 where those ask for none. */
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

export interface CandidateQuestion {
  readonly now: Instant;
  /** Children who can travel at once; no bound unless given. */
  readonly seats?: number;
  /** Days looked ahead. */
  readonly days: number;
  /** At most so many lists. */
  readonly lists: number;
}

interface Family {
  readonly members: readonly MemberStatus[];
  /** Days on which all of them may set out; empty where there is none. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly isUrgent: boolean;
}

/** `members`: all whose return is agreed, and everybody a sibling ties to one of them. */
export function candidatesOf(members: Members, { now, seats, days, lists }: CandidateQuestion): Candidates {
  const families = familiesOf(members);
  const apart: Candidates['apart'][number][] = [];
  const fit: Family[] = [];
  for (const family of families) {
    const why = misfitOf(family);
    if (!why) {
      const dated = daysOf(family, now);
      if (dated.from > dated.to)
        apart.push(...apartAs(family, dated.to < dateOf(now) ? 'window-over' : 'no-common-day'));
      else if (seats !== undefined && family.length > seats) apart.push(...apartAs(family, 'no-seat'));
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
    .map((date) => ({ date, families: aboard(fit, date, seats) }))
    .filter(({ families: taken }) => taken.length > 0)
    .sort(
      (one, other) => countOf(other.families) - countOf(one.families) || (one.date < other.date ? -1 : 1),
    );
  return { lists: distinct(proposed).slice(0, lists), apart };
}

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

/** The urgent first, then those whose time is up first; a family that finds no room lets the next one try. */
function aboard(families: readonly Family[], date: LocalDate, seats = Number.MAX_SAFE_INTEGER): Family[] {
  const taken: Family[] = [];
  let free = seats;
  const able = families.filter(({ from, to }) => from <= date && date <= to);
  for (const family of able.sort(inTurn)) {
    if (family.members.length > free) continue;
    taken.push(family);
    free -= family.members.length;
  }
  return taken;
}
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
