/**
 * What runs did that were started before view 3, when the process answered commands by the update `submit`. Their
 * histories must replay, and their next run (continued as new, or rebuilt) is of view 3.
 *
 * This file and its uses can go when no run of an older view is left: `temporal workflow count` with the query
 * `WorkflowType = 'childReturn' AND ExecutionStatus = 'Running' AND StartTime < '<day of the upgrade>'` gives 0. Then
 * the histories of older views in `test/replay/histories` go, too.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineUpdate,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { Receipt } from '../../activities/record/record-activities';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { Rejection } from '../../src/domain/model/rejections';
import type { CommandOutcome, CaseState } from './case-state';

interface CommandAnswer {
  readonly outcome: 'recorded' | 'repeated';
  readonly version: number;
  readonly receipt: Receipt;
}
const submitUpdate = defineUpdate<CommandAnswer, [CommandEnvelope], 'submit'>('submit');

/** Follows updates of the past; none is taken any more, as the record answers. */
export function followOldUpdates(caseState: CaseState): void {
  setHandler(submitUpdate, (envelope) => submit(caseState, envelope), {
    // Not called for what a history holds.
    validator: (_envelope: CommandEnvelope) => {
      throw ApplicationFailure.nonRetryable('Commands go to the API, which answers them', 'not-taken-here');
    },
    description: 'Of runs before view 3; takes nothing any more.',
  });
}

async function submit(caseState: CaseState, envelope: CommandEnvelope): Promise<CommandAnswer> {
  const command = caseState.receive(envelope, true);
  await CancellationScope.nonCancellable(() => condition(() => command.outcome !== undefined));
  return answerOf(command.outcome);
}

function answerOf(ended: CommandOutcome | undefined): CommandAnswer {
  if (ended && 'fault' in ended)
    throw ApplicationFailure.nonRetryable('The record did not take it', ended.fault);
  const { outcome, version, receipt, rejection } = ended?.result ?? {};
  if (rejection) throw refusal(rejection);
  if (!receipt || version === undefined || !outcome || outcome === 'refused')
    throw ApplicationFailure.nonRetryable('The record gave no receipt', 'unexpected');
  return { outcome, version, receipt };
}

const refusal = (rejection: Rejection): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`Refused: ${rejection.code}`, rejection.code, rejection);

/** Answers left with the task that gave them; a run that ended in that same task could have taken them back. */
export async function letAnswersOut(): Promise<void> {
  await condition(allHandlersFinished);
  await sleep(1, { summary: 'Let the last answers go out' });
}
