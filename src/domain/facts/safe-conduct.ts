/**
 * Safe conduct: a side says that it will not stop this child, between two places and for these hours. Whether a leg has it
 * follows from the legs as they are planned now, so other places or hours are asked for anew.
 * Source: docs/rules.md, "Safe conduct".
 */
import { decidingSidesOf, findLivePlan } from './agreement';
import type { ReturnCase } from '../model/case';
import type { Leg } from '../model/commands';
import type { PartyId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import type { Instant } from '../calendar/time';

/** Rules that do not say ask nobody; a grant is taken all the same. */
function isAsked(state: ReturnCase, { safeConduct }: MechanismRules): boolean {
  const plan = findLivePlan(state) ?? (state.journey && state.plan);
  const asked = safeConduct?.asked ?? false;
  return plan !== undefined && (typeof asked === 'boolean' ? asked : asked.includes(plan.modality));
}

/** `at` counts too: what has ended lets nobody through, however late the leg sets out. */
const isCovered = ({ safeConducts = [] }: ReturnCase, leg: Leg, side: PartyId, at: Instant): boolean =>
  safeConducts.some(
    ({ party, from, to, opens, until }) =>
      party === side &&
      from === leg.from &&
      to === leg.to &&
      opens <= leg.departAt &&
      leg.arriveAt <= until &&
      at < until,
  );

/** Of each deciding side the legs still ahead that lack it at this instant. Empty where the rules ask for none. */
export function missingSafeConductOf(
  state: ReturnCase,
  rules: MechanismRules,
  at: Instant,
): { readonly side: PartyId; readonly leg: string }[] {
  if (!isAsked(state, rules)) return [];
  const ahead = state.legs.filter(({ id }) => !state.journey?.completedLegs.includes(id));
  return decidingSidesOf(state, rules).flatMap((side) =>
    ahead.filter((leg) => !isCovered(state, leg, side, at)).map(({ id }) => ({ side, leg: id })),
  );
}

/** By party: when the first of what it granted ends. Nothing lapses once the child is on the way. */
export const safeConductEndsOf = ({
  safeConducts = [],
}: ReturnCase): { readonly party: PartyId; readonly until: Instant }[] =>
  [...new Set(safeConducts.map(({ party }) => party))].map((party) => ({
    party,
    until: safeConducts
      .filter((each) => each.party === party)
      .map(({ until }) => until)
      .reduce((first, until) => (until < first ? until : first)),
  }));
