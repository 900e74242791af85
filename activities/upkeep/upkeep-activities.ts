/**
 * Keeps record and processes together, whatever was terminated, reset or missed. The record says what must run;
 * everything here finds its own work and is safe to repeat.
 */
import type { CaseId } from '../../src/domain/ids';
import type { ActivityDeps } from '../deps';
import type { NotificationActivities } from '../notifications/flush-outbox';

export interface Reconciliation {
  readonly started: number;
  readonly nudged: number;
  readonly resent: number;
  readonly cameOfAge: number;
}
export interface UpkeepActivities extends NotificationActivities {
  /** Starts what should run, tells what has not heard, sends again what was not answered, notes who comes of age. */
  reconcile(): Promise<Reconciliation>;
  /** Removes what nobody took up and nobody will look at. */
  tidyUp(): Promise<{ upkeepRuns: number; stagedDossiers: number }>;
}

/** After the engine's data was lost every case is missing. */
const startedAtOnce = 20;
/** Runs ended from outside are looked for this far back: ten runs of the upkeep, in case some were missed. */
const stoppedWithinMs = 10 * 60_000;
/** A command that was accepted this long ago and has no answer may never have reached its process. */
const unansweredAfterMs = 60_000;
const mostResent = 500;
/** Revisions laid ready hold personal data; whoever still wants theirs sends it again. */
const stagedKeptMs = 86_400_000;
/** The upkeep's own finished runs; a case's history stays for its full time. */
const upkeepRunsKeptMs = 86_400_000;

export function createUpkeepActivities(
  deps: ActivityDeps,
): Omit<UpkeepActivities, keyof NotificationActivities> {
  return {
    async reconcile() {
      const open = new Set(await deps.register.listOpenCases());
      const running = await deps.processes.listRunning();
      return {
        started: await startMissing(deps, open, running),
        nudged: await nudgeStale(deps, open, running),
        resent: await resendUnanswered(deps),
        cameOfAge: await noteComingOfAge(deps),
      };
    },
    async tidyUp() {
      const [upkeepRuns, stagedDossiers] = await Promise.all([
        deps.processes.forgetUpkeepRuns(upkeepRunsKeptMs),
        deps.register.forgetStagedDossiers(stagedKeptMs),
      ]);
      return { upkeepRuns, stagedDossiers };
    },
  };
}

type Cases = ReadonlySet<CaseId>;

async function startMissing(
  { processes, logger }: ActivityDeps,
  open: Cases,
  running: Cases,
): Promise<number> {
  const missing = [...open].filter((id) => !running.has(id));
  for (let next = 0; next < missing.length; next += startedAtOnce) {
    await Promise.all(missing.slice(next, next + startedAtOnce).map((id) => processes.start(id)));
  }
  if (missing.length > 0) logger.info({ cases: missing.length }, 'processes of open cases started');
  return missing.length;
}

/**
 * Three ways for a process to lag behind the record: a command went past it, its run was reset and so ended from
 * outside, or it still runs although the case is closed.
 */
async function nudgeStale(
  { register, processes }: ActivityDeps,
  open: Cases,
  running: Cases,
): Promise<number> {
  const stopped = await processes.listStopped(stoppedWithinMs);
  const stale = [...stopped].filter((id) => open.has(id));
  const ended = [...running].filter((id) => !open.has(id));
  for (const id of [...stale, ...ended]) await processes.nudge(id);

  const nudges = await register.listNudges();
  for (const { case: id, version } of nudges) {
    const heard = await processes.nudge(id);
    // A signal is kept by the engine. A closed case has no process that could hear.
    if (heard || !open.has(id)) await register.clearNudge(id, version);
  }
  return stale.length + ended.length + nudges.length;
}

/** Without a process the record answers by itself: the case is closed, or not yet started again. */
async function resendUnanswered({ register, processes }: ActivityDeps): Promise<number> {
  const unanswered = await register.listUndelivered(unansweredAfterMs, mostResent);
  for (const envelope of unanswered) {
    const sent = await processes.send(envelope);
    if (!sent) await register.submit(envelope, { knownVersion: 0, route: 'process' });
  }
  return unanswered.length;
}

/** The countdown to the 18th birthday, from whose day on the child's own consent counts. */
async function noteComingOfAge({ register, processes }: ActivityDeps): Promise<number> {
  const reached = await register.listComingOfAge();
  for (const { case: id, daysLeft } of reached) {
    const envelope = {
      id: `majority:${id}:${daysLeft}`,
      case: id,
      actor: { system: 'upkeep' },
      command: { type: 'noteMajority', daysLeft },
    } as const;
    await register.submit(envelope, { knownVersion: 0, route: 'system' });
    await processes.nudge(id);
  }
  return reached.length;
}
