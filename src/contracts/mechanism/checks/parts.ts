/** What the checks between a mechanism's sections have in common: how they look, and whom a party has on duty. */
import { hasAnyRole } from '../../../domain/model/parties';
import type { Office } from '../../../domain/model/mechanism';
import type { Role } from '../../../domain/model/parties';
import type { Mechanism, MechanismOfficial } from '../mechanism';

export type MechanismSection = keyof Mechanism;
export type FaultPath = readonly (string | number)[];
export interface Found {
  readonly path: FaultPath;
  readonly message: string;
}
export interface MechanismCheck {
  /** Sections that must be well-formed for the check to make sense. */
  readonly reads: readonly MechanismSection[];
  readonly find: (mechanism: Mechanism) => Found[];
}

export const unless = (holds: boolean, path: FaultPath, message: string): Found[] =>
  holds ? [] : [{ path, message }];

export const partyOf = ({ parties }: Mechanism, id: string): Mechanism['parties'][number] | undefined =>
  parties.find((party) => party.id === id);

/**
 * A file that is sound stays sound, whatever day it is: so what has a last day does not count among those with whom a
 * case can be run, before that day either, and whoever works there may leave after it.
 */
export const isClosing = ({ closed }: { readonly closed?: string | undefined }): boolean =>
  closed !== undefined;

export const activeOfficials = ({ officials }: Mechanism): MechanismOfficial[] =>
  officials.filter((official) => official.active);

/** Active officials of one party with any of the roles. */
export const staffOf = (mechanism: Mechanism, party: string, among: readonly Role[]): MechanismOfficial[] =>
  activeOfficials(mechanism).filter(
    (official) => official.party === party && official.roles.some((role) => among.includes(role)),
  );

/** Active officials in any of the offices; of the given parties only, where given. */
export const inOffices = (
  mechanism: Mechanism,
  offices: readonly Office[],
  parties?: ReadonlySet<string>,
): MechanismOfficial[] =>
  activeOfficials(mechanism).filter((official) => {
    const kind = partyOf(mechanism, official.party)?.kind;
    return (
      (parties === undefined || parties.has(official.party)) &&
      offices.some((office) => office.kind === kind && hasAnyRole(official.roles, office.roles))
    );
  });
