/** Who would go and who would stay, if a group set out. */
import type { CaseId } from '../model/ids';
import type { GateBlocker } from '../model/rejections';
import { shortOfEscorts, tooFewEscorts } from './escorts';
import { travellersOf } from './facts';
import type { Group, LeftBehind } from './group';
import { isWaiting } from './member';
import type { Members } from './member';

/** What keeps a child by its own case; empty where nothing does. */
export type Gate = readonly GateBlocker[] | 'record-in-doubt';

/**
 * Who goes and who stays. A child whose gate is shut stays, and so does whoever a sibling ties to one who stays, on the list or
 * not: the gate of each case has asked whether its siblings could go, and here it is asked whether they do. Of those who then
 * have too few escorts among them all stay: whom to leave is for people to say, beforehand.
 */
export function partedOf(
  group: Group,
  members: Members,
  gateOf: (member: CaseId) => Gate,
): { departed: CaseId[]; left: LeftBehind[] } {
  const travellers = travellersOf(group);
  const left = new Map<CaseId, LeftBehind>();
  for (const member of travellers) {
    const gate = gateOf(member);
    if (gate === 'record-in-doubt') left.set(member, { case: member, reason: gate, blockers: [] });
    else if (gate.length > 0) left.set(member, { case: member, reason: 'gate-closed', blockers: gate });
  }
  const goes = (member: CaseId): boolean => travellers.includes(member) && !left.has(member);
  for (let size = -1; size !== left.size;) {
    size = left.size;
    for (const member of travellers.filter(goes)) {
      const staying = (members.get(member)?.siblings ?? []).filter(
        (sibling) => isWaiting(members.get(sibling)) && !goes(sibling),
      );
      if (staying.length > 0)
        left.set(member, {
          case: member,
          reason: 'sibling-stays',
          blockers: staying.map((subject) => ({ blocker: 'sibling-not-cleared', subject })),
        });
    }
    if (size === left.size)
      for (const member of shortOfEscorts(travellers.filter(goes), travellers, members))
        left.set(member, { case: member, reason: 'gate-closed', blockers: [tooFewEscorts] });
  }
  return { departed: travellers.filter(goes), left: [...left.values()] };
}
