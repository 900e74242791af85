/** Starts the processes of cases that the record has, as `homeward rebuild --all` does after Temporal's data was lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { CaseId } from '../../src/domain/ids';
import { startChildReturn } from '../../src/temporal/start';
import { childReturnType } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { inLanes } from './lay-cases';

export interface StartSpan {
  readonly count: number;
  /** Until the server had taken the last start. */
  readonly seconds: number;
  /** Until every one of them had read its case from the record and waited for people. */
  readonly untilAtRest: number;
}

const lanes = 40;
const lookEveryMs = 500;
/** A worker that makes no progress for so long is stuck, and the bench would wait for ever. */
const longestStandstillMs = 120_000;

/** `before` processes run already. */
export async function startCases(
  client: Client,
  taskQueue: string,
  ids: readonly CaseId[],
  before: number,
): Promise<StartSpan> {
  const begun = performance.now();
  const start = async (id: CaseId): Promise<void> => {
    await startChildReturn(client, id, { taskQueue });
  };
  await inLanes(ids, start, lanes);
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
    if (Date.now() - movedAt > longestStandstillMs)
      throw new Error(`${ready} of ${count} processes have read their case, and no more do`);
    await sleep(lookEveryMs);
  }
}
