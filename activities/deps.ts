/** What activities are given: the record, the engine as the upkeep sees it, the dispatcher of mails, a logger. */
import type { Logger } from 'pino';
import type { CaseId } from '../src/domain/model/ids';
import type { Instant } from '../src/domain/calendar/time';
import type { RestartCause } from '../src/record/upkeep/operations';
import type { CaseRecord } from '../src/record/record';
import type { News } from '../src/record/store/submission';

/** `HomewardTrouble` of a case that was rebuilt because its workflow tasks failed, until one succeeds. */
export const tasksFailing = 'workflow-tasks-failing';

/** Why a process is started anew or told to look again, as it shows it to operators. */
export interface RestartNote {
  readonly cause: RestartCause;
  readonly at: Instant;
}
/** A run that was ended from outside. */
export interface StoppedRun {
  readonly case: CaseId;
  readonly runId: string;
  readonly cause: Extract<RestartCause, 'terminated' | 'failed' | 'timed-out' | 'cancelled'>;
}
/** The workflow of a case as the engine describes it. */
export interface ProcessStatus {
  readonly runId: string;
  /** Of the chain of runs that this one continues; a chain is ended as a whole, however fast it goes on. */
  readonly firstRunId: string;
  readonly isRunning: boolean;
  /** False when it only has the case's id: another type or task queue, or a start put off by whoever started it. */
  readonly isOurs: boolean;
  /** A workflow task is waiting for a worker or being worked on. */
  readonly hasTask: boolean;
  readonly startedAt: Instant;
  /** Of the workflow task under way; it grows while tasks fail. */
  readonly taskAttempt: number;
  readonly trouble: string | undefined;
}

/** The workflows of cases, from outside. Every call is safe to repeat. */
export interface CaseProcesses {
  /** Starts the workflow of an open case unless one runs under its id; true when it did. */
  start(id: CaseId, restarted?: RestartNote): Promise<boolean>;
  /** Tells the workflow of a case what the record has taken, starting it where it does not run; false when it is closed. */
  tell(id: CaseId, news: readonly News[], isOpen: boolean): Promise<boolean>;
  /** False when no workflow runs. */
  nudge(id: CaseId, restarted?: RestartNote): Promise<boolean>;
  /** Ends a chain of runs; what it knew stands in the record. False when it does not run. */
  terminate(id: CaseId, firstRunId: string, reason: string): Promise<boolean>;
  /** Undefined when the engine has never heard of it. */
  describe(id: CaseId): Promise<ProcessStatus | undefined>;
  /** How many cases whose reference begins so have a running workflow, as far as the engine's index knows. Cheap. */
  countRunning(prefix: string): Promise<number>;
  /** The same by name: some ten milliseconds for each. */
  listRunning(prefix: string): Promise<ReadonlySet<CaseId>>;
  /** Runs that were ended from outside in the last so many milliseconds, newest first. */
  listStopped(withinMs: number): Promise<readonly StoppedRun[]>;
  /** Removes finished runs of the upkeep itself that are older; they tell nothing any more. */
  forgetUpkeepRuns(olderThanMs: number): Promise<number>;
}

export interface ActivityDeps {
  readonly record: CaseRecord;
  readonly processes: CaseProcesses;
  readonly dispatcher: { dispatchDue(): Promise<number> };
  readonly logger: Logger;
}
