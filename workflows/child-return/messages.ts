/**
 * The messages a child's return takes, by name and type: what the API, the upkeep and the `temporal` CLI send.
 * Nothing here runs; the handlers are in `handlers.ts`.
 */
import { defineSignal } from '@temporalio/workflow';
import type { RestartNote } from '../../activities/deps';
import type { News } from '../../activities/record/record-activities';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { CaseId } from '../../src/domain/model/ids';

export type { RestartNote } from '../../activities/deps';
export type { News } from '../../activities/record/record-activities';

/** The workflow type, as the UI and the `temporal` CLI name it. */
export const childReturnType = 'childReturn';

/**
 * How a run waits and shows itself. 3: the record answers commands and the run is told by news. 2: marks for operators.
 * Runs of 0.1 have none. What runs before 3 do differently is in `before-view-3.ts`.
 */
export const currentView = 3;

/** Arguments of the workflow `childReturn`. */
export interface ChildReturnInput {
  readonly case: CaseId;
  /** Events after which the history is continued as new; when the server suggests it, unless given. */
  readonly continueAfter?: number;
  /** Commands sent as signals that the run before had not yet brought to the record, in arrival order. */
  readonly carried?: readonly CommandEnvelope[];
  /** Given when this run makes good another that ended from outside. */
  readonly restarted?: RestartNote;
  readonly view?: 2 | typeof currentView;
}

/**
 * The record has taken commands: read it. The list says which command of which party brought the case to which version,
 * oldest first, so that an operator finds each by name. It is believed for nothing but its name.
 */
export const recordedSignal = defineSignal<[news: readonly News[]], 'recorded'>('recorded');
/** A sealed command of an official, sent by hand or by another system. Its fate stands in the record, under its id. */
export const commandSignal = defineSignal<[CommandEnvelope], 'command'>('command');
/** Look at the record again. May carry why, which is shown to operators. */
export const nudgeSignal = defineSignal<[note?: RestartNote], 'nudge'>('nudge');
