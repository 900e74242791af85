/**
 * Starts every open case anew from the record: after Temporal's database was lost, or after the record was restored
 * from a backup and the processes know more than it. Killed in the middle it is simply run again: what runs already
 * is passed over.
 */
import { compare } from '../../../activities/upkeep/compare';
import { startMissing } from '../../../activities/upkeep/reconcile';
import type { ProcessStatus } from '../../../activities/deps';
import { rebuildProcess } from '../../../activities/upkeep/rebuild-process';
import type { CaseId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import type { OperatorParts } from './parts';

export interface Rebuilt {
  readonly open: number;
  /** Ran already and were left alone. */
  readonly running: number;
  readonly started: number;
  /** Could not be started; run it again. */
  readonly failed: number;
  readonly seconds: number;
}

/** As many under way as an embedded engine takes without queueing. */
const renewedAtOnce = 20;
/** Why a missing process is missing is looked for this far back. */
const stoppedWithinMs = 3_600_000;

/**
 * `before`: runs begun before this instant are ended and started anew too; without it only what is missing is
 * started. Give the same instant again to go on with one that was interrupted.
 */
export async function rebuildAll(
  parts: OperatorParts,
  progress: (done: number, of: number) => void,
  { before }: { before?: Instant } = {},
): Promise<Rebuilt> {
  const startedAt = Date.now();
  const { record, processes } = parts;
  const open = await record.listOpenCases();
  const { missing } = await compare(open, processes, () => undefined, open.length);
  const renewed = before === undefined ? [] : await listBegunBefore(parts, open, before);
  const all = missing.length + renewed.length;
  progress(0, all);
  const stopped = await processes.listStopped(stoppedWithinMs);
  const counts = await startMissing(parts, missing, stopped, (done) => {
    progress(done, all);
  });
  for (let next = 0; next < renewed.length; next += renewedAtOnce) {
    const batch = renewed.slice(next, next + renewedAtOnce);
    const outcomes = await Promise.allSettled(
      batch.map(({ id, status }) => rebuildProcess(parts, id, status, 'by-operator')),
    );
    for (const { status } of outcomes) counts[status === 'fulfilled' ? 'started' : 'failed'] += 1;
    progress(missing.length + next + batch.length, all);
  }
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
  return { open: open.length, running: open.length - all, ...counts, seconds };
}

/** Asked one by one: to list so many runs takes the engine minutes. */
async function listBegunBefore(
  { processes }: OperatorParts,
  open: readonly CaseId[],
  before: Instant,
): Promise<{ id: CaseId; status: ProcessStatus }[]> {
  const found: { id: CaseId; status: ProcessStatus }[] = [];
  for (let next = 0; next < open.length; next += renewedAtOnce) {
    const batch = open.slice(next, next + renewedAtOnce);
    const statuses = await Promise.all(
      batch.map(async (id) => ({ id, status: await processes.describe(id) })),
    );
    for (const { id, status } of statuses)
      if (status?.isRunning && status.startedAt < before) found.push({ id, status });
  }
  return found;
}
