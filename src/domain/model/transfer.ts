/** A change of care on the way: who gives the child, who takes it, and which of the two has said so. */
import type { OfficialId } from './ids';
import type { OfficialActor } from './parties';
import type { Instant } from '../calendar/time';

/** `present-carer`: whoever had the child when it was located. */
export const transferSources = ['host', 'present-carer', 'escort'] as const;

/** Open until both hands have said it. The child is with the giver until it is taken. */
export interface Transfer {
  readonly since: Instant;
  readonly from: (typeof transferSources)[number];
  /** The escort who gives; absent where another gives, or where they have left their organisation. */
  readonly escort?: OfficialId;
  /** Who said that it was given, and that it was taken: never the same person. */
  readonly given?: OfficialActor;
  readonly taken?: OfficialActor;
}
