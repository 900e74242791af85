/**
 * Who tells a child what comes: whoever has it in sight, or the mediator's people who come to it. Source: docs/rules.md,
 * "Family and child are told".
 */
import type { ReturnCase } from '../model/case';
import { findParty } from '../model/mechanism';
import type { MechanismRules, Office } from '../model/mechanism';
import type { OfficialActor, PartyKind } from '../model/parties';
import type { Milestone } from '../model/telling';
import type { Instant } from '../calendar/time';
import { careOf, followedUpSince, isOnTheWay } from './care';
import { hasSetOut, travelsWith } from './transfer';

const isAtTheDoorOrHome = (state: ReturnCase): boolean =>
  followedUpSince(state) !== undefined || (isOnTheWay(state) && state.journey?.arrivedAt !== undefined);

type InSight = (state: ReturnCase, actor: OfficialActor) => boolean;
const inSight: Readonly<Partial<Record<PartyKind, InSight>>> = {
  mediator: () => true,
  holding: (state) => careOf(state).with === 'present-carer',
  host: (state) => careOf(state).with === 'host',
  escort: (state, { official }) => isOnTheWay(state) && hasSetOut(state) && travelsWith(state, official),
  receiving: isAtTheDoorOrHome,
};
/** The command table has asked for the office; here it is asked whether that person has the child before them. */
export const seesChild = (state: ReturnCase, actor: OfficialActor, rules: MechanismRules): boolean => {
  const kind = findParty(rules, actor.party)?.kind;
  return (kind && inSight[kind]?.(state, actor)) ?? false;
};

/** The receiving authority tells a family of what it reads itself. */
const ofReceiving: readonly Milestone[] = ['agreed', 'dated', 'delayed', 'handed-over'];
export const tellsFamilyOf = (of: Milestone, actor: OfficialActor, rules: MechanismRules): boolean =>
  findParty(rules, actor.party)?.kind !== 'receiving' || ofReceiving.includes(of);

/** Who owes it to the child, and since when the child is theirs to tell. */
export function childsTeller(state: ReturnCase): Office & { readonly since: Instant } {
  const { with: carer, since } = careOf(state);
  if (isAtTheDoorOrHome(state))
    return { kind: 'receiving', roles: ['receiver'], since: state.journey?.arrivedAt ?? since };
  if (carer === 'escort') return { kind: 'escort', roles: ['escort'], since };
  if (carer === 'host') return { kind: 'host', roles: ['host', 'interviewer'], since };
  return { kind: 'mediator', roles: ['interviewer'], since };
}
