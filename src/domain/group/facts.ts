/** What follows from a group's events: its state, who still travels, whose word is missing. */
import { addDuration, before } from '../calendar/time';
import type { Instant } from '../calendar/time';
import type { CaseId, PartyId } from '../model/ids';
import type { GroupTimes, MechanismRules } from '../model/mechanism';
import { listTerms } from './group';
import type { Group, ListTerm } from './group';
import type { GroupState } from '../model/groups';
import type { Members } from './member';

/** In rules that do not say. Source: docs/rules.md, "They travel together". */
export const usualGroupTimes: GroupTimes = {
  freezeBefore: 'PT72H',
  confirmBefore: 'PT24H',
  goBefore: 'PT2H',
  departure: 'ready',
};
export const groupTimesOf = ({ groups }: MechanismRules): GroupTimes => groups ?? usualGroupTimes;

/** They may set out from so long before the hour named until a day after it. */
export const departureWindowOf = (
  { list: { departAt } }: Group,
  rules: MechanismRules,
): { from: Instant; to: Instant } => ({
  from: before(departAt, groupTimesOf(rules).goBefore),
  to: addDuration(departAt, 'P1D'),
});

/** In the order of the list. */
export const travellersOf = ({ list, dropped }: Group): CaseId[] =>
  list.members.filter((member) => !dropped.some((each) => each.case === member));

export function groupStateOf(group: Group): GroupState {
  if (group.aborted) return 'aborted';
  if (group.completedAt !== undefined) return 'completed';
  if (group.departure) return 'departed';
  if (group.frozenAt === undefined) return group.proposedAt === undefined ? 'drafting' : 'proposed';
  if (isGo(group)) return 'go';
  return Object.keys(group.stands).length > 0 || Object.keys(group.go).length > 0 ? 'confirming' : 'frozen';
}

/** The mediator says go by its lead, as `mediator`. */
export const goSayersOf = ({ deciding }: Group, mediator: PartyId): PartyId[] => [...deciding, mediator];
const isGo = (group: Group): boolean => isConfirmed(group) && everybodySaysGo(group);
const everybodySaysGo = ({ deciding, go, asked }: Group): boolean =>
  deciding.length > 0 &&
  deciding.every((party) => go[party]?.go === true) &&
  // The mediator is asked for nothing else.
  Object.entries(go).some(([party, said]) => !asked.includes(party) && said.go) &&
  Object.values(go).every((said) => said.go);

/** Terms of which a party has said nothing yet. */
export const silentTermsOf = ({ stands }: Group, party: PartyId): ListTerm[] =>
  listTerms.filter((term) => stands[party]?.terms[term] === undefined);
export const disputedTermsOf = ({ stands }: Group, party: PartyId): ListTerm[] =>
  listTerms.filter((term) => stands[party]?.terms[term] === 'disputed');
export const isConfirmed = (group: Group): boolean =>
  group.asked.length > 0 &&
  group.asked.every((party) => listTerms.every((term) => group.stands[party]?.terms[term] === 'confirmed'));

/** Nothing of it is published from the proposal until the last child who set out is recorded safe, or it is called off. */
export const isUnderEmbargo = ({ proposedAt, completedAt, aborted }: Group): boolean =>
  proposedAt !== undefined && completedAt === undefined && aborted === undefined;

/** Who has a say in the list, by the cases of those who travel. */
export function sayersOf(
  cases: readonly CaseId[],
  members: Members,
): { asked: PartyId[]; deciding: PartyId[] } {
  const found = cases.flatMap((id) => members.get(id) ?? []);
  const once = (all: readonly (PartyId | undefined)[]): PartyId[] =>
    [...new Set(all)].filter((party) => party !== undefined).sort();
  const deciding = once(found.flatMap((member) => member.deciding));
  const others = once(found.flatMap(({ host, escort }) => [host, escort]));
  return { asked: [...deciding, ...others.filter((party) => !deciding.includes(party))], deciding };
}

/** A draft is the mediator's own; then whoever is party to the case of one of its children knows of it. */
export const mayKnow = (group: Group, isMediator: boolean, party: string, members: Members): boolean =>
  isMediator ||
  (groupStateOf(group) !== 'drafting' &&
    group.list.members.some((id) => members.get(id)?.parties.includes(party) === true));

/** What differs between two versions of a list, for whoever has to confirm it again. */
export interface ListDifference {
  readonly added: readonly CaseId[];
  readonly removed: readonly CaseId[];
  /** Terms that are not as they were; `names` where somebody was added or removed. */
  readonly terms: readonly ListTerm[];
}
export function differenceBetween(
  one: Pick<Group['list'], 'members' | 'departAt' | 'place' | 'route'>,
  other: Pick<Group['list'], 'members' | 'departAt' | 'place' | 'route'>,
): ListDifference {
  const added = other.members.filter((member) => !one.members.includes(member));
  const removed = one.members.filter((member) => !other.members.includes(member));
  const kept = (list: readonly CaseId[], beside: readonly CaseId[]) =>
    list.filter((member) => beside.includes(member)).join();
  const changed: Readonly<Record<ListTerm, boolean>> = {
    names: added.length + removed.length > 0,
    date: one.departAt !== other.departAt,
    place: one.place !== other.place,
    order: kept(one.members, other.members) !== kept(other.members, one.members),
    route: one.route !== other.route,
  };
  return { added, removed, terms: listTerms.filter((term) => changed[term]) };
}
