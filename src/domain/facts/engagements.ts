/**
 * Who is under way with whom. A movement is a group's departure, or one child's with those of its siblings who travel with
 * the same escort. Source: docs/rules.md, "One movement at a time".
 */
import type { ReturnCase } from '../model/case';
import type { MovementId } from '../model/escorts';
import type { OfficialId } from '../model/ids';
import type { GateBlocker } from '../model/rejections';
import { isOnTheWay } from './care';
import { travelsWith } from './transfer';

export interface Engagement {
  readonly escort: OfficialId;
  readonly movement: MovementId;
}
/** The movement a command is about, and who is under way with which. */
export interface UnderWay {
  readonly movement: MovementId;
  readonly engaged: readonly Engagement[];
}

export const isEngagedElsewhere = (escort: OfficialId | undefined, underWay: UnderWay | undefined): boolean =>
  underWay?.engaged.some((each) => each.escort === escort && each.movement !== underWay.movement) === true;

/** As the gate says it: not with whom. */
export const engagedElsewhere: GateBlocker = { blocker: 'escort-engaged' };

/** The child's escort, and the one before until the child has passed on. None where the rules did not ask at departure. */
export function engagedWith(state: ReturnCase | undefined): Engagement[] {
  const movement = state?.movement;
  if (!state || movement === undefined || !isOnTheWay(state)) return [];
  const named = [state.escort?.official, state.journey?.transfer?.escort];
  const escorts = named.flatMap((escort) =>
    escort !== undefined && travelsWith(state, escort) ? [escort] : [],
  );
  return [...new Set(escorts)].map((escort) => ({ escort, movement }));
}
