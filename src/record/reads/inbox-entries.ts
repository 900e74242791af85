/** One obligation as an inbox shows it, and whose inbox it is in: shared by the list, its counts and its changes. */
import { hasAnyRole } from '../../domain/model/parties';
import type { CaseId, OfficialId, PartyId } from '../../domain/model/ids';
import type { Obligation } from '../../domain/obligations/obligations';
import type { Role } from '../../domain/model/parties';
import type { Stage } from '../../domain/model/stages';
import type { Instant } from '../../domain/calendar/time';
import type { CaseReader } from '../store/reader';

/**
 * `mine`: what my own roles owe; `delegated`: what only the roles owe that a colleague who is away has lent me; `all`:
 * both; `party`: whatever my party owes, also what others of it will do.
 */
export const inboxScopes = ['all', 'mine', 'delegated', 'party'] as const;
export type InboxScope = (typeof inboxScopes)[number];

export interface InboxEntry extends Obligation {
  readonly case: CaseId;
  readonly stage: Stage;
  readonly urgent: boolean;
  readonly overdue: boolean;
  /** Of the case; whose they are is for the edge to know. */
  readonly siblings: readonly CaseId[];
  /** Its ladder waits. `by` is told of an official of the reader's own party only. */
  readonly paused?: {
    readonly kind: 'acknowledged' | 'snoozed';
    readonly until: Instant;
    readonly by?: OfficialId;
  };
}

/** As selected by `entryColumns`. */
export interface InboxRow extends Omit<InboxEntry, 'subject' | 'paused'> {
  readonly subject: string | null;
  readonly pausedKind: 'acknowledged' | 'snoozed' | null;
  readonly pausedUntil: Instant | null;
  readonly pausedBy: OfficialId | null;
  readonly pausedByParty: PartyId | null;
  readonly isPaused: boolean;
}

/** Of `obligations o` and its case `c`. Entries of one answer are judged by one clock: `now` is its SQL. */
export const entryColumns = (now: string): string => `
  o.case_id as "case", o.key, o.kind, o.subject, o.party, o.roles, o.since, o.due, o.safety, o.commands,
  c.stage, c.urgent, c.siblings, o.due < ${now} as overdue, coalesce(o.paused_until > ${now}, false) as "isPaused",
  o.paused_kind as "pausedKind", o.paused_until as "pausedUntil", o.paused_by as "pausedBy",
  o.paused_by_party as "pausedByParty"`;

export function entryOf(row: InboxRow): InboxEntry {
  const { subject, isPaused, pausedKind, pausedUntil, pausedBy, pausedByParty, ...rest } = row;
  const by = pausedByParty === row.party ? pausedBy : null;
  return {
    ...rest,
    ...(subject !== null && { subject }),
    ...(isPaused &&
      pausedKind !== null &&
      pausedUntil !== null && {
        paused: { kind: pausedKind, until: pausedUntil, ...(by !== null && { by }) },
      }),
  };
}

/** Roles of one's own, and those that are only lent. */
export const rolesApart = ({ roles, lent = [] }: Pick<CaseReader, 'roles' | 'lent'>) => ({
  own: roles.filter((role) => !lent.includes(role)),
  lent: [...lent],
});

/** What `isInScope` asks of a row in this process, `scopeCondition` asks in SQL. */
export function isInScope(
  row: { readonly roles: readonly Role[] },
  reader: Pick<CaseReader, 'roles' | 'lent'>,
  scope: InboxScope,
): boolean {
  const { own, lent } = rolesApart(reader);
  const owes = (roles: readonly Role[]): boolean => row.roles.some((role) => roles.includes(role));
  const isMine = hasAnyRole(own, row.roles);
  if (scope === 'party') return true;
  if (scope === 'mine') return isMine;
  return scope === 'delegated' ? !isMine && owes(lent) : isMine || owes(lent);
}

/** Of `o.roles`, given SQL for the two lists of roles. */
export const scopeConditions = (own: string, lent: string): Readonly<Record<InboxScope, string>> => {
  const mine = `(o.roles = '{}' or o.roles && ${own})`;
  return {
    party: 'true',
    mine,
    delegated: `(o.roles && ${lent} and not ${mine})`,
    all: `(${mine} or o.roles && ${lent})`,
  };
};
