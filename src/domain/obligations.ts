/** Who must do what by when. The single source of inbox, reminder, escalation, stalled and waiting-on. */
import type { CommandType } from './commands';
import type { MechanismRules } from './mechanism';
import type { ObligationKind } from './obligation-kinds';
import type { Role } from './parties';
import type { PartyId } from './ids';
import type { ReturnCase } from './case';
import type { Instant } from './time';

export interface Obligation {
  /** Stable while the obligation lasts and new when it arises again: kind, subject, party, since. */
  readonly key: string;
  readonly kind: ObligationKind;
  /** The facet, relay, hold, condition, side, leg or visit it is about. */
  readonly subject?: string;
  readonly party: PartyId;
  readonly roles: readonly Role[];
  readonly since: Instant;
  readonly due: Instant;
  readonly safety: boolean;
  /** Commands that meet it. */
  readonly commands: readonly CommandType[];
}

/** Sorted by safety, then due, then key. Empty for a closed case. */
export function obligationsOf(_state: ReturnCase, _rules: MechanismRules, _now: Instant): Obligation[] {
  throw new Error('being written');
}
