/**
 * Brings one sealed command to the record and says what became of it. Who may send it has been settled before;
 * whether it is taken is for the rules to say. `docs/decisions/http-answers.md` has the reasons for each answer.
 */
import type { CommandAnswer } from '../../workflows/child-return/messages';
import { bodyHash } from '../contracts/seal';
import { allowedCommandsOf } from '../domain/allowed-commands';
import { isUnrefusable } from '../domain/commands';
import type { CommandEnvelope, CommandType } from '../domain/commands';
import { actorOf } from '../auth/official-directory';
import type { Reader } from '../auth/official-directory';
import type { CommandStatus, Receipt } from '../register/submission';
import { noteInScope } from '../telemetry/scope';
import type { ApiParts } from './api-parts';
import type { Answer } from './define-route';
import type { CommandEnd } from './metrics';
import type { ProcessReply } from './process-gate';
import { Problem, rejectionProblem, unavailable } from './problem';

/** A hold or a withdrawal waits no longer for the engine than this before the API records it itself. */
const safetyPatienceMilliseconds = 2_000;

export interface Sending {
  readonly parts: ApiParts;
  readonly reader: Reader;
  readonly envelope: CommandEnvelope;
  readonly respondAsync: boolean;
  /** Of the case, as the sender was let in to it. */
  readonly seenVersion: number;
}

/** Before anything is kept: the first answer of an earlier request, or a refusal of another body under its id. */
export async function findFirstAnswer(
  parts: ApiParts,
  reader: Reader,
  envelope: CommandEnvelope,
): Promise<Answer | undefined> {
  const earlier = await parts.register.findCommand(envelope.id);
  if (!earlier) return undefined;
  // A repeat never reaches the process, where others are noted.
  noteInScope({ command: envelope.id });
  if (earlier.bodyHash !== bodyHash(envelope)) {
    throw new Problem('command-id-reused');
  }
  // One that was refused may find its case in another state now, and is asked anew.
  return earlier.status === 'recorded'
    ? answerRecorded(parts, reader, envelope, receiptOf(earlier))
    : undefined;
}

export const sendCommand = (sending: Sending): Promise<Answer> =>
  sending.respondAsync ? sendWithoutWaiting(sending) : sendAndWait(sending);

/** Counts a refusal, wherever on a command's way it came from, and takes the time until the sender knows. */
export async function counting(
  { metrics }: ApiParts,
  type: CommandType,
  handle: () => Promise<Answer>,
): Promise<Answer> {
  const started = performance.now();
  const took = (end: CommandEnd): void => metrics.commandTook(end, (performance.now() - started) / 1_000);
  try {
    const answer = await handle();
    took(answer.status === 202 ? 'kept' : 'recorded');
    return answer;
  } catch (error) {
    took(error instanceof Problem && error.status < 500 ? 'refused' : 'failed');
    if (error instanceof Problem) metrics.command(type, error.code);
    throw error;
  }
}

async function sendAndWait(sending: Sending): Promise<Answer> {
  const { parts, reader, envelope } = sending;
  const isSafety = isUnrefusable(envelope.command);
  const patience = isSafety ? safetyPatienceMilliseconds : parts.answerWithinMilliseconds;
  const reply = await askProcess(sending, patience);
  if (reply.reply === 'refused') throw rejectionProblem(reply.rejection);
  if (reply.reply === 'answered') return answerTaken(parts, reader, envelope, reply.answer);
  if (isSafety) return recordDirectly(sending);
  if (reply.reply === 'unreachable') throw unavailable('process-unreachable');
  if (reply.reply === 'faulted') {
    parts.log.error({ commandId: envelope.id, fault: reply.fault }, 'the record did not take a command');
    throw new Problem('internal');
  }
  return keepForLater(sending);
}

/**
 * A case without its process gets one first, and a process that refuses what it judged by an older version than
 * the sender has read is told to look again: after an outage the upkeep would do both within a minute.
 */
async function askProcess(sending: Sending, patience: number): Promise<ProcessReply> {
  const { parts, envelope, seenVersion } = sending;
  noteInScope({ command: envelope.id });
  const reply = await parts.process.submit(envelope, patience);
  if (reply.reply === 'not-running') {
    if ((await parts.process.start(envelope.case)) === 'unreachable') return { reply: 'unreachable' };
    return parts.process.submit(envelope, patience);
  }
  if (reply.reply !== 'refused' || (reply.rejection.version ?? seenVersion) >= seenVersion) return reply;
  await parts.process.nudge(envelope.case);
  return parts.process.submit(envelope, patience);
}

/** Never-rule 3: a hold or a withdrawal is taken, engine or no engine. The upkeep tells the process later. */
async function recordDirectly({ parts, reader, envelope }: Sending): Promise<Answer> {
  const result = await parts.register.submit(envelope, { knownVersion: 0, route: 'direct' });
  if (result.rejection) throw rejectionProblem(result.rejection);
  if (!result.receipt) throw new Problem('internal');
  parts.metrics.command(envelope.command.type, 'direct');
  // Not waited for: with the engine away it would only take time.
  void parts.process.nudge(envelope.case);
  return answerRecorded(parts, reader, envelope, result.receipt, result.outcome === 'repeated');
}

/** The engine is there and no worker answers: kept in the record, it is brought to the process in time. */
async function keepForLater(sending: Sending): Promise<Answer> {
  const { parts, reader, envelope } = sending;
  const status = await parts.register.acceptCommand(envelope);
  if ('rejection' in status) throw rejectionProblem(status.rejection);
  if (status.status === 'recorded') return answerRecorded(parts, reader, envelope, receiptOf(status));
  // Should the signal not arrive, the upkeep sends it: the command is kept already. A hold can't wait for that.
  const isSent = await signal(parts, envelope);
  if (!isSent && isUnrefusable(envelope.command)) return recordDirectly(sending);
  parts.metrics.command(envelope.command.type, 'accepted');
  return answerAccepted(envelope, {});
}

async function sendWithoutWaiting(sending: Sending): Promise<Answer> {
  const { parts, envelope } = sending;
  const isSafety = isUnrefusable(envelope.command);
  // Asked first, so that nothing is kept that the sender is then told was not.
  if (!(await parts.process.isReachable())) {
    if (isSafety) return recordDirectly(sending);
    throw unavailable('process-unreachable');
  }
  const answer = await keepForLater(sending);
  return answer.status === 202 ? answerAccepted(envelope, { 'preference-applied': 'respond-async' }) : answer;
}

async function signal({ process }: ApiParts, envelope: CommandEnvelope): Promise<boolean> {
  const outcome = await process.signal(envelope);
  if (outcome !== 'not-running') return outcome === 'sent';
  return (await process.start(envelope.case)) === 'running' && (await process.signal(envelope)) === 'sent';
}

export const commandPathOf = (id: string): string => `/v1/commands/${encodeURIComponent(id)}`;

function answerAccepted(envelope: CommandEnvelope, headers: Record<string, string>): Answer {
  return {
    status: 202,
    headers: { location: commandPathOf(envelope.id), ...headers },
    body: { commandId: envelope.id, case: envelope.case, status: 'accepted' },
  };
}

function answerTaken(
  parts: ApiParts,
  reader: Reader,
  envelope: CommandEnvelope,
  { outcome, receipt }: CommandAnswer,
): Promise<Answer> {
  parts.metrics.command(envelope.command.type, outcome);
  return answerRecorded(parts, reader, envelope, receipt, outcome === 'repeated');
}

/** The receipt is the first answer; version, stage and what is allowed are of now. */
async function answerRecorded(
  { register }: ApiParts,
  reader: Reader,
  envelope: CommandEnvelope,
  receipt: Receipt,
  repeated = true,
): Promise<Answer> {
  const found = await register.load(receipt.case);
  if (!found) throw new Problem('internal');
  const { state, rules } = found;
  return {
    status: 200,
    headers: { etag: `"${state.version}"` },
    body: {
      outcome: repeated ? 'repeated' : 'recorded',
      case: envelope.case,
      version: state.version,
      stage: state.stage,
      receipt,
      allowed: allowedCommandsOf(state, actorOf(reader), rules),
    },
  };
}

function receiptOf({ answer }: CommandStatus): Receipt {
  if (answer && 'receipt' in answer) return answer.receipt;
  throw new Problem('internal');
}
