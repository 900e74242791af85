/**
 * An absence: who is away until when, and who stands in. Who may declare one, whom for, and which roles it lends are
 * settled here, by the newest version of the mechanism.
 */
import type { OfficialId, PartyId } from '../domain/model/ids';
import type { Role } from '../domain/model/parties';
import { addDuration } from '../domain/calendar/time';
import type { Instant } from '../domain/calendar/time';
import { findOfficial } from './mechanism/mechanism';
import type { Mechanism, MechanismOfficial } from './mechanism/mechanism';

export interface Absence {
  readonly id: string;
  readonly party: PartyId;
  readonly official: OfficialId;
  readonly deputy: OfficialId;
  readonly from: Instant;
  readonly until: Instant;
  readonly declaredBy: OfficialId;
  readonly declaredAt: Instant;
  readonly endedBy?: OfficialId;
  readonly endedAt?: Instant;
}
export type PlannedAbsence = Pick<Absence, 'official' | 'deputy' | 'from' | 'until'>;

/** Longer ones are a change of office, and that stands in the mechanism. */
export const absenceAtMost = 'P180D';
/** An absence may be declared so long ahead. */
const plannedAhead = 'P1Y';

/** Why an absence is not taken; stable codes, see `http-problem.ts`. */
export interface AbsenceFault {
  readonly code:
    | 'not-permitted'
    | 'unknown-official'
    | 'own-deputy'
    | 'deputy-lacks-role'
    | 'absence-overlaps'
    | 'deputy-absent'
    | 'deputised-meanwhile'
    | 'absence-too-long'
    | 'window-inverted'
    | 'date-past'
    | 'date-future';
  readonly field?: 'official' | 'deputy' | 'from' | 'until';
  /** Roles that can't be lent and that the deputy does not have. */
  readonly roles?: readonly Role[];
}

export const isRunning = ({ from, until, endedAt }: Absence, now: Instant): boolean =>
  from <= now && now < until && endedAt === undefined;

const lendable = (mechanism: Mechanism, { roles }: MechanismOfficial): Role[] =>
  roles.filter((role) => mechanism.lendableRoles.includes(role));

/** Roles that an official has for now from colleagues who are away, beyond their own. Nobody lends on what is lent. */
export function rolesLentTo(
  mechanism: Mechanism,
  id: OfficialId,
  absences: readonly Absence[],
  now: Instant,
): Role[] {
  const deputy = findOfficial(mechanism, id);
  if (!deputy?.active) return [];
  const lenders = absences
    .filter((absence) => absence.deputy === id && isRunning(absence, now))
    .map((absence) => findOfficial(mechanism, absence.official))
    .filter((lender) => lender?.active === true && lender.party === deputy.party);
  const lent = lenders.flatMap((lender) => (lender ? lendable(mechanism, lender) : []));
  return [...new Set(lent)].filter((role) => !deputy.roles.includes(role));
}

/**
 * For oneself; for a colleague who fell ill, by one who has every role of theirs, or by a lead of their party, who
 * then is not the deputy. So nobody can give themselves, or anybody else, what they were not trusted with.
 */
export function maySpeakFor(
  mechanism: Mechanism,
  by: OfficialId,
  { official, deputy }: Pick<Absence, 'official' | 'deputy'>,
): boolean {
  if (by === official) return true;
  const speaker = findOfficial(mechanism, by);
  const absentee = findOfficial(mechanism, official);
  if (!absentee || !speaker?.active || speaker.party !== absentee.party) return false;
  const hasAll = absentee.roles.every((role) => speaker.roles.includes(role));
  return hasAll || (speaker.roles.includes('lead') && by !== deputy);
}

/** `others`: absences of the same party that are not ended. */
export function findAbsenceFault(
  mechanism: Mechanism,
  by: OfficialId,
  planned: PlannedAbsence,
  others: readonly Absence[],
  now: Instant,
): AbsenceFault | undefined {
  return (
    faultOfPeople(mechanism, by, planned) ?? faultOfTimes(planned, now) ?? faultBesideOthers(planned, others)
  );
}

function faultOfPeople(
  mechanism: Mechanism,
  by: OfficialId,
  planned: PlannedAbsence,
): AbsenceFault | undefined {
  const party = findOfficial(mechanism, by)?.party;
  const colleague = (id: OfficialId): MechanismOfficial | undefined => {
    const found = findOfficial(mechanism, id);
    return found?.active && found.party === party ? found : undefined;
  };
  const absentee = colleague(planned.official);
  if (!absentee) return { code: 'unknown-official', field: 'official' };
  if (planned.deputy === planned.official) return { code: 'own-deputy', field: 'deputy' };
  const deputy = colleague(planned.deputy);
  if (!deputy) return { code: 'unknown-official', field: 'deputy' };
  if (!maySpeakFor(mechanism, by, planned)) return { code: 'not-permitted' };
  const lent = lendable(mechanism, absentee);
  const lacking = absentee.roles.filter((role) => !lent.includes(role) && !deputy.roles.includes(role));
  return lacking.length === 0 ? undefined : { code: 'deputy-lacks-role', field: 'deputy', roles: lacking };
}

function faultOfTimes({ from, until }: PlannedAbsence, now: Instant): AbsenceFault | undefined {
  if (until <= now) return { code: 'date-past', field: 'until' };
  if (until <= from) return { code: 'window-inverted', field: 'until' };
  if (from > addDuration(now, plannedAhead)) return { code: 'date-future', field: 'from' };
  if (until > addDuration(from, absenceAtMost)) return { code: 'absence-too-long', field: 'until' };
  return undefined;
}

/** No chains and no cycles: at every moment a deputy is there, and is deputy in their own right. */
function faultBesideOthers(planned: PlannedAbsence, others: readonly Absence[]): AbsenceFault | undefined {
  const meanwhile = others.filter(({ from, until }) => from < planned.until && planned.from < until);
  if (meanwhile.some(({ official }) => official === planned.official)) return { code: 'absence-overlaps' };
  if (meanwhile.some(({ official }) => official === planned.deputy))
    return { code: 'deputy-absent', field: 'deputy' };
  if (meanwhile.some(({ deputy }) => deputy === planned.official)) return { code: 'deputised-meanwhile' };
  return undefined;
}
