/**
 * What is over: obligations that ended and stages that were left, kept by the very command that ended them, so that
 * it can be told how long who was waited for. Follows from the events; the rebuild makes the same rows.
 */
import type { ReturnCase } from '../../domain/model/case';
import type { CommandType } from '../../domain/model/commands';
import type { CaseId, PartyId } from '../../domain/model/ids';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { Stage } from '../../domain/model/stages';
import type { Instant } from '../../domain/calendar/time';
import type { CaseRow, ObligationRow } from './projection';
import { writerOf } from '../postgres/row-statements';
import type { Receipt } from '../store/submission';
import type { Statement } from '../postgres/transaction';

export interface EndedObligationRow {
  readonly case_id: CaseId;
  readonly version: number;
  readonly key: string;
  readonly mechanism_id: string;
  readonly kind: ObligationKind;
  readonly subject: string | null;
  readonly party: PartyId;
  readonly stage: Stage;
  readonly since: Instant;
  readonly due: Instant;
  readonly safety: boolean;
  readonly ended_at: Instant;
  readonly ended: 'met' | 'void';
}
export interface EndedStageRow {
  readonly case_id: CaseId;
  readonly version: number;
  readonly mechanism_id: string;
  readonly stage: Stage;
  readonly since: Instant;
  readonly ended_at: Instant;
}

/**
 * Goes before the statements that drop them: the tables are still as they were before the command. One that
 * was foreseen and never began was waited for by nobody.
 */
export const keepEndedObligations = (
  { case: id, toVersion, at }: Receipt,
  command: CommandType,
  keys: readonly string[],
): Statement => ({
  name: 'keep-ended-obligations',
  text: `insert into past_obligations (case_id, version, key, mechanism_id, kind, subject, party, stage, since, due,
                                       safety, ended_at, ended)
         select o.case_id, $2, o.key, o.mechanism_id, o.kind, o.subject, o.party, c.stage, o.since, o.due, o.safety,
                $3, case when $4::text = any (o.commands) then 'met' else 'void' end
           from obligations o join cases c on c.id = o.case_id
          where o.case_id = $1 and o.key <> all ($5::text[]) and o.since <= $3`,
  values: [id, toVersion, at, command, keys],
});

/** What `keepEndedObligations` writes, for the rebuild: `before` the case and its rows before the command. */
export const endedObligationRowsOf = (
  before: { readonly state: ReturnCase; readonly obligations: readonly ObligationRow[] },
  { version, at, command }: { version: number; at: Instant; command: CommandType | undefined },
  now: readonly ObligationRow[],
): EndedObligationRow[] => {
  const keys = new Set(now.map(({ key }) => key));
  return before.obligations
    .filter(({ key, since }) => !keys.has(key) && since <= at)
    .map(({ case_id, key, mechanism_id, kind, subject, party, since, due, safety, commands }) => ({
      ...{ case_id, version, key, mechanism_id, kind, subject, party, since, due, safety },
      stage: before.state.stage,
      ended_at: at,
      ended: command !== undefined && commands.includes(command) ? 'met' : 'void',
    }));
};

export const keepLeftStage = ({ id, version, stage, stage_since, last_at }: CaseRow): Statement => ({
  name: 'keep-left-stage',
  text: `insert into past_stages (case_id, version, mechanism_id, stage, since, ended_at)
         select id, $2, mechanism_id, stage, stage_since, $5 from cases
          where id = $1 and (stage, stage_since) is distinct from ($3::text, $4::timestamptz)`,
  values: [id, version, stage, stage_since, last_at],
});

export const leftStageRowsOf = (before: ReturnCase, now: ReturnCase, at: Instant): EndedStageRow[] =>
  before.stage === now.stage && before.stageSince === now.stageSince
    ? []
    : [
        {
          case_id: now.id,
          version: now.version,
          mechanism_id: now.mechanism.id,
          stage: before.stage,
          since: before.stageSince,
          ended_at: at,
        },
      ];

export const writeEndedObligations = writerOf<EndedObligationRow>({
  table: 'past_obligations',
  columns: {
    case_id: 'text',
    version: 'integer',
    key: 'text',
    mechanism_id: 'text',
    kind: 'text',
    subject: 'text',
    party: 'text',
    stage: 'text',
    since: 'timestamptz',
    due: 'timestamptz',
    safety: 'boolean',
    ended_at: 'timestamptz',
    ended: 'text',
  },
});

export const writeEndedStages = writerOf<EndedStageRow>({
  table: 'past_stages',
  columns: {
    case_id: 'text',
    version: 'integer',
    mechanism_id: 'text',
    stage: 'text',
    since: 'timestamptz',
    ended_at: 'timestamptz',
  },
});
