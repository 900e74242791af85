/** Which parties a case concerns, and which parts of it each may read. Deny by default. */
import type { PartyId } from './ids';
import type { MechanismRules } from './mechanism';
import type { ReturnCase } from './case';

/** Mediator and sides from the start; host, escort and receiving authority once a plan names them. Observers never. */
export function partiesOf(_state: ReturnCase, _rules: MechanismRules): PartyId[] {
  throw new Error('being written');
}
