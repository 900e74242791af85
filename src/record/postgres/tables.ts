/** The tables as Kysely reads them. Instants are ISO strings, see `database.ts`. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { CareCode } from '../../domain/facts/care';
import type { CommandEnvelope, ClosureOutcome } from '../../domain/model/commands';
import type { CaseEvent } from '../../domain/model/events';
import type { CaseId, CommandId, NoteId, OfficialId, PartyId, Sha256, SiteId } from '../../domain/model/ids';
import type { Notice } from '../../domain/obligations/notices';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { CommandType } from '../../domain/model/commands';
import type { Actor, Role } from '../../domain/model/parties';
import type { Stage } from '../../domain/model/stages';
import type { Instant } from '../../domain/calendar/time';

/** Every instant is written by Postgres's clock or by the record's own transaction. */
type At = ColumnType<Instant, Instant, Instant>;
type Defaulted<Value> = ColumnType<Value, Value | undefined, Value>;

export interface CasesTable {
  id: CaseId;
  mechanism_id: string;
  mechanism_version: number;
  version: number;
  head: CommandId;
  opened_at: At;
  last_at: At;
  stage: Stage;
  stage_since: At;
  requesting_party: PartyId;
  holding_party: PartyId;
  parties: PartyId[];
  siblings: CaseId[];
  dossier_version: number;
  waiting_on: PartyId[];
  waiting_kind: ObligationKind | null;
  waiting_since: At | null;
  due: At | null;
  safety: boolean;
  stalled_since: At | null;
  urgent: boolean;
  hosted: boolean;
  on_hold: boolean;
  outcome: ClosureOutcome | null;
  lapses_at: At | null;
  alarm_at: At | null;
  /** Null once the case is closed. */
  care_with: CareCode | null;
  /** The mediator's; null while nobody has it. */
  officer: OfficialId | null;
  deputy: OfficialId | null;
}
export interface ObligationsTable {
  case_id: CaseId;
  key: string;
  mechanism_id: string;
  kind: ObligationKind;
  subject: string | null;
  party: PartyId;
  roles: Role[];
  since: At;
  due: At;
  safety: boolean;
  commands: CommandType[];
  /** Until then its ladder waits; may be over. */
  paused_kind: 'acknowledged' | 'snoozed' | null;
  paused_until: At | null;
  paused_by: OfficialId | null;
  paused_by_party: PartyId | null;
}
export interface Tables {
  mechanisms: {
    id: string;
    version: number;
    content: JSONColumnType<object>;
    hash: Sha256;
    saved_at: Generated<Instant>;
  };
  events: {
    case_id: CaseId;
    version: number;
    at: At;
    type: Generated<CaseEvent['type']>;
    event: JSONColumnType<CaseEvent>;
    actor: JSONColumnType<Actor>;
    command_id: CommandId;
    place: number | null;
  };
  commands: {
    id: CommandId;
    case_id: CaseId;
    status: 'accepted' | 'recorded' | 'refused';
    body_hash: Sha256;
    envelope: JSONColumnType<CommandEnvelope>;
    answer: JSONColumnType<object> | null;
    taken_at: Generated<Instant>;
    answered_at: At | null;
  };
  cases: CasesTable;
  obligations: ObligationsTable;
  places: {
    mechanism_id: string;
    site: SiteId;
    number: number;
    freed_at: At | null;
  };
  bookings: {
    mechanism_id: string;
    site: SiteId;
    number: number;
    case_id: CaseId;
    nights: string;
    sleeper: string;
    occupied: boolean;
    since: At;
    left_at: At | null;
  };
  engagements: {
    mechanism_id: string;
    case_id: CaseId;
    escort: OfficialId;
    movement: string;
  };
  dossiers: {
    case_id: CaseId;
    version: number;
    content: JSONColumnType<object>;
    hash: Sha256;
    at: At;
    salt: string | null;
  };
  staged_dossiers: {
    case_id: CaseId;
    hash: Sha256;
    content: JSONColumnType<object>;
    staged_at: Generated<Instant>;
    salt: string | null;
  };
  notes: {
    id: NoteId;
    case_id: CaseId;
    party: PartyId;
    official: OfficialId;
    text: string;
    in_name_of: PartyId | null;
    at: Generated<Instant>;
  };
  outbox: {
    id: string;
    case_id: CaseId;
    version: number;
    notice: JSONColumnType<Notice>;
    party: PartyId;
    roles: Role[];
    safety: boolean;
    obligation: string | null;
    created_at: At;
    status: Defaulted<'pending' | 'routed' | 'sent' | 'dead' | 'silenced'>;
    attempts: Defaulted<number>;
    next_attempt_at: At;
    sent_to: Defaulted<OfficialId[]>;
    sent_at: At | null;
    last_error_code: string | null;
  };
  news: {
    case_id: CaseId;
    version: number;
    command: string;
    party: PartyId | null;
    at: At;
    tries: Generated<number>;
    next_at: At;
  };
}
