/**
 * What stands in a frozen list's way and no party's word mends: escorts too few for those who travel, a party that has a say
 * and was not asked, or can no longer see what it is asked, a place that will be closed. Noted in the group's own events, so that somebody owes its mending.
 */
import { isPlaceClosed } from '../facts/closed';
import type { PartyId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import { shortOfEscorts } from './escorts';
import { sayersOf, travellersOf } from './facts';
import type { Group, GroupEvent } from './group';
import type { Members } from './member';

export interface Hindrances {
  /** Escort organisations of which too few escorts would travel. */
  readonly escorts: readonly PartyId[];
  /** Whose word is asked is no longer whose word it takes. */
  readonly sayers: boolean;
  /** Where they hand over will be closed by the hour of departure. */
  readonly place?: true;
}

export function hindrancesOf(group: Group, members: Members, rules: MechanismRules): Hindrances {
  if (group.frozenAt === undefined) return { escorts: [], sayers: false };
  const travellers = travellersOf(group);
  const short = shortOfEscorts(travellers, travellers, members).flatMap(
    (id) => members.get(id)?.escort ?? [],
  );
  const seesTheList = (party: PartyId): boolean =>
    group.list.members.some((id) => members.get(id)?.parties.includes(party));
  return {
    escorts: [...new Set(short)].sort(),
    sayers:
      sayersOf(travellers, members).asked.some((party) => !group.asked.includes(party)) ||
      !group.asked.every(seesTheList),
    ...(isPlaceClosed(group.list.place, { rules, at: group.list.departAt }) && { place: true }),
  };
}

/** An event where they are others than those noted. */
export function hindrancesNoted(group: Group, members: Members, rules: MechanismRules): GroupEvent[] {
  const now = hindrancesOf(group, members, rules);
  const { escorts = {}, sayers, place }: Partial<NonNullable<Group['hindrances']>> = group.hindrances ?? {};
  const isAsNoted =
    Object.keys(escorts).sort().join() === now.escorts.join() &&
    (sayers !== undefined) === now.sayers &&
    (place !== undefined) === (now.place ?? false);
  return isAsNoted ? [] : [{ type: 'HindrancesNoted', ...now }];
}
