/** Starts the processes of cases that the record has, by what `homeward rebuild --all` starts them by. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import pino from 'pino';
import { startMissing } from '../../activities/upkeep/reconcile';
import type { CaseId } from '../../src/domain/model/ids';
import { createCaseProcesses } from '../../src/temporal/case-processes';
import { childReturnType } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import type { Setting } from './setting';

export interface StartSpan {
  readonly count: number;
  /** Until the server had taken the last start. */
  readonly seconds: number;
  /** Until every one of them had read its case from the record and waited for people. */
  readonly untilAtRest: number;
}

const lookEveryMs = 500;
/** A worker that makes no progress for so long is stuck, and the bench would wait for ever. */
const maxStandstillMs = 120_000;

/** `before` processes run already. */
export async function startCases(
  { client, taskQueue, record }: Setting,
  ids: readonly CaseId[],
  before: number,
): Promise<StartSpan> {
  const processes = createCaseProcesses(client, taskQueue);
  const logger = pino({ level: 'silent' });
  const begun = performance.now();
  const { failed } = await startMissing({ record, processes, logger }, ids, [], () => undefined);
  if (failed > 0) throw new Error(`${failed} processes could not be started`);
  const seconds = (performance.now() - begun) / 1000;
  await untilAtRest(client, taskQueue, before + ids.length);
  return { count: ids.length, seconds, untilAtRest: (performance.now() - begun) / 1000 };
}

/** A process shows its stage to the operator once it has read its case. */
async function untilAtRest(client: Client, taskQueue: string, count: number): Promise<void> {
  const query = `TaskQueue = '${taskQueue}' AND WorkflowType = '${childReturnType}' AND ${searchAttributes.stage.name} IS NOT NULL`;
  let most = 0;
  let movedAt = Date.now();
  for (;;) {
    const { count: ready } = await client.workflow.count(query);
    if (ready >= count) return;
    if (ready > most) [most, movedAt] = [ready, Date.now()];
    if (Date.now() - movedAt > maxStandstillMs)
      throw new Error(`${ready} of ${count} processes have read their case, and no more do`);
    await sleep(lookEveryMs);
  }
}
