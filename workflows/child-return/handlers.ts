/** Takes messages in. Handlers are thin: they note what arrived, and the process deals with it in its turn. */
import { defaultPayloadConverter, rawValueTypeInfo } from '@temporalio/common';
import type { RawValue } from '@temporalio/common';
import { defineSignal, log, setHandler } from '@temporalio/workflow';
import type { CommandEnvelope } from '../../src/domain/commands';
import { isOfficial } from '../../src/domain/parties';
import { followOldUpdates } from './before-view-3';
import { findNews, findRestartNote, isEnvelope } from './envelope';
import type { Journey } from './journey';
import { commandSignal, nudgeSignal, recordedSignal } from './messages';

/**
 * Signals are also sent by hand, and a payload that can't be decoded would fail the workflow task for ever. So
 * their arguments are taken as they are and decoded here; ten, as the CLI lets one give several.
 */
const undecoded = { typeInfo: { inputTypes: Array<typeof rawValueTypeInfo>(10).fill(rawValueTypeInfo) } };
const rawRecordedSignal = defineSignal<RawValue[]>(recordedSignal.name, undecoded);
const rawCommandSignal = defineSignal<RawValue[]>(commandSignal.name, undecoded);
const rawNudgeSignal = defineSignal<RawValue[]>(nudgeSignal.name, undecoded);

/** To be called before anything is awaited: messages may have arrived before the first step. */
export function takeMessages(journey: Journey): void {
  if (!journey.isOfView3) followOldUpdates(journey);
  setHandler(rawRecordedSignal, (...args) => journey.hear(findNews(decode(args[0]))), {
    description: 'The record has taken commands: which, and of which party. The process reads the record.',
  });
  setHandler(rawCommandSignal, (...args) => takeCommand(journey, args), {
    description: 'A sealed command of an official, sent by hand; its fate stands in the record.',
  });
  setHandler(rawNudgeSignal, (...args) => journey.nudge(findRestartNote(decode(args[0]))), {
    description: 'Look at the record again. Needs no argument and is always safe to send.',
  });
}

function takeCommand(journey: Journey, args: readonly RawValue[]): void {
  const envelope = decode(args[0]);
  const fault = findFault(journey, envelope);
  if (fault === undefined) {
    journey.receive(envelope as CommandEnvelope, false);
    return;
  }
  log.warn('Command signal set aside', { reason: fault });
  journey.putAside(fault);
}

/** What makes a message no command for this case, whoever sent it. */
function findFault(journey: Journey, envelope: unknown): string | undefined {
  if (!isEnvelope(envelope)) return 'malformed-command';
  if (envelope.case !== journey.id) return 'unknown-case';
  if (!isOfficial(envelope.actor)) return 'not-your-command';
  return undefined;
}

function decode(value: RawValue | undefined): unknown {
  try {
    return value && defaultPayloadConverter.fromPayload(value.payload);
  } catch {
    return undefined;
  }
}
