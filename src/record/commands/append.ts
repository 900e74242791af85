/** Writes what a taken command implies, and commits, in one round trip; or what a refused one leaves behind. */
import type { PoolClient } from 'pg';
import type { AnyEnvelope } from '../../contracts/seal';
import type { StreamKindName } from '../../contracts/voucher';
import type { RecordedOf } from '../../domain/model/events';
import type { Sha256 } from '../../domain/model/ids';
import type { Rejection } from '../../domain/model/rejections';
import type { Instant } from '../../domain/calendar/time';
import type { EventRow } from '../store/case-reader';
import { writerOf } from '../postgres/row-statements';
import { writeNews } from '../upkeep/news';
import { writeNotes } from '../store/notes';
import type { Note } from '../store/notes';
import type { News, Receipt } from '../store/submission';
import { streamVoucherRow, vouchedEventOf, writeVouchers } from '../store/vouchers';
import type { VoucherRow } from '../store/vouchers';
import { commit, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

const writeEvents = writerOf<EventRow<{ readonly type: string }>>({
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

export const eventRowOf = <Event>(recorded: RecordedOf<Event>, place?: number): EventRow<Event> => ({
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
  { envelope, bodyHash, at }: { envelope: AnyEnvelope; bodyHash: Sha256; at: Instant },
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

/** What a command of any kind of stream leaves behind. */
export interface Recording {
  readonly kind: StreamKindName;
  readonly envelope: AnyEnvelope;
  readonly receipt: Receipt;
  readonly events: readonly EventRow<{ readonly type: string }>[];
  /** Rows that the events imply, in the order in which they are written. */
  readonly implied: readonly Statement[];
  /** Texts that the command refers to. */
  readonly notes: readonly Note[];
  /** Given when the stream's process did not bring this here itself. */
  readonly news?: News;
}

const voucherOf = ({ kind, envelope, receipt, events }: Recording, key: string): VoucherRow =>
  streamVoucherRow(
    {
      ...{ kind, id: envelope.case, after: receipt.fromVersion, upto: receipt.toVersion, how: 'recorded' },
      ...{ commands: [envelope], events: events.map(vouchedEventOf) },
    },
    key,
  );

/**
 * Of one command: its own stream first, then whatever else it is written to. Commits. Vouches for every event with the
 * record's key: without that nothing rests on it.
 */
export async function writeRecordings(
  client: PoolClient,
  recordings: readonly Recording[],
  key: string,
): Promise<void> {
  await pipeline(client, [...recordings.flatMap((recording) => writesOf(recording, key)), commit]);
}

function writesOf(recording: Recording, key: string): Statement[] {
  const { envelope, receipt, events, implied, notes, news } = recording;
  return [
    writeEvents(events),
    writeCommand('recorded', { envelope, bodyHash: receipt.bodyHash, at: receipt.at }, { receipt }),
    writeVouchers([voucherOf(recording, key)]),
    ...implied,
    ...(notes.length > 0 ? [writeNotes(notes)] : []),
    ...(news ? [writeNews(news, receipt.at)] : []),
  ];
}

/** A command that was taken although there was nothing to do: its id is spent all the same. */
export async function writeNothingDone(
  client: PoolClient,
  envelope: AnyEnvelope,
  receipt: Receipt,
): Promise<void> {
  const written = { envelope, bodyHash: receipt.bodyHash, at: receipt.at };
  await pipeline(client, [writeCommand('recorded', written, { receipt }), commit]);
}

export interface Refusal {
  readonly envelope: AnyEnvelope;
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
