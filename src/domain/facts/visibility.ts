/** Which parties a case concerns. Deny by default; which of its fields each may read is the edge's table. */
import { decidingSidesOf } from './agreement';
import type { ReturnCase } from '../model/case';
import type { PartyId } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules, PartyRules } from '../model/mechanism';
import type { PartyKind } from '../model/parties';

/** The one party of this kind in this case, or undefined while the case names none. */
export function findPartyOf(
  state: ReturnCase,
  rules: MechanismRules,
  kind: PartyKind,
): PartyRules | undefined {
  const id = partyIds[kind](state, rules);
  return id === undefined ? undefined : findParty(rules, id);
}

const firstOf = (rules: MechanismRules, kind: PartyKind): PartyId | undefined =>
  rules.parties.find((party) => party.kind === kind)?.id;
const siteParty = (state: ReturnCase, rules: MechanismRules): PartyId | undefined => {
  const site = state.stay?.site ?? state.plan?.site;
  return rules.sites.find(({ id }) => id === site)?.party;
};

const partyIds: Record<PartyKind, (state: ReturnCase, rules: MechanismRules) => PartyId | undefined> = {
  mediator: (_state, rules) => firstOf(rules, 'mediator'),
  requesting: (state) => state.requestingParty,
  holding: (state) => state.holdingParty,
  consenting: (_state, rules) => firstOf(rules, 'consenting'),
  host: siteParty,
  escort: (state) => state.plan?.escortParty,
  receiving: (state) => state.plan?.receivingParty,
  observer: () => undefined,
};

/**
 * Mediator and sides from the start; host, escort and receiving authority once a plan names them, and whoever
 * placed a hold until it is lifted, as nobody else can lift it. Observers never.
 */
export function partiesOf(state: ReturnCase, rules: MechanismRules): PartyId[] {
  const mediators = rules.parties.filter(({ kind }) => kind === 'mediator').map(({ id }) => id);
  const named = [siteParty(state, rules), state.plan?.escortParty, state.plan?.receivingParty];
  const all = [
    ...mediators,
    state.requestingParty,
    state.holdingParty,
    ...decidingSidesOf(state, rules),
    ...named,
    ...state.holds.map(({ party }) => party),
  ];
  return [...new Set(all.filter((id): id is PartyId => id !== undefined))].sort();
}

/** Whether a case is there at all for an official of this party under this mechanism. */
export const isCaseOf = (
  state: ReturnCase,
  rules: MechanismRules,
  { mechanism, party }: { readonly mechanism: string; readonly party: PartyId },
): boolean => state.mechanism.id === mechanism && partiesOf(state, rules).includes(party);
