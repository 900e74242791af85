/** The stage a case is in, from its facts. `decide` compares it with the recorded one and appends the change. */
import { isAgreed } from './agreement';
import { followedUpSince } from './care';
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import type { Stage } from '../model/stages';
import { facets, isConfirmed } from '../model/verification';
import type { Facet } from '../model/verification';

/** Confirmed; or the child's view was against and the best-interests determination is for return. */
export const isFacetSettledForReturn = (state: ReturnCase, facet: Facet): boolean => {
  const { [facet]: facetState } = state.facets;
  if (isConfirmed(facetState)) return true;
  return (
    facet === 'childs-view' &&
    facetState.status === 'settled' &&
    facetState.attestation?.finding === 'refuted' &&
    state.bestInterests?.outcome === 'return'
  );
};

/** Every facet settled for return. */
export const isVerified = (state: ReturnCase): boolean =>
  facets.every((facet) => isFacetSettledForReturn(state, facet));

/** An adult who does not consent does not travel; the case may then close as no return. */
export const refusesOfAge = ({ majority }: ReturnCase): boolean =>
  majority?.daysLeft === 0 && majority.ownConsent === false;

export function stageOf(state: ReturnCase, rules: MechanismRules): Stage {
  if (state.closure) return 'closed';
  if (followedUpSince(state)) return 'follow-up';
  if (state.journey?.arrivedAt) return 'handover';
  if (state.journey) return 'transit';
  if (!state.fileAcceptedAt) return 'intake';
  if (!state.locatedAt) return 'tracing';
  if (!isVerified(state) || state.recipient.unavailableSince) return 'verification';
  if (!isAgreed(state, rules)) return 'agreement';
  return state.stay?.status === 'occupied' ? 'hosting' : 'preparation';
}
