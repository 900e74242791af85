/** What the mechanism says of an escort beside who they are. docs/decisions/escorts.md. */
import type { LocalDate } from '../calendar/time';
import type { OfficialId } from './ids';
import type { TravelNeed } from './commands';

/** What an escort may be beside an escort: of what a child may need on the way, that which one person can be. */
export const escortSkills = ['medic', 'interpreter'] as const satisfies readonly TravelNeed[];
export type EscortSkill = (typeof escortSkills)[number];

export const escortSexes = ['female', 'male'] as const;

export interface EscortCredential {
  /** Last day on which they may be sent with a child. */
  readonly validUntil: LocalDate;
  readonly skills: readonly EscortSkill[];
  readonly languages: readonly string[];
}
/** Undefined of whom nothing is stated. */
export type FindCredential = (escort: OfficialId) => EscortCredential | undefined;

/** As it is kept with an assignment: a later file changes nothing of what was decided. */
export interface KeptCredential {
  readonly credentialUntil?: LocalDate;
  readonly skills?: readonly EscortSkill[];
}

/** The reference of a group, or of the child who left first. */
export type MovementId = string;
