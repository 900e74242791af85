/**
 * Four eyes: what one official may only propose and a second one confirms. Nothing happens in between; what was
 * proposed is judged anew when it is confirmed. Which acts, and whose confirmation: `four-eyes.ts`.
 */
import type { Command } from './commands';
import type { Office } from './mechanism';
import type { OfficialActor, PartyKind } from './parties';
import type { Instant } from '../calendar/time';

/** Whose confirmation an act needs. Always of another person, and never through a role lent for an absence. */
export interface SecondPerson {
  /** The first whose party the case has owes it; any of them may give it. */
  readonly offices: readonly Office[];
  /** Of another party than whoever proposes. */
  readonly otherParty?: true;
  /** Who reads of it beside those asked, whoever proposed it and the mediator. */
  readonly told?: readonly PartyKind[];
  /** A child waits for it: asked at once, whatever the hour. */
  readonly urgent?: true;
}

/** An act that waits for its second person. */
export interface Proposal {
  /** Names the act and the instant in milliseconds, e.g. `closeCase-1772438400000`. */
  readonly id: string;
  readonly act: Command;
  readonly second: SecondPerson;
  readonly by: OfficialActor;
  readonly at: Instant;
}
