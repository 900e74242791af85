/**
 * The messages a child's return takes, by name and type: what the API, the upkeep and the `temporal` CLI send.
 * Nothing here runs; the handlers are in `handlers.ts`.
 */
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { RestartNote } from '../../activities/deps';
import type { Receipt } from '../../activities/record/record-activities';
import type { CommandEnvelope } from '../../src/domain/commands';
import type { CaseId } from '../../src/domain/ids';

export type { RestartNote } from '../../activities/deps';

/** The workflow type, as the UI and the `temporal` CLI name it. */
export const childReturnType = 'childReturn';

/** Arguments of the workflow `childReturn`. */
export interface ChildReturnInput {
  readonly case: CaseId;
  /** Events after which the history is continued as new; when the server suggests it, unless given. */
  readonly continueAfter?: number;
  /** Commands sent as signals that the run before had not yet brought to the record, in arrival order. */
  readonly carried?: readonly CommandEnvelope[];
  /** Given when this run makes good another that ended from outside. */
  readonly restarted?: RestartNote;
  /** How the run shows itself to operators: 2 since marks. Runs of 0.1 have none and learn of it by a patch. */
  readonly view?: 2;
}

/** What the sender of an update learns when the record has taken the command. */
export interface CommandAnswer {
  /** `repeated`: the record had it from before, and this is its first answer. */
  readonly outcome: 'recorded' | 'repeated';
  readonly version: number;
  readonly receipt: Receipt;
}

/**
 * A command whose sender waits for the answer. The update id is the command id. Refused with an
 * `ApplicationFailure` whose type is the rejection's code and whose first detail is the `Rejection`.
 */
export const submitUpdate = defineUpdate<CommandAnswer, [CommandEnvelope], 'submit'>('submit');
/** The same command without waiting. Its fate stands in the register, under the command's id. */
export const commandSignal = defineSignal<[CommandEnvelope], 'command'>('command');
/** The record moved on without the process: look again. May carry why, which is shown to operators. */
export const nudgeSignal = defineSignal<[note?: RestartNote], 'nudge'>('nudge');
