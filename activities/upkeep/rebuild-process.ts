/** Ends the workflow of a case and starts it again from the record, and says so: in the record and in the audit log. */
import type { CaseId } from '../../src/domain/model/ids';
import type { Restart, RestartCause } from '../../src/record/upkeep/operations';
import type { CaseRecord } from '../../src/record/record';
import type { ActivityDeps, CaseProcesses, ProcessStatus } from '../deps';

/** What starting a process takes; an operator's tool has no more. */
export interface Starting extends Pick<ActivityDeps, 'logger'> {
  readonly record: Pick<CaseRecord, 'operations'>;
  readonly processes: Pick<CaseProcesses, 'start' | 'terminate' | 'describe'>;
}

/** After a crash in between, the next round of the upkeep starts what is missing. */
export async function rebuildProcess(
  deps: Starting,
  id: CaseId,
  { runId, firstRunId }: Pick<ProcessStatus, 'runId' | 'firstRunId'>,
  cause: RestartCause,
): Promise<boolean> {
  await deps.processes.terminate(id, firstRunId, `homeward: rebuilt from the record, ${cause}`);
  const started = await deps.processes.start(id, { cause, at: new Date().toISOString() });
  await noteRestarts(deps, [{ case: id, runId, cause }]);
  return started;
}

/** Once for each run, whichever round or worker noticed it. */
export async function noteRestarts(
  { record, logger }: Pick<Starting, 'record' | 'logger'>,
  restarts: readonly Restart[],
): Promise<void> {
  for (const { case: id, runId, cause } of await record.operations.noteRestarts(restarts))
    logger.warn({ audit: 'process-restarted', case: id, run: runId, cause }, 'rebuilt from the record');
}
