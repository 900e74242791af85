/** Everyone who acts in the demo, one HTTP client each, signed in when first needed. */
import type { Mechanism } from '../contracts/mechanism/mechanism';
import { officialsIn } from '../contracts/mechanism/mechanism';
import type { CaseId, OfficialId } from '../domain/model/ids';
import type { Role } from '../domain/model/parties';
import { HttpOfficial } from './http-official';
import type { HttpOfficialParts } from './http-official';

export interface Officials {
  readonly mechanism: Mechanism;
  /** The client of an official by id. */
  official(id: OfficialId): HttpOfficial;
  /** The first official of a kind of party, with one of the roles. */
  first(kind: string, roles?: readonly Role[]): HttpOfficial;
  /** The mediator's officer who keeps an eye on a case: the work is spread over all of them. */
  keeperOf(id: CaseId): HttpOfficial;
}

export function createOfficials(mechanism: Mechanism, parts: Omit<HttpOfficialParts, 'id'>): Officials {
  const clients = new Map<OfficialId, HttpOfficial>();
  const official = (id: OfficialId): HttpOfficial => {
    const known = clients.get(id);
    if (known) return known;
    const client = new HttpOfficial({ ...parts, id });
    clients.set(id, client);
    return client;
  };
  const able = (kind: string, roles: readonly Role[] = []) => {
    const party = mechanism.parties.find((one) => one.kind === kind);
    return party ? officialsIn(mechanism, party.id, roles) : [];
  };
  const keepers = able('mediator', ['case-officer', 'lead']);
  return {
    mechanism,
    official,
    first(kind, roles) {
      const [found] = able(kind, roles);
      if (!found) throw new Error(`the mechanism has no ${kind} official`);
      return official(found.id);
    },
    keeperOf(id) {
      const keeper = keepers[parseInt(id.slice(-1), 36) % keepers.length];
      if (!keeper) throw new Error('the mechanism has no case officer');
      return official(keeper.id);
    },
  };
}
