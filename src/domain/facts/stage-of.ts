/** The stage a case is in, from its facts. `decide` compares it with the recorded one and appends the change. */
import { decidesAlone, facetsOfVerification, facetStateOf } from './adults';
import { isAgreed } from './agreement';
import { followedUpSince } from './care';
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import type { Stage } from '../model/stages';
import { isConfirmed } from '../model/verification';
import type { Facet } from '../model/verification';

/** Confirmed; or the child's view was against and the best-interests determination is for return. */
export const isFacetSettledForReturn = (state: ReturnCase, facet: Facet): boolean => {
  const facetState = facetStateOf(state, facet);
  if (isConfirmed(facetState)) return true;
  return (
    facet === 'childs-view' &&
    facetState.status === 'settled' &&
    facetState.attestation?.finding === 'refuted' &&
    state.bestInterests?.outcome === 'return'
  );
};

/** Every facet that is asked before a plan is settled for return. */
const isVerified = (state: ReturnCase, rules: MechanismRules): boolean =>
  facetsOfVerification(state, rules).every((facet) => isFacetSettledForReturn(state, facet));

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
  if (!isVerified(state, rules)) return 'verification';
  if (state.recipient.unavailableSince && !decidesAlone(state, rules)) return 'verification';
  if (!isAgreed(state, rules)) return 'agreement';
  return state.stay?.status === 'occupied' ? 'hosting' : 'preparation';
}
