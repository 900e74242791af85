/**
 * Finds cases whose workflow tasks fail again and again, which the engine's index does not tell. Such a case is
 * rebuilt from the record once; if its tasks fail again it is left for an operator, and for a release that mends it.
 */
import { tasksFailing } from '../deps';
import type { ActivityDeps } from '../deps';
import { rebuildProcess } from './rebuild-process';
import { startMissing } from './reconcile';
import type { Heartbeat } from './compare';

export interface StuckLook {
  readonly looked: number;
  readonly stuck: number;
  readonly rebuilt: number;
  /** Did not run: the counts of the comparison can't tell one missing from one too many. */
  readonly started: number;
}

/** Those the record says something of first, then any: within some rounds every case has been looked at. */
const maxLookedAt = 300;
const lookedAtOnce = 10;
/** One failure may be a worker that was stopped; so many in a row are none. */
const stuckFromAttempt = 3;
/** A faulty release makes thousands fail at once: rebuilding is no remedy then, and must not become a storm. */
const maxRebuilt = 20;

export async function lookForStuck(deps: ActivityDeps, beat: Heartbeat): Promise<StuckLook> {
  const { record, processes } = deps;
  const suspects = await record.operations.listSuspects(maxLookedAt);
  const seen = [];
  for (let next = 0; next < suspects.length; next += lookedAtOnce) {
    const batch = suspects.slice(next, next + lookedAtOnce);
    seen.push(
      ...(await Promise.all(batch.map(async (id) => ({ case: id, status: await processes.describe(id) })))),
    );
    beat(next + batch.length);
  }
  const stuck = seen.flatMap(({ case: id, status }) =>
    status?.isRunning && status.taskAttempt >= stuckFromAttempt
      ? [{ case: id, runId: status.runId, attempt: status.taskAttempt, status }]
      : [],
  );
  await record.operations.noteStuck(stuck, suspects);
  const missing = seen.flatMap(({ case: id, status }) => (status?.isRunning && status.isOurs ? [] : [id]));
  const { started } = await startMissing(deps, missing, [], beat);
  let rebuilt = 0;
  for (const { case: id, status } of stuck) {
    // One that is in the same trouble after it was rebuilt would only be rebuilt for ever.
    if (status.trouble === tasksFailing || rebuilt >= maxRebuilt) continue;
    await rebuildProcess(deps, id, status, 'tasks-failing');
    rebuilt += 1;
    beat(rebuilt);
  }
  return { looked: suspects.length, stuck: stuck.length, rebuilt, started };
}
