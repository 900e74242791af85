/** Writes what a taken command implies, and commits, in one round trip; or what a refused one leaves behind. */
import type { PoolClient } from 'pg';
import type { CommandEnvelope } from '../../domain/model/commands';
import type { RecordedEvent } from '../../domain/model/events';
import type { CaseId, Sha256 } from '../../domain/model/ids';
import type { Rejection } from '../../domain/model/rejections';
import type { Instant } from '../../domain/calendar/time';
import type { EventRow } from '../store/case-reader';
import { keepEndedObligations, keepLeftStage } from '../projections/ended';
import { writeCases, writeObligations, writeOutbox, writeSiblings } from '../projections/projection';
import { dropSuggestions } from '../upkeep/likely-duplicates';
import type { CaseRow, ObligationRow, OutboxRow, SiblingRow } from '../projections/projection';
import { writerOf } from '../postgres/row-statements';
import { writeNews } from '../upkeep/news';
import { writeNotes } from '../store/notes';
import type { Note } from '../store/notes';
import type { News, Receipt } from '../store/submission';
import { caseVoucherRow, vouchedEventOf, writeVouchers } from '../store/vouchers';
import type { VoucherRow } from '../store/vouchers';
import { commit, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

const writeEvents = writerOf<EventRow>({
  table: 'events',
  columns: {
    case_id: 'text',
    version: 'integer',
    at: 'timestamptz',
    event: 'jsonb',
    actor: 'jsonb',
    command_id: 'text',
    place: 'integer',
  },
});

export const eventRowOf = (recorded: RecordedEvent, place: number | undefined): EventRow => ({
  case_id: recorded.case,
  version: recorded.version,
  at: recorded.at,
  event: recorded.event,
  actor: recorded.actor,
  command_id: recorded.commandId,
  place: place ?? null,
});

/** One that was accepted or refused before takes the new answer; the database refuses it for a recorded one. */
const writeCommand = (
  status: 'recorded' | 'refused',
  { envelope, bodyHash, at }: { envelope: CommandEnvelope; bodyHash: Sha256; at: Instant },
  answer: { receipt: Receipt } | { rejection: Rejection },
): Statement => ({
  name: 'write-command',
  text: `insert into commands (id, case_id, status, body_hash, envelope, answer, taken_at, answered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (id) do update set status = excluded.status, answer = excluded.answer,
           answered_at = excluded.answered_at, envelope = excluded.envelope,
           body_hash = excluded.body_hash, case_id = excluded.case_id`,
  values: [
    envelope.id,
    envelope.case,
    status,
    bodyHash,
    JSON.stringify(envelope),
    JSON.stringify(answer),
    at,
  ],
});

export interface Recording {
  readonly envelope: CommandEnvelope;
  readonly receipt: Receipt;
  readonly events: readonly EventRow[];
  readonly caseRow: CaseRow;
  readonly obligations: readonly ObligationRow[];
  readonly outbox: readonly OutboxRow[];
  /** Keys of what may still lapse: notices of anything else are over. */
  readonly expiries: readonly string[];
  /** Links that are there already may be among them. */
  readonly siblings: readonly SiblingRow[];
  /** Texts that the command refers to. */
  readonly notes: readonly Note[];
  /** Given when the case's process did not bring this here itself. */
  readonly news?: News;
}

/** Of one command: its case first, then the other ends of links. Commits. */
const voucherOf = ({ envelope, receipt, events }: Recording, key: string): VoucherRow =>
  caseVoucherRow(
    {
      ...{ id: envelope.case, after: receipt.fromVersion, upto: receipt.toVersion, how: 'recorded' },
      ...{ commands: [envelope], events: events.map(vouchedEventOf) },
    },
    key,
  );

/** Vouches for every event with the record's key: without that nothing rests on it. */
export async function writeRecordings(
  client: PoolClient,
  recordings: readonly Recording[],
  key: string,
): Promise<void> {
  await pipeline(client, [...recordings.flatMap((recording) => writesOf(recording, key)), commit]);
}

function writesOf(recording: Recording, key: string): Statement[] {
  const { envelope, receipt, events, caseRow, obligations, outbox, siblings, notes, news } = recording;
  const owed = obligations.map(({ key }) => key);
  /** What a notice may still be about. */
  const standing = [...owed, ...recording.expiries];
  const paused = events.flatMap(pausedBy);
  return [
    writeEvents(events),
    writeCommand('recorded', { envelope, bodyHash: receipt.bodyHash, at: receipt.at }, { receipt }),
    writeVouchers([voucherOf(recording, key)]),
    keepLeftStage(caseRow),
    keepEndedObligations(receipt, envelope.command.type, owed),
    writeCases([caseRow]),
    dropObligations(envelope.case, owed),
    ...(obligations.length > 0 ? [writeObligations(obligations)] : []),
    ...(outbox.length > 0 ? [writeOutbox(outbox.map((row) => ({ ...row, status: 'pending' })))] : []),
    cancelNotices(envelope.case, standing, paused),
    ...(siblings.length > 0 ? [writeSiblings(siblings)] : []),
    ...(notes.length > 0 ? [writeNotes(notes)] : []),
    ...(news ? [writeNews(news, receipt.at)] : []),
    ...dropSuggestions(envelope.case, events),
  ];
}

/** A command that was taken although there was nothing to do: its id is spent all the same. */
export async function writeNothingDone(
  client: PoolClient,
  envelope: CommandEnvelope,
  receipt: Receipt,
): Promise<void> {
  const written = { envelope, bodyHash: receipt.bodyHash, at: receipt.at };
  await pipeline(client, [writeCommand('recorded', written, { receipt }), commit]);
}

export interface Refusal {
  readonly envelope: CommandEnvelope;
  readonly bodyHash: Sha256;
  readonly at: Instant;
  readonly rejection: Rejection;
  /** False when the id must stay free: it belongs to another command, or nobody vouches for the sender. */
  readonly answersCommand: boolean;
}

/** More of the same in an hour says nothing new; each command's own answer is kept with the command. */
const maxSameRefusals = 20;

/** Refusals of officials' commands are kept, of the same again and again the first. Commits. */
export async function writeRefusal(client: PoolClient, refusal: Refusal): Promise<void> {
  const { envelope, at, rejection, answersCommand } = refusal;
  await pipeline(client, [
    {
      name: 'write-refusal',
      text: `insert into refusals (at, case_id, command_id, command_type, actor, rejection)
             select $1::timestamptz, $2::text, $3::text, $4::text, $5::jsonb, $6::jsonb
              where (select count(*) from (
                       select from refusals
                        where case_id = $2 and at > $1::timestamptz - interval '1 hour' and command_type = $4
                          and actor ->> 'official' = $5::jsonb ->> 'official' and rejection ->> 'code' = $6::jsonb ->> 'code'
                        limit ${maxSameRefusals}) as same) < ${maxSameRefusals}`,
      values: [
        at,
        envelope.case,
        envelope.id,
        envelope.command.type,
        JSON.stringify(envelope.actor),
        JSON.stringify(rejection),
      ],
    },
    ...(answersCommand ? [writeCommand('refused', refusal, { rejection })] : []),
    commit,
  ]);
}

const dropObligations = (caseId: CaseId, keys: readonly string[]): Statement => ({
  name: 'drop-obligations',
  text: 'delete from obligations where case_id = $1 and key <> all ($2::text[])',
  values: [caseId, keys],
});
/** The obligation that somebody has just said they have seen, or will see to later. */
const pausedBy = ({ event }: Pick<EventRow, 'event'>): string[] =>
  event.type === 'ObligationAcknowledged' || event.type === 'ObligationSnoozed' ? [event.obligation] : [];
/**
 * A reminder of what is met would only confuse, and one of what somebody has just answered would nag: they go in
 * the transaction of that command. An alarm under way still reaches everybody it was meant for, and an escalation those
 * above: nobody talks over what the clock has brought.
 */
const cancelNotices = (
  caseId: CaseId,
  standing: readonly string[],
  paused: readonly string[],
): Statement => ({
  name: 'silence-reminders',
  text: `update outbox set status = 'silenced'
          where case_id = $1 and status in ('pending', 'routed', 'dead')
            and (obligation <> all ($2::text[]) or (obligation = any ($3::text[]) and not safety
                                                       and notice ->> 'kind' in ('waiting', 'reminder')))`,
  values: [caseId, standing, paused],
});
