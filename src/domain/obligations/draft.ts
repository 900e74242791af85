/** An obligation before its ladder gives it a key and a due instant. */
import type { ReturnCase } from '../model/case';
import type { OfficialsCommandType } from '../model/command-table';
import type { PartyId } from '../model/ids';
import type { MechanismRules, Office } from '../model/mechanism';
import type { ObligationKind } from '../model/obligation-kinds';
import type { PartyKind, Role } from '../model/parties';
import type { Instant } from '../calendar/time';
import { findPartyOf } from '../facts/visibility';

export interface Draft {
  readonly kind: ObligationKind;
  readonly subject?: string;
  readonly party: PartyId;
  readonly roles: readonly Role[];
  /** May lie ahead: the obligation exists from then on. */
  readonly since: Instant;
  /** Only for `kindsWithOwnDue`. */
  readonly due?: Instant;
  readonly commands: readonly OfficialsCommandType[];
}

export type DraftSource = (state: ReturnCase, rules: MechanismRules, now: Instant) => Draft[];

/** Owed by the party of that kind in this case; nobody owes it while the case names no such party. */
export function owedBy(
  state: ReturnCase,
  rules: MechanismRules,
  kind: PartyKind,
  roles: readonly Role[],
  rest: Omit<Draft, 'party' | 'roles'>,
): Draft[] {
  const party = findPartyOf(state, rules, kind);
  return party ? [{ party: party.id, roles, ...rest }] : [];
}

/** Owed by the first of the offices whose party this case has: a host, say, joins only with a plan. */
export const owedByFirst = (
  state: ReturnCase,
  rules: MechanismRules,
  offices: readonly Office[],
  rest: Omit<Draft, 'party' | 'roles'>,
): Draft[] =>
  offices
    .map(({ kind, roles }) => owedBy(state, rules, kind, roles, rest))
    .find(({ length }) => length > 0) ?? [];

export const latest = (first: Instant, ...others: readonly (Instant | undefined)[]): Instant =>
  others.reduce<Instant>((best, at) => (at !== undefined && at > best ? at : best), first);
