/** Which crossings a journey uses, and when, as far as its plan and legs say. Source: docs/rules.md, "At the border". */
import { findLivePlan } from './agreement';
import type { ReturnCase } from '../model/case';
import type { BorderRule } from '../model/border';
import { dateIn } from './days';
import type { PlaceId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import { partiesOf } from './visibility';
import type { LocalDate } from '../calendar/time';

/** A crossing and the days on which it may be crossed, both included. */
export interface Crossing {
  readonly place: PlaceId;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** The last day of the way, where legs say it. */
  readonly wayEnds?: LocalDate;
}

/** Of this case’s parties and on the way home: nobody leaves the requesting side, or enters the holding side. */
export function rulesHome(state: ReturnCase, rules: MechanismRules): BorderRule[] {
  const involved = partiesOf(state, rules);
  return (rules.border ?? []).filter(
    ({ direction: { from, to } }) =>
      involved.includes(from) &&
      involved.includes(to) &&
      from !== state.requestingParty &&
      to !== state.holdingParty,
  );
}

/**
 * Legs say where and when. Before, the plan says when, and where only if the handover is at a crossing: else any of them may
 * be taken, and `isChosen` is false.
 */
export function crossingsOf(
  state: ReturnCase,
  rules: MechanismRules,
): { readonly crossings: readonly Crossing[]; readonly isChosen: boolean } {
  const plan = findLivePlan(state);
  if (!plan) return { crossings: [], isChosen: false };
  const known = [...new Set(rulesHome(state, rules).map(({ crossing }) => crossing))];
  const { from, to } = plan.window;
  const { legs } = state;
  const day = (at: string): LocalDate => dateIn('checked', at, { state, rules });
  const last = legs.at(-1);
  const onLegs = known.flatMap((place): Crossing[] => {
    const at =
      legs.find((leg) => leg.to === place)?.arriveAt ?? legs.find((leg) => leg.from === place)?.departAt;
    return at === undefined
      ? []
      : [{ place, from: day(at), to: day(at), wayEnds: day(last?.arriveAt ?? at) }];
  });
  if (onLegs.length > 0) return { crossings: onLegs, isChosen: true };
  const atHandover = known.filter((place) => place === plan.handoverPlace);
  const places = atHandover.length > 0 ? atHandover : known;
  return { crossings: places.map((place) => ({ place, from, to })), isChosen: places === atHandover };
}
