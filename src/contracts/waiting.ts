/** What waits for one official, as a digest shows it: by reference and code, never a word of a child. */
import type { GroupDutyKind } from '../domain/group/duties';
import type { GroupId } from '../domain/group/group';
import type { CaseId, OfficialId, PartyId } from '../domain/model/ids';
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { Role } from '../domain/model/parties';
import type { Instant } from '../domain/calendar/time';

export interface WaitingReader {
  readonly mechanism: string;
  readonly party: PartyId;
  /** Their own and those they deputise for. */
  readonly roles: readonly Role[];
  /** Whose cases are their own: theirs, and those of colleagues for whom they stand in. Of the mediator's people only. */
  readonly officers: readonly OfficialId[];
  /** Whether stalled cases are theirs to review. */
  readonly reviewsStalled: boolean;
}
export interface WaitingObligation {
  readonly case: CaseId | GroupId;
  /** Of a group where `case` is one. */
  readonly kind: ObligationKind | GroupDutyKind;
  /** The facet, hold, visit … it is about. */
  readonly subject?: string | null;
  readonly due: Instant;
  readonly safety: boolean;
}
/** Why a case stalled: whom it waits for, since when. */
export interface StalledCase {
  readonly case: CaseId;
  readonly kind: ObligationKind | null;
  readonly parties: readonly PartyId[];
  readonly since: Instant;
}
/** Lists are capped, totals are not. */
export interface Waiting {
  /** In cases of which the reader is case officer or deputy. */
  readonly own: readonly WaitingObligation[];
  readonly ownTotal: number;
  /** In all other cases. */
  readonly now: readonly WaitingObligation[];
  /** In their own and all other cases. */
  readonly nowTotal: number;
  readonly overdueTotal: number;
  readonly hasSafety: boolean;
  readonly soon: readonly WaitingObligation[];
  readonly soonTotal: number;
  readonly stalled: readonly StalledCase[];
  readonly stalledTotal: number;
  /** Every obligation listed under `own` and `now`, so that its reminder is not told twice. */
  readonly keys: readonly { readonly case: CaseId; readonly key: string }[];
}
