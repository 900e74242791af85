/** What activities are given: the record, the engine as the upkeep sees it, the dispatcher of mails, a logger. */
import type { Logger } from 'pino';
import type { CommandEnvelope } from '../src/domain/commands';
import type { CaseId } from '../src/domain/ids';
import type { Instant } from '../src/domain/time';
import type { RestartCause } from '../src/register/operations';
import type { Register } from '../src/register/register';

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
export interface ProcessSight {
  readonly runId: string;
  readonly isRunning: boolean;
  readonly startedAt: Instant;
  /** Of the workflow task under way; it grows while tasks fail. */
  readonly taskAttempt: number;
  readonly trouble: string | undefined;
}

/** The workflows of cases, from outside. Every call is safe to repeat. */
export interface CaseProcesses {
  /** Starts the workflow of a case unless it runs; true when it did. */
  start(id: CaseId, restarted?: RestartNote): Promise<boolean>;
  /** False when no workflow runs. */
  nudge(id: CaseId, restarted?: RestartNote): Promise<boolean>;
  /** Ends a run; what it knew stands in the record. False when it does not run. */
  terminate(id: CaseId, runId: string, reason: string): Promise<boolean>;
  /** Undefined when the engine has never heard of it. */
  describe(id: CaseId): Promise<ProcessSight | undefined>;
  /** Sends a sealed command as a signal; false when no workflow runs. */
  send(envelope: CommandEnvelope): Promise<boolean>;
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
  readonly register: Register;
  readonly processes: CaseProcesses;
  readonly dispatcher: { dispatchDue(): Promise<number> };
  readonly logger: Logger;
}
