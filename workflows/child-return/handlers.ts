/**
 * Takes messages in. Handlers are thin: a command waits its turn, the process brings it to the record, and the
 * handler hands back the answer.
 */
import { defaultPayloadConverter, rawValueTypeInfo } from '@temporalio/common';
import type { RawValue } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineSignal,
  log,
  setHandler,
} from '@temporalio/workflow';
import { isUnrefusable } from '../../src/domain/commands';
import type { CommandEnvelope } from '../../src/domain/commands';
import { decide } from '../../src/domain/decide';
import { isOfficial } from '../../src/domain/parties';
import type { Rejection } from '../../src/domain/rejections';
import { findRestartNote, isEnvelope } from './envelope';
import type { CommandOutcome, Journey } from './journey';
import { commandSignal, nudgeSignal, submitUpdate } from './messages';
import type { CommandAnswer } from './messages';

/**
 * Signals are also sent by hand, and a payload that can't be decoded would fail the workflow task for ever. So
 * their arguments are taken as they are and decoded here; ten, as the CLI lets one give several.
 */
const undecoded = { typeInfo: { inputTypes: Array<typeof rawValueTypeInfo>(10).fill(rawValueTypeInfo) } };
const rawCommandSignal = defineSignal<RawValue[]>(commandSignal.name, undecoded);
const rawNudgeSignal = defineSignal<RawValue[]>(nudgeSignal.name, undecoded);

/** To be called before anything is awaited: messages may have arrived before the first step. */
export function takeMessages(journey: Journey): void {
  setHandler(submitUpdate, (envelope) => submit(journey, envelope), {
    validator: (envelope: CommandEnvelope) => assertNotHopeless(journey, envelope),
    description: 'A sealed command of an official; answers with the new version and a receipt.',
  });
  setHandler(rawCommandSignal, (...args) => takeCommand(journey, args), {
    description: 'The same sealed command without waiting for the answer; its fate stands in the register.',
  });
  setHandler(rawNudgeSignal, (...args) => journey.nudge(findRestartNote(decode(args[0]))), {
    description: 'Look at the record again. Needs no argument and is always safe to send.',
  });
}

async function submit(journey: Journey, envelope: CommandEnvelope): Promise<CommandAnswer> {
  const command = journey.receive(envelope, true);
  // A cancelled workflow still answers: a return ends by its record alone.
  await CancellationScope.nonCancellable(() => condition(() => command.outcome !== undefined));
  return answerOf(command.outcome);
}

function answerOf(ended: CommandOutcome | undefined): CommandAnswer {
  if (ended && 'fault' in ended) {
    throw ApplicationFailure.nonRetryable('The record did not take it', ended.fault);
  }
  const { outcome, version, receipt, rejection } = ended?.result ?? {};
  if (rejection) throw refusal(rejection);
  if (!receipt || version === undefined || !outcome || outcome === 'refused') {
    throw ApplicationFailure.nonRetryable('The record gave no receipt', 'unexpected');
  }
  return { outcome, version, receipt };
}

function takeCommand(journey: Journey, args: readonly RawValue[]): void {
  const envelope = decode(args[0]);
  const fault = findFault(journey, envelope);
  if (fault === undefined) {
    journey.receive(envelope as CommandEnvelope, false);
    return;
  }
  log.warn('Command signal set aside', { reason: fault });
  journey.setAside.push(fault);
}

/** Synchronous on purpose: an asynchronous validator would let everything through. */
function assertNotHopeless(journey: Journey, envelope: CommandEnvelope): void {
  const fault = findFault(journey, envelope);
  if (fault !== undefined) throw ApplicationFailure.nonRetryable(`Not taken: ${fault}`, fault);
  if (envelope.seal === undefined) throw refusal({ code: 'seal-missing' });
  const rejection = findRejection(journey, envelope);
  if (rejection) throw refusal(rejection);
}

/** What makes a message no command for this case, whoever sent it. */
function findFault(journey: Journey, envelope: unknown): string | undefined {
  if (!isEnvelope(envelope)) return 'malformed-command';
  if (envelope.case !== journey.id) return 'unknown-case';
  if (!isOfficial(envelope.actor)) return 'not-your-command';
  return undefined;
}

/** Undefined unless the record would surely refuse: it may have moved on, and it alone decides. */
function findRejection(journey: Journey, envelope: CommandEnvelope): Rejection | undefined {
  const unsure =
    isUnrefusable(envelope.command) ||
    !journey.isUpToDate ||
    journey.knows(envelope.id) ||
    (envelope.expectedVersion ?? 0) > journey.case.version;
  if (unsure) return undefined;
  try {
    const verdict = decide(journey.case, envelope, {
      now: journey.now,
      mechanism: journey.rules,
      // Only the verdict matters here; the record hashes the plan.
      hashPlan: () => '',
    });
    // The version tells the sender whether this process had heard of what the sender has read in the record.
    return 'rejection' in verdict ? { version: journey.case.version, ...verdict.rejection } : undefined;
  } catch {
    // A payload no edge would have sealed; the record refuses it for its seal.
    return undefined;
  }
}

function refusal(rejection: Rejection): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`Refused: ${rejection.code}`, rejection.code, rejection);
}

function decode(value: RawValue | undefined): unknown {
  try {
    return value && defaultPayloadConverter.fromPayload(value.payload);
  } catch {
    return undefined;
  }
}
