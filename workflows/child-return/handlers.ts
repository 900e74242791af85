/** Takes messages in. Handlers are thin: they note what arrived, and the process deals with it in its turn. */
import { defaultPayloadConverter, rawValueTypeInfo } from '@temporalio/common';
import type { RawValue } from '@temporalio/common';
import { defineSignal, log, setHandler } from '@temporalio/workflow';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import { isOfficial } from '../../src/domain/model/parties';
import { followOldUpdates } from './before-view-3';
import { findNews, findRestartNote, isEnvelope } from './envelope';
import type { CaseState } from './case-state';
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
export function takeMessages(caseState: CaseState): void {
  if (!caseState.isOfView3) followOldUpdates(caseState);
  setHandler(rawRecordedSignal, (...args) => caseState.hear(findNews(decode(args[0]))), {
    description: 'The record has taken commands: which, and of which party. The process reads the record.',
  });
  setHandler(rawCommandSignal, (...args) => takeCommand(caseState, args), {
    description: 'A sealed command of an official, sent by hand; its fate stands in the record.',
  });
  setHandler(rawNudgeSignal, (...args) => caseState.nudge(findRestartNote(decode(args[0]))), {
    description: 'Look at the record again. Needs no argument and is always safe to send.',
  });
}

function takeCommand(caseState: CaseState, args: readonly RawValue[]): void {
  const envelope = decode(args[0]);
  const fault = findFault(caseState, envelope);
  if (fault === undefined) {
    caseState.receive(envelope as CommandEnvelope, false);
    return;
  }
  log.warn('Command signal set aside', { reason: fault });
  caseState.putAside(fault);
}

/** What makes a message no command for this case, whoever sent it. */
function findFault(caseState: CaseState, envelope: unknown): string | undefined {
  if (!isEnvelope(envelope)) return 'malformed-command';
  if (envelope.case !== caseState.id) return 'unknown-case';
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
