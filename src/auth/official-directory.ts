/**
 * What an official of the mechanism may do: their party and roles, with the roles that colleagues who are
 * away have lent them. Nothing else of the absent passes over: a deputy acts in their own name.
 */
import { rolesLentTo } from '../contracts/absence';
import type { Absence } from '../contracts/absence';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import type { OfficialId, PartyId } from '../domain/model/ids';
import type { OfficialActor, PartyKind, Role } from '../domain/model/parties';

/** What signing in and access need to know of an official. */
export interface KnownOfficial {
  readonly id: OfficialId;
  /** Id of the mechanism the office belongs to. */
  readonly mechanism: string;
  /** By which version of it they are known. */
  readonly mechanismVersion: number;
  readonly party: PartyId;
  readonly kind: PartyKind;
  /** Their own and the lent ones. */
  readonly roles: readonly Role[];
  /** Theirs only while a colleague is away. */
  readonly lent: readonly Role[];
  /** Left the office or is suspended: may not sign in and no token of theirs counts. */
  readonly disabled: boolean;
}
export type FindOfficial = (id: OfficialId) => Promise<KnownOfficial | undefined>;

/** The person behind one request. */
export interface Reader extends OfficialActor {
  readonly kind: PartyKind;
  readonly mechanism: string;
  readonly mechanismVersion: number;
  /** Of the roles, those that are theirs only as a deputy. */
  readonly lent: readonly Role[];
}
export const readerOf = ({
  id,
  mechanism,
  mechanismVersion,
  party,
  kind,
  roles,
  lent,
}: KnownOfficial): Reader => ({
  official: id,
  mechanism,
  mechanismVersion,
  party,
  kind,
  roles,
  lent,
});
/** For what lasts longer than an absence. */
export const ownRolesOf = ({ roles, lent }: Pick<Reader, 'roles' | 'lent'>): Role[] =>
  roles.filter((role) => !lent.includes(role));
export const actorOf = ({ official, party, roles, lent }: Reader): OfficialActor => ({
  official,
  party,
  roles,
  ...(lent.length > 0 && { lent }),
});

export interface DirectoryParts {
  /** Asked for each request: a newer version counts at once. */
  readonly loadMechanism: () => Promise<Mechanism | undefined>;
  /** Absences that are not over; whether one runs is judged at each request. */
  readonly loadAbsences: () => Promise<readonly Absence[]>;
}

/** The officials of one mechanism. */
export const directoryOf =
  ({ loadMechanism, loadAbsences }: DirectoryParts): FindOfficial =>
  async (id) => {
    const [mechanism, absences] = await Promise.all([loadMechanism(), loadAbsences()]);
    const official = mechanism?.officials.find((entry) => entry.id === id);
    const party = mechanism?.parties.find((entry) => entry.id === official?.party);
    if (!mechanism || !official || !party) return undefined;
    const lent = rolesLentTo(mechanism, id, absences, new Date().toISOString());
    return {
      id,
      mechanism: mechanism.id,
      mechanismVersion: mechanism.version,
      party: party.id,
      kind: party.kind,
      roles: [...official.roles, ...lent],
      lent,
      disabled: !official.active,
    };
  };
