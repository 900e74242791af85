/**
 * One child's return, from the opening of the case to its closure: open the case, and while it is open, start what the
 * rules ask of the outside world and take the next step. The record in Postgres holds the case; this process waits,
 * reminds, retries and asks for the next step. Losing it loses nothing: it is started again and reads the record.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  log,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { ClosureOutcome } from '../../src/domain/model/commands';
import { workflowIdOf } from '../../src/domain/model/ids';
import type { CaseId } from '../../src/domain/model/ids';
import { letAnswersOut } from './before-view-3';
import { takeMessages } from './handlers';
import { CaseProcess } from './case-process';
import type { ChildReturnInput } from './messages';
import { bringToRecord, takeNextStep } from './next-step';
import { Backoff } from './backoff';
import { faultOf, record } from './record';

export interface ChildReturnResult {
  readonly case: CaseId;
  readonly outcome: ClosureOutcome;
  readonly version: number;
}

/** After these tries, a quarter of a minute, a case that the record does not know is given up. */
const triesForUnknownCase = 6;

/** An effect that is still at it when the case closes comes to nothing; it is given this long to end by itself. */
const maxWaitForEffects = '30 seconds';

export async function childReturn(input: ChildReturnInput): Promise<ChildReturnResult> {
  assertIsCaseOfRun(input);
  const caseProcess = new CaseProcess(input);
  takeMessages(caseProcess);
  // A return ends by its record alone: cancelling the workflow does not cancel a child's return.
  return CancellationScope.nonCancellable(async () => {
    await open(caseProcess);
    while (!caseProcess.isClosed) {
      if (caseProcess.mayRest) await goOnInNewRun(caseProcess);
      caseProcess.effects.start();
      caseProcess.view.show();
      await takeNextStep(caseProcess);
    }
    return conclude(caseProcess);
  });
}

/** Anybody with access to Temporal can start a run under a case's id with another case's reference. */
function assertIsCaseOfRun(input: ChildReturnInput): void {
  if (
    workflowIdOf(String((input as Partial<ChildReturnInput> | undefined)?.case)) !== workflowInfo().workflowId
  )
    throw ApplicationFailure.nonRetryable('The run is not under the id of its case', 'unknown-case');
}

/** Reads the case from the record, and tries again: a fault there must not end a return. */
async function open(caseProcess: CaseProcess): Promise<void> {
  const backoff = new Backoff(500, 60_000);
  let unknown = 0;
  for (;;) {
    try {
      const loaded = await record.loadCase(caseProcess.id);
      if (loaded) {
        caseProcess.open(loaded);
        return;
      }
      unknown += 1;
      if (unknown >= triesForUnknownCase) {
        throw ApplicationFailure.nonRetryable(`The record has no case ${caseProcess.id}`, 'case-not-found');
      }
    } catch (error) {
      if (error instanceof ApplicationFailure) throw error;
      log.error('The case could not be read', { fault: faultOf(error) });
    }
    await sleep(backoff.next(), { summary: 'Wait before reading the record again' });
  }
}

/**
 * Nothing is lost on the way: the new run reads the case from the record, and commands that are not yet there are
 * carried over. It does not wait for a lull, which a busy case might never have.
 */
async function goOnInNewRun(caseProcess: CaseProcess): Promise<void> {
  await condition(allHandlersFinished);
  if (caseProcess.mayRest) await continueAsNew<typeof childReturn>(caseProcess.continuation());
}

/** What was sent by hand meanwhile goes to the record, which refuses what comes after closure. */
async function conclude(caseProcess: CaseProcess): Promise<ChildReturnResult> {
  caseProcess.view.show();
  caseProcess.effects.callOff();
  await condition(() => !caseProcess.effects.areUnderWay, maxWaitForEffects);
  do {
    for (let command = caseProcess.waiting[0]; command; command = caseProcess.waiting[0]) {
      await bringToRecord(caseProcess, command);
    }
    if (!caseProcess.isOfView3) await letAnswersOut();
  } while (caseProcess.waiting.length > 0 || !allHandlersFinished());
  const { id, version, closure } = caseProcess.case;
  return { case: id, outcome: closure?.outcome ?? 'other', version };
}
