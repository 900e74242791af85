/**
 * Whom a notice goes to, by the newest version of the mechanism: people are no rules. Nothing is written to one who
 * has left or is away while somebody stands in for them.
 */
import { hasAnyRole } from '../../domain/model/parties';
import type { PlannedAbsence } from '../../contracts/absence';
import { findOfficial, officialsIn } from '../../contracts/mechanism/mechanism';
import type { Mechanism, MechanismOfficial } from '../../contracts/mechanism/mechanism';
import type { DigestTimes, QuietHours } from '../../contracts/mechanism/hours';
import type { OfficialId, PartyId } from '../../domain/model/ids';
import type { Role } from '../../domain/model/parties';
import type { Instant } from '../../domain/calendar/time';
import { noDaysOff } from './local-time';
import type { DaysOff } from './local-time';

/** What is not their own is their party's or the mechanism's. */
export type Receiver = Omit<MechanismOfficial, 'timeZone' | 'quietHours' | 'digest'> & {
  readonly timeZone: string;
  readonly quietHours: QuietHours;
  readonly digest: DigestTimes;
  readonly daysOff: DaysOff;
};

export interface Addressees {
  readonly party: PartyId;
  readonly roles: readonly Role[];
  /** The one person meant; the office only when they are gone without anybody in their place. */
  readonly official?: OfficialId;
}

/** An office without anybody is no reason for silence: then the whole party is told. Empty: there is nobody. */
export function receiversOf(
  mechanism: Mechanism,
  { party, roles, official }: Addressees,
  absences: readonly PlannedAbsence[],
  now: Instant,
): Receiver[] {
  const find = (among: readonly MechanismOfficial[]): Receiver[] => [
    ...new Map(
      among
        .map((each) => standInFor(mechanism, each, absences, now))
        .filter((each) => each !== undefined)
        .map((each) => [each.id, receiverOf(mechanism, each)]),
    ).values(),
  ];
  const named = mechanism.officials.filter(({ id }) => id === official);
  const office = mechanism.officials.filter((each) => each.party === party && hasAnyRole(each.roles, roles));
  for (const among of [named, office, officialsIn(mechanism, party)]) {
    const found = find(among);
    if (found.length > 0) return found;
  }
  return [];
}

/** Who is written to in an official's place: themselves, unless they left or are away. Undefined: nobody. */
export function standInFor(
  mechanism: Mechanism,
  official: MechanismOfficial,
  absences: readonly PlannedAbsence[],
  now: Instant,
): MechanismOfficial | undefined {
  let current: MechanismOfficial | undefined = official;
  let last: MechanismOfficial | undefined;
  // Each is passed once: two who stand in for one another are both away, and the last of them is written to.
  for (const passed = new Set<OfficialId>(); current && !passed.has(current.id);) {
    passed.add(current.id);
    if (current.active) last = current;
    const { id } = current;
    const absence = absences.find((each) => each.official === id && each.from <= now && now < each.until);
    const next: OfficialId | undefined = current.active ? absence?.deputy : current.replacedBy;
    if (next === undefined) break;
    current = findOfficial(mechanism, next);
  }
  return last;
}

export function receiverOf(mechanism: Mechanism, official: MechanismOfficial): Receiver {
  const party = mechanism.parties.find(({ id }) => id === official.party);
  return {
    ...official,
    timeZone: official.timeZone ?? party?.timeZone ?? 'UTC',
    quietHours: official.quietHours ?? mechanism.quietHours,
    digest: official.digest ?? mechanism.digest,
    daysOff: party?.calendar ?? noDaysOff,
  };
}
