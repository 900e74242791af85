/** Who an authenticated subject is: the official of the mechanism with that id. */
import type { Mechanism } from '../contracts/mechanism';
import type { OfficialId, PartyId } from '../domain/ids';
import type { OfficialActor, PartyKind, Role } from '../domain/parties';

/** What signing in and access need to know of an official. */
export interface KnownOfficial {
  readonly id: OfficialId;
  /** Id of the mechanism the office belongs to. */
  readonly mechanism: string;
  readonly party: PartyId;
  readonly kind: PartyKind;
  readonly roles: readonly Role[];
  /** Left the office or is suspended: may not sign in and no token of theirs counts. */
  readonly disabled: boolean;
}
export type FindOfficial = (id: OfficialId) => Promise<KnownOfficial | undefined>;

/** The person behind one request. */
export interface Reader extends OfficialActor {
  readonly kind: PartyKind;
  readonly mechanism: string;
}
export const readerOf = ({ id, mechanism, party, kind, roles }: KnownOfficial): Reader => ({
  official: id,
  mechanism,
  party,
  kind,
  roles,
});
export const actorOf = ({ official, party, roles }: Reader): OfficialActor => ({ official, party, roles });

/** The officials of one mechanism. `load` is asked for each request: a newer version counts at once. */
export const directoryOf =
  (load: () => Promise<Pick<Mechanism, 'id' | 'officials' | 'parties'> | undefined>): FindOfficial =>
  async (id) => {
    const mechanism = await load();
    const official = mechanism?.officials.find((entry) => entry.id === id);
    const party = mechanism?.parties.find((entry) => entry.id === official?.party);
    if (!mechanism || !official || !party) return undefined;
    const { party: partyId, roles, active } = official;
    return { id, mechanism: mechanism.id, party: partyId, kind: party.kind, roles, disabled: !active };
  };
