/**
 * Escorts enough for all who set out together: each child takes its part of one. A case alone can't say it: it knows with how
 * many others its crew was confirmed, not who is on the list. Source: docs/rules.md, "Who travels along".
 */
import type { CaseId, OfficialId } from '../model/ids';
import type { GateBlocker } from '../model/rejections';
import type { MemberStatus, Members } from './member';

/** As the gate of the child's own case says it. */
export const tooFewEscorts: GateBlocker = { blocker: 'crew-missing', subject: 'escort-ratio' };

/** A fifth and four fifths are one, whatever a computer makes of it. */
const rounding = 1e-9;

/** Whole escorts; 0 where the rules ask for no ratio. */
export const escortsFor = (members: readonly MemberStatus[]): number =>
  Math.max(
    0,
    Math.ceil(members.reduce((sum, { perEscort }) => sum + (perEscort ? 1 / perEscort : 0), 0) - rounding),
  );

/** By the crews of those who travel together: the least that one of them says. One escort where none says anything. */
function escortsOf(members: readonly MemberStatus[]): number {
  const said = members.flatMap(({ crew }) => crew?.escorts ?? []);
  return said.length > 0 ? Math.min(...said) : 1;
}

/** Of those who go, all whose escort would have too many children to look after. A crew is the word of any on the list. */
export function shortOfEscorts(
  goers: readonly CaseId[],
  travellers: readonly CaseId[],
  members: Members,
): CaseId[] {
  const crews = movementsOf(travellers, members);
  return [...movementsOf(goers, members)]
    .filter(([lead, together]) => escortsFor(together) > escortsOf(crews.get(lead) ?? together))
    .flatMap(([, together]) => together.map((member) => member.case));
}

function movementsOf(cases: readonly CaseId[], members: Members): ReadonlyMap<OfficialId, MemberStatus[]> {
  const movements = new Map<OfficialId, MemberStatus[]>();
  for (const id of cases) {
    const member = members.get(id);
    if (!member?.crew) continue;
    const { lead } = member.crew;
    movements.set(lead, [...(movements.get(lead) ?? []), member]);
  }
  return movements;
}
