/**
 * Who may take the child where the recipient can’t. Whom the plan names, the sides have agreed to; anybody else they are
 * asked about while the child travels, and at the door the receiving authority decides. Source: docs/rules.md, "Nobody is
 * left standing".
 */
import { facetsAskedOf, facetStateOf } from './adults';
import { decidingSidesOf, findLivePlan } from './agreement';
import { isInInterimCare, isOnTheWay } from './care';
import { isOver } from './days';
import type { ReturnCase } from '../model/case';
import type { PartyId, RecipientRef } from '../model/ids';
import { asksFor } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { PartyKind } from '../model/parties';
import { isConfirmed, personFacets } from '../model/verification';
import type { Facet, FacetState, PerFacet } from '../model/verification';
import type { Instant } from '../calendar/time';

/** Agreed to with the plan: as its recipient, or in their place. */
export const isAgreedRecipient = ({ plan }: ReturnCase, recipient: RecipientRef): boolean =>
  plan?.recipient === recipient || (plan?.alternates ?? []).includes(recipient);

/** Of those whom the dossier knows, a receiving official reads only whom the plan names, and nominates no other. */
export const mayNominate = (
  { plan }: ReturnCase,
  recipient: RecipientRef,
  kind: PartyKind | undefined,
): boolean => kind !== 'receiving' || (plan?.alternates ?? []).includes(recipient);

/** On the way, and nobody has agreed to them. */
const isStranger = (state: ReturnCase, recipient: RecipientRef, rules: MechanismRules): boolean =>
  asksFor(rules, 'approve-recipient') &&
  (isOnTheWay(state) || isInInterimCare(state)) &&
  !isAgreedRecipient(state, recipient);

export const asksSides = (state: ReturnCase, recipient: RecipientRef, rules: MechanismRules): boolean =>
  state.stage === 'transit' && isStranger(state, recipient, rules);

/** Beyond the last border two people at the door decide, and every side is told. */
export const isDecidedByTwo = (state: ReturnCase, recipient: RecipientRef, rules: MechanismRules): boolean =>
  state.stage !== 'transit' && isStranger(state, recipient, rules);

/** The sides that have yet to agree to the recipient; of a child that is back at a site they agree to a plan. */
export const unapprovedBy = (state: ReturnCase, rules: MechanismRules): PartyId[] => {
  const { approvedBy } = state.recipient;
  return approvedBy && (isOnTheWay(state) || isInInterimCare(state))
    ? decidingSidesOf(state, rules).filter((side) => !approvedBy.includes(side))
    : [];
};

/** Whom the live plan names in the recipient’s place, in its order. */
export const alternatesOf = (state: ReturnCase): readonly RecipientRef[] =>
  (findLivePlan(state)?.alternates ?? []).filter((ref) => ref !== state.recipient.ref);

export const isOfPerson = (facet: Facet): boolean => (personFacets as readonly Facet[]).includes(facet);

/** The case as if this person were its recipient: what was found of them beforehand, and the rest open. */
export function aboutPerson(state: ReturnCase, recipient: RecipientRef | undefined): ReturnCase {
  if (recipient === undefined || recipient === state.recipient.ref) return state;
  const found = state.alternateFacets?.[recipient] ?? {};
  const open: FacetState = { status: 'open', since: state.plan?.proposedAt ?? state.openedAt };
  const own = Object.fromEntries(personFacets.map((facet) => [facet, found[facet] ?? open]));
  return {
    ...state,
    recipient: { ref: recipient },
    facets: { ...state.facets, ...(own as Partial<PerFacet<FacetState>>) },
  };
}

/** What is asked of a person who takes the child. */
export const personFacetsAskedOf = (state: ReturnCase, rules: MechanismRules): readonly Facet[] =>
  facetsAskedOf(state, rules).filter(isOfPerson);

interface On {
  readonly mechanism: MechanismRules;
  readonly now: Instant;
}
/** What was confirmed of an alternate beforehand, reviewed, and still holds. */
export function verifiedOf(
  state: ReturnCase,
  recipient: RecipientRef,
  { mechanism: rules, now }: On,
): Facet[] {
  if (!alternatesOf(state).includes(recipient)) return [];
  const about = aboutPerson(state, recipient);
  return personFacets.filter((facet) => {
    const found = facetStateOf(about, facet);
    return isConfirmed(found) && !isOver('validUntil', found.attestation?.validUntil, now, { state, rules });
  });
}

/** Nothing is left to be found of them: going over to them needs no new decision, also before the departure. */
export function isVerifiedAlternate(state: ReturnCase, recipient: RecipientRef, on: On): boolean {
  const verified = verifiedOf(state, recipient, on);
  const asked = personFacetsAskedOf(state, on.mechanism);
  return alternatesOf(state).includes(recipient) && asked.every((facet) => verified.includes(facet));
}
