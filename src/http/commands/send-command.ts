/**
 * Brings one sealed command to the record and says what became of it, in one transaction; then the case's process is
 * told. Who may send the command, and whether it is taken, is for the record to say.
 */
import { adjustedAs } from '../../contracts/nearest-form';
import type { Adjustment } from '../../contracts/nearest-form';
import { bodyHash, sealEnvelope } from '../../contracts/seal';
import { readsEvent, versionFor } from '../../domain/readers/event-readers';
import { allowedCommandsOf } from '../../domain/facts/allowed-commands';
import { isUrgent } from '../../domain/model/commands';
import type { CommandEnvelope, CommandType } from '../../domain/model/commands';
import type { RecordedEvent } from '../../domain/model/events';
import { dateIn } from '../../domain/facts/days';
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import type { Note } from '../../record/store/notes';
import type { CommandStatus, Receipt, Submitted } from '../../record/store/submission';
import { noteInScope } from '../../telemetry/scope';
import type { ApiParts } from '../api-parts';
import type { AnswerOf } from '../define-route';
import type { commandAnswerSchema } from '../../contracts/http/answers';
import type { CommandEnd } from '../middleware/metrics';
import { Problem, rejectionProblem } from '../problem';

interface Sending {
  /** It was tried under the id its sender chose. */
  readonly isUnderAnotherId?: true;
  readonly parts: ApiParts;
  readonly reader: Reader;
  readonly envelope: CommandEnvelope;
  /** Texts that the command refers to; kept with it. */
  readonly notes?: readonly Note[];
  /** What of it was not taken as it was written. */
  readonly adjusted?: readonly Adjustment[];
}

/** Of every command that was recorded. */
export type CommandAnswer = AnswerOf<{ 200: { description: string; schema: typeof commandAnswerSchema } }>;

export async function sendCommand(sending: Sending): Promise<CommandAnswer> {
  const { parts, reader, envelope, notes = [], adjusted = [] } = sending;
  noteInScope({ case: envelope.case, command: envelope.id });
  const { mechanism, party } = reader;
  const result = await parts.record.take(envelope, { asker: { mechanism, party }, notes });
  if (
    result.rejection?.code === 'command-id-reused' &&
    isUrgent(envelope.command) &&
    !sending.isUnderAnotherId
  )
    return sendCommand(underAnotherId(sending));
  if (result.rejection) throw rejectionProblem(result.rejection);
  tellProcess(parts, result);
  parts.metrics.command(envelope.command.type, result.outcome);
  const byRecord = adjustedByRecord(envelope, result);
  const byEdge = namingTaken(adjusted, envelope).filter(
    ({ pointer }) => !byRecord.some((one) => one.pointer === pointer),
  );
  const changed = [...byEdge, ...byRecord];
  const { headers, body } = await answerOf(parts, reader, result);
  return { status: 200, headers, body: { ...body, ...(changed.length > 0 && { adjusted: changed }) } };
}

/** A key used before for something else is no reason to refuse a hold. The same again gets the same id. */
function underAnotherId({ envelope, adjusted = [], ...rest }: Sending): Sending {
  const { seal: _, ...unsealed } = envelope;
  const id = `${envelope.id}-${bodyHash(envelope).slice(0, 12)}`;
  return {
    ...rest,
    envelope: sealEnvelope({ ...unsealed, id }, rest.parts.sealKey),
    adjusted: [...adjusted, adjustedAs('Idempotency-Key', 'renamed')],
    isUnderAnotherId: true,
  };
}

/** The same for one that is sealed and not sent yet. */
export async function underFreeId(sealing: Sending): Promise<Pick<Sending, 'envelope' | 'adjusted'>> {
  const { parts, envelope } = sealing;
  if (!isUrgent(envelope.command)) return sealing;
  const earlier = await parts.record.findCommand(envelope.id);
  return earlier && earlier.bodyHash !== bodyHash(envelope) ? underAnotherId(sealing) : sealing;
}

/** A hold may be recorded under another id, with an earlier review than was asked for, or stand already. */
function adjustedByRecord(
  { id, command, case: of }: CommandEnvelope,
  { events, found, outcome }: Submitted,
): Adjustment[] {
  if (command.type !== 'placeHold' || !found) return [];
  const placed = events.find(({ commandId, event }) => commandId === id && event.type === 'HoldPlaced');
  if (!placed) return outcome === 'recorded' ? [adjustedAs('/hold', 'standing')] : [];
  if (placed.event.type !== 'HoldPlaced' || placed.case !== of) return [];
  const { hold, party, reviewAt } = placed.event;
  const day = dateIn('reviewBy', reviewAt, { ...found, party });
  return [
    ...(hold === command.hold ? [] : [adjustedAs('/hold', 'renamed', hold)]),
    ...(command.reviewBy === undefined || command.reviewBy === day
      ? []
      : [adjustedAs('/reviewBy', 'limited', day)]),
  ];
}

/** An id that the edge has put in the place of another: the one that was recorded is told. */
export const namingTaken = (adjusted: readonly Adjustment[], { command }: CommandEnvelope): Adjustment[] =>
  adjusted.map((one) =>
    one.pointer === '/hold' && one.code === 'renamed' && command.type === 'placeHold'
      ? adjustedAs(one.pointer, one.code, command.hold)
      : one,
  );

/** Nobody waits for it: what does not arrive is delivered later. */
export function tellProcess({ notifier }: ApiParts, { news, found }: Submitted): void {
  if (news && found) notifier.notify(news, found.state.stage !== 'closed');
}

/** The receipt is the first answer; version, stage and what is allowed are of now. */
export async function answerOf(
  parts: ApiParts,
  reader: Reader,
  submitted: Submitted,
): Promise<Pick<CommandAnswer, 'headers' | 'body'>> {
  const { outcome, receipt, found } = submitted;
  if (!found || !receipt || outcome === 'refused') throw new Problem('internal');
  const { state, rules } = found;
  const version = versionFor(reader, state);
  const proposed = state.proposals?.find(
    ({ at, by }) => at === receipt.at && by.official === reader.official,
  );
  return {
    headers: { etag: `"${version}"` },
    body: {
      outcome,
      case: state.id,
      version,
      stage: state.stage,
      receipt: await receiptFor(parts, reader, receipt, submitted),
      allowed: allowedCommandsOf(state, actorOf(reader), rules),
      ...(proposed && { proposal: proposed.id }),
    },
  };
}

/** Of an earlier request under the same id: its answer, or a refusal of another body. */
export async function findFirstAnswer(
  parts: ApiParts,
  reader: Reader,
  envelope: CommandEnvelope,
): Promise<CommandAnswer | undefined> {
  const { record } = parts;
  const earlier = await record.findCommand(envelope.id);
  if (!earlier) return undefined;
  noteInScope({ command: envelope.id });
  if (earlier.bodyHash !== bodyHash(envelope)) throw new Problem('command-id-reused');
  const receipt = findReceipt(earlier);
  // One that was refused may find its case in another state now, and is asked again.
  if (!receipt) return undefined;
  const found = await record.load(receipt.case);
  if (!found) throw new Problem('internal');
  const repeated = { outcome: 'repeated', version: found.state.version, events: [], receipt, found } as const;
  return { status: 200, ...(await answerOf(parts, reader, repeated)) };
}

/** Its versions are those that this reader is told: as many events as they may read. */
export async function receiptFor(
  { record }: Pick<ApiParts, 'record'>,
  reader: Reader,
  receipt: Receipt,
  { outcome, events, found }: Partial<Submitted> = {},
): Promise<Receipt> {
  if (reader.kind === 'mediator') return receipt;
  const { fromVersion, toVersion } = receipt;
  const isOwn = ({ version }: RecordedEvent): boolean => version > fromVersion && version <= toVersion;
  const reads = (event: RecordedEvent): boolean => readsEvent(reader, event);
  if (outcome === 'recorded' && found?.state.version === toVersion) {
    const after = versionFor(reader, found.state);
    const own = (events ?? []).filter((event) => isOwn(event) && reads(event)).length;
    return { ...receipt, fromVersion: after - own, toVersion: after };
  }
  const read = (await record.listEvents(receipt.case, toVersion)).filter(reads);
  const before = read.filter((event) => !isOwn(event)).length;
  return { ...receipt, fromVersion: before, toVersion: read.length };
}

const findReceipt = ({ answer }: CommandStatus): Receipt | undefined =>
  answer && 'receipt' in answer ? answer.receipt : undefined;

/** Counts a refusal, wherever on a command's way it came from, and takes the time until the sender knows. */
export async function counting(
  { metrics }: ApiParts,
  type: CommandType,
  handle: () => Promise<CommandAnswer>,
): Promise<CommandAnswer> {
  const started = performance.now();
  const took = (end: CommandEnd): void => metrics.commandTook(end, (performance.now() - started) / 1_000);
  try {
    const answer = await handle();
    took('recorded');
    return answer;
  } catch (error) {
    took(error instanceof Problem && error.status < 500 ? 'refused' : 'failed');
    if (error instanceof Problem) metrics.command(type, error.code);
    throw error;
  }
}
