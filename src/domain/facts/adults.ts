/**
 * Who came of age decides for themselves: with their own consent nobody asks any more who may have them. Source:
 * docs/rules.md, "Adults". Rules of before ask of an adult what they ask of a child.
 */
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import { facets, isLater, recipientFacets } from '../model/verification';
import type { Facet, FacetState } from '../model/verification';

/** From the birthday on, also of somebody who was taken as a child, and of one under guardianship. */
export const isOfAge = ({ majority }: ReturnCase): boolean => majority?.daysLeft === 0;

/** An adult who consents: nobody has to be there to take them. */
export const decidesAlone = (state: ReturnCase, rules: MechanismRules): boolean =>
  rules.adultHearingValidFor !== undefined && isOfAge(state) && state.majority?.ownConsent === true;

/** What is agreed names nobody, and nobody was named since. */
export const namesNobody = ({ plan, recipient }: ReturnCase): boolean =>
  plan !== undefined &&
  !plan.lapsed &&
  plan.recipient === null &&
  (recipient.nominatedAt === undefined || recipient.nominatedAt <= plan.proposedAt);

/** Nobody is there to whom this person could go. */
export const isWithoutRecipient = (state: ReturnCase): boolean =>
  namesNobody(state) || state.recipient.unavailableSince !== undefined;

/** What must be settled of this person before anything goes on. */
export function facetsAskedOf(state: ReturnCase, rules: MechanismRules): readonly Facet[] {
  const named = facets.filter((facet) => rules.facets[facet] !== undefined);
  return decidesAlone(state, rules) ? named.filter((facet) => !speaksOfRecipient(facet)) : named;
}

/** Of those, what is settled before anything is planned. */
export const facetsOfVerification = (state: ReturnCase, rules: MechanismRules): readonly Facet[] =>
  facetsAskedOf(state, rules).filter((facet) => !isLater(facet));

/** Of one that a case does not know yet nobody has said anything. */
export const facetStateOf = ({ facets: known, openedAt }: ReturnCase, facet: Facet): FacetState =>
  known[facet] ?? { status: 'open', since: openedAt };

/** Of those, the ones that speak of the recipient: none, where an adult consents. */
export const recipientFacetsAskedOf = (state: ReturnCase, rules: MechanismRules): readonly Facet[] =>
  facetsAskedOf(state, rules).filter(speaksOfRecipient);

const speaksOfRecipient = (facet: Facet): boolean => (recipientFacets as readonly Facet[]).includes(facet);
