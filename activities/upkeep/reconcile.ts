/**
 * Compares the cases that are open in the record with the workflows that run, starts what is missing and tells what
 * lags behind. Every run that ended from outside is said once: in the audit log, in the record, and in the UI.
 */
import type { CaseId } from '../../src/domain/model/ids';
import type { Restart } from '../../src/record/upkeep/operations';
import type { ActivityDeps, RestartNote, StoppedRun } from '../deps';
import { answerPromised } from './answer-promised';
import { compare } from './compare';
import type { Heartbeat, Comparison } from './compare';
import { noteRestarts, rebuildProcess } from './rebuild-process';
import type { Starting } from './rebuild-process';

export interface Reconciliation {
  readonly open: number;
  /** 1 when all cases were compared one by one, not in number only. */
  readonly whole: number;
  readonly running: number;
  readonly started: number;
  /** Still without a process: more than one round starts, or the engine refused. */
  readonly missing: number;
  readonly nudged: number;
  /** Commands that release 0.1 had accepted for a later answer. */
  readonly answered: number;
}

/** After the engine's data was lost every case is missing. */
const startedAtOnce = 20;
/** A round must end before the next; `homeward rebuild --all` does not stop here. */
const maxStarted = 1_500;
/** Runs ended from outside are looked for this far back: ten runs of the upkeep, in case some were missed. */
const stoppedWithinMs = 10 * 60_000;
/** A case opened more recently may be without a process because whoever opened it is about to start one. */
const justOpenedMs = 120_000;

export async function reconcile(deps: ActivityDeps, beat: Heartbeat): Promise<Reconciliation> {
  const startedAt = Date.now();
  const [stopped, found] = await Promise.all([listStopped(deps), findDifferences(deps, beat)]);
  const { open, running, missing, ended } = found;
  // Whose run just ended is known by name, whatever the engine's index counts yet.
  const unsaid = await findUnsaid(deps, stopped);
  const toStart = [...new Set([...unsaid.map((run) => run.case), ...missing])];
  const { started, failed } = await startMissing(deps, toStart.slice(0, maxStarted), stopped, beat);
  // Few, and a start is no more than a look where one runs.
  for (const id of await deps.record.groups.listOpen()) await deps.processes.start(id);
  const resets = await reportResets(deps, await findUnsaid(deps, unsaid));
  // They run although their cases are closed.
  for (const id of ended) await deps.processes.nudge(id);
  const counts = {
    open,
    whole: Number(found.isWhole),
    running,
    started,
    missing: failed + Math.max(0, toStart.length - maxStarted),
    nudged: resets + ended.length,
    answered: await answerPromised(deps),
  };
  await deps.record.operations.noteRound('reconcile', Date.now() - startedAt, counts);
  return counts;
}

/** Runs that were ended from outside although their cases are open. */
async function listStopped({ record, processes }: ActivityDeps): Promise<readonly StoppedRun[]> {
  const stopped = await processes.listStopped(stoppedWithinMs);
  const open = await record.findOpen(stopped.map((run) => run.case));
  return stopped.filter((run) => open.has(run.case));
}

/**
 * Two numbers are compared, and only where they differ case by case; and once an hour all the same, because one missing
 * and one too many are alike in number.
 */
async function findDifferences(
  { record, processes }: ActivityDeps,
  beat: Heartbeat,
): Promise<Comparison & { open: number; isWhole: boolean }> {
  const [open, running] = await Promise.all([record.countOpenCases(), processes.countRunning('')]);
  const isWhole = open !== running || Date.now() - lastWholeAt > wholeEveryMs;
  if (!isWhole) return { open, running, missing: [], ended: [], isWhole };
  const cases = await record.listOpenCases();
  const comparison = await compare(cases, processes, beat, maxStarted);
  lastWholeAt = Date.now();
  return { ...comparison, open: cases.length, isWhole };
}
const wholeEveryMs = 3_600_000;
/** Of this worker: one that has just started compares at once. */
let lastWholeAt = 0;

/** Starts processes side by side; one that can't be started keeps no other from it. Others may run already. */
export async function startMissing(
  deps: Starting,
  missing: readonly CaseId[],
  stopped: readonly StoppedRun[],
  beat: Heartbeat,
): Promise<{ started: number; failed: number }> {
  // Newest first: the first of a case is its last run.
  const lastRun = new Map([...stopped].reverse().map((run) => [run.case, run]));
  const known = await deps.record.operations.listOpenedBefore(missing, justOpenedMs);
  const counts = { started: 0, failed: 0 };
  for (let next = 0; next < missing.length; next += startedAtOnce) {
    const batch = missing.slice(next, next + startedAtOnce);
    const restarts = await Promise.all(batch.map((id) => start(id)));
    await noteRestarts(
      deps,
      restarts.flatMap((restart) => (restart ? [restart] : [])),
    );
    beat(next + batch.length);
  }
  if (counts.started > 0) deps.logger.info({ cases: counts.started }, 'processes of open cases started');
  return counts;

  async function start(id: CaseId): Promise<Restart | undefined> {
    const run = lastRun.get(id);
    const restart: Restart = { case: id, runId: run?.runId ?? 'none', cause: run?.cause ?? 'missing' };
    const isRestart = run !== undefined || known.has(id);
    try {
      if (!(await deps.processes.start(id, isRestart ? noteOf(restart) : undefined))) {
        if (await replaceForeign(deps, id)) counts.started += 1;
        return undefined;
      }
      counts.started += 1;
      return isRestart ? restart : undefined;
    } catch (error) {
      counts.failed += 1;
      const fault = error instanceof Error ? error.name : 'unknown';
      deps.logger.error({ case: id, fault }, 'the process of a case could not be started');
      return undefined;
    }
  }
}

async function findUnsaid(
  { record }: ActivityDeps,
  stopped: readonly StoppedRun[],
): Promise<readonly StoppedRun[]> {
  const said = await record.operations.findNotedRuns(stopped.map(({ runId }) => runId));
  return stopped.filter(({ runId }) => !said.has(runId));
}

/**
 * A run that ended from outside although the case runs on was reset: the new run knows less than the record.
 * `stopped` are those that nobody started anew.
 */
async function reportResets(deps: ActivityDeps, stopped: readonly StoppedRun[]): Promise<number> {
  let told = 0;
  for (const { case: id, runId } of stopped) {
    const restart: Restart = { case: id, runId, cause: 'reset' };
    if (!(await deps.processes.nudge(id, noteOf(restart)))) continue;
    await noteRestarts(deps, [restart]);
    told += 1;
  }
  return told;
}

/** Something that is not ours may run under a case's id; the record believes nothing of it, but the case needs its process. */
async function replaceForeign(deps: Starting, id: CaseId): Promise<boolean> {
  const status = await deps.processes.describe(id);
  return status?.isRunning === true && !status.isOurs && rebuildProcess(deps, id, status, 'foreign');
}

const noteOf = ({ cause }: Restart): RestartNote => ({ cause, at: new Date().toISOString() });
