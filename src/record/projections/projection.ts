/**
 * The rows that a case's events imply, and nothing else: the same functions serve the transaction that appends
 * an event and the rebuild from all events. No row holds personal data.
 */
import { careOf } from '../../domain/facts/care';
import type { ReturnCase } from '../../domain/model/case';
import type { RecordedEvent } from '../../domain/model/events';
import type { CaseId } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import { noticesOf, waitingNoticesOf } from '../../domain/obligations/notices';
import type { Notice } from '../../domain/obligations/notices';
import { foreseenObligationsOf } from '../../domain/obligations/obligations';
import { findPause } from '../../domain/obligations/pauses';
import { expiriesOf, nextSafetyInstantOf } from '../../domain/obligations/schedule';
import { earliest } from '../../domain/calendar/time';
import type { Instant } from '../../domain/calendar/time';
import { partiesOf } from '../../domain/facts/visibility';
import { writerOf } from '../postgres/row-statements';
import type { Tables } from '../postgres/tables';
import type { Selectable } from 'kysely';

export type CaseRow = Selectable<Tables['cases']>;
export type ObligationRow = Selectable<Tables['obligations']>;
/** The part of an outbox row that follows from its event; how far the mail got is the dispatcher's. */
export type OutboxRow = Pick<
  Selectable<Tables['outbox']>,
  | 'id'
  | 'case_id'
  | 'version'
  | 'notice'
  | 'party'
  | 'roles'
  | 'safety'
  | 'obligation'
  | 'created_at'
  | 'next_attempt_at'
>;

export type NewOutboxRow = OutboxRow & Pick<Selectable<Tables['outbox']>, 'status'>;

/**
 * Obligations that only time will bring are rows too, with their `since` ahead: whoever reads asks for those
 * that have begun, so that no event is needed when one does.
 */
export function obligationRowsOf(
  state: ReturnCase,
  rules: MechanismRules,
  last: RecordedEvent,
): ObligationRow[] {
  return foreseenObligationsOf(state, rules, last.at).map((obligation) => {
    const pause = findPause(state, obligation);
    return {
      case_id: state.id,
      key: obligation.key,
      mechanism_id: state.mechanism.id,
      kind: obligation.kind,
      subject: obligation.subject ?? null,
      party: obligation.party,
      roles: [...obligation.roles],
      since: obligation.since,
      due: obligation.due,
      safety: obligation.safety,
      commands: [...obligation.commands],
      paused_kind: pause?.kind ?? null,
      paused_until: pause?.until ?? null,
      paused_by: pause?.by.official ?? null,
      paused_by_party: pause?.by.party ?? null,
    };
  });
}

export function caseRowOf(
  state: ReturnCase,
  rules: MechanismRules,
  last: RecordedEvent,
  obligations: readonly ObligationRow[],
): CaseRow {
  const waiting = waitingAt(last.at, obligations);
  const [primary] = waiting;
  return {
    id: state.id,
    mechanism_id: state.mechanism.id,
    mechanism_version: state.mechanism.version,
    version: state.version,
    head: last.commandId,
    opened_at: state.openedAt,
    last_at: last.at,
    stage: state.stage,
    stage_since: state.stageSince,
    requesting_party: state.requestingParty,
    holding_party: state.holdingParty,
    parties: partiesOf(state, rules),
    siblings: [...state.siblings],
    dossier_version: state.dossier.version,
    waiting_on: [...new Set(waiting.map(({ party }) => party))],
    waiting_kind: primary?.kind ?? null,
    waiting_since: primary?.since ?? null,
    due: primary?.due ?? null,
    safety: primary?.safety ?? false,
    stalled_since: state.stalledSince ?? null,
    urgent: state.medicallyUrgent,
    hosted: state.stay?.status === 'occupied',
    on_hold: state.holds.length > 0,
    outcome: state.closure?.outcome ?? null,
    lapses_at: earliest(expiriesOf(state, rules)) ?? null,
    alarm_at: nextSafetyInstantOf(state, rules, last.at) ?? null,
    care_with: state.closure ? null : careOf(state).with,
    officer: state.officer?.official ?? null,
    deputy: state.officer?.deputy ?? null,
  };
}

/** Those that have begun; before any has, the one that begins first: an open case always waits for somebody. */
function waitingAt(at: string, obligations: readonly ObligationRow[]): readonly ObligationRow[] {
  const begun = obligations.filter(({ since }) => since <= at);
  if (begun.length > 0) return begun;
  const next = obligations.reduce<ObligationRow | undefined>(
    (first, row) => (first && first.since <= row.since ? first : row),
    undefined,
  );
  return next ? [next] : [];
}

export interface SiblingRow {
  readonly case_id: CaseId;
  readonly sibling: CaseId;
}
export const siblingRowsOf = (state: ReturnCase): SiblingRow[] =>
  state.siblings.map((sibling) => ({ case_id: state.id, sibling }));

/** `state` is the case after the event. */
export function outboxRowsOf(recorded: RecordedEvent, state: ReturnCase, rules: MechanismRules): OutboxRow[] {
  return noticesOf(recorded, state, rules).map((notice) => outboxRowOf(momentOf(recorded), notice));
}

/**
 * What newly waits for somebody after a command: `before` its first event and `state` after its last, with the rows
 * that its events implied.
 */
export const waitingRowsOf = (
  before: ReturnCase | undefined,
  last: RecordedEvent,
  state: ReturnCase,
  rules: MechanismRules,
  told: readonly OutboxRow[],
): OutboxRow[] =>
  waitingNoticesOf(
    before,
    last,
    state,
    rules,
    told.map(({ notice }) => notice),
  ).map((notice) => outboxRowOf(momentOf(last), notice));
const momentOf = ({ case: stream, version, at }: RecordedEvent) => ({ stream, version, at });

/** `stream`: a case or a group. */
export const outboxRowOf = (
  { stream, version, at }: { readonly stream: string; readonly version: number; readonly at: Instant },
  notice: Notice,
): OutboxRow => ({
  id: notice.key,
  case_id: stream,
  version,
  notice,
  party: notice.party,
  roles: [...notice.roles],
  safety: notice.safety,
  obligation: notice.obligation ?? null,
  created_at: at,
  next_attempt_at: at,
});

export const writeCases = writerOf<CaseRow>({
  table: 'cases',
  columns: {
    id: 'text',
    mechanism_id: 'text',
    mechanism_version: 'integer',
    version: 'integer',
    head: 'text',
    opened_at: 'timestamptz',
    last_at: 'timestamptz',
    stage: 'text',
    stage_since: 'timestamptz',
    requesting_party: 'text',
    holding_party: 'text',
    parties: 'text[]',
    siblings: 'text[]',
    dossier_version: 'integer',
    waiting_on: 'text[]',
    waiting_kind: 'text',
    waiting_since: 'timestamptz',
    due: 'timestamptz',
    safety: 'boolean',
    stalled_since: 'timestamptz',
    urgent: 'boolean',
    hosted: 'boolean',
    on_hold: 'boolean',
    outcome: 'text',
    lapses_at: 'timestamptz',
    alarm_at: 'timestamptz',
    care_with: 'text',
    officer: 'text',
    deputy: 'text',
  },
  onConflict: { key: ['id'], then: 'update' },
});

export const writeSiblings = writerOf<SiblingRow>({
  table: 'sibling_links',
  columns: { case_id: 'text', sibling: 'text' },
  onConflict: { key: ['case_id', 'sibling'], then: 'nothing' },
});

export const writeObligations = writerOf<ObligationRow>({
  table: 'obligations',
  columns: {
    case_id: 'text',
    key: 'text',
    mechanism_id: 'text',
    kind: 'text',
    subject: 'text',
    party: 'text',
    roles: 'text[]',
    since: 'timestamptz',
    due: 'timestamptz',
    safety: 'boolean',
    commands: 'text[]',
    paused_kind: 'text',
    paused_until: 'timestamptz',
    paused_by: 'text',
    paused_by_party: 'text',
  },
  onConflict: { key: ['case_id', 'key'], then: 'update' },
});

export const writeOutbox = writerOf<NewOutboxRow>({
  table: 'outbox',
  columns: {
    id: 'text',
    case_id: 'text',
    version: 'integer',
    notice: 'jsonb',
    party: 'text',
    roles: 'text[]',
    safety: 'boolean',
    obligation: 'text',
    created_at: 'timestamptz',
    next_attempt_at: 'timestamptz',
    status: 'text',
  },
  onConflict: { key: ['id'], then: 'nothing' },
});
