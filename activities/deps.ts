/** What activities are given: the record, the engine as the upkeep sees it, the dispatcher of mails, a logger. */
import type { Logger } from 'pino';
import type { CommandEnvelope } from '../src/domain/commands';
import type { CaseId } from '../src/domain/ids';
import type { Register } from '../src/register/register';

/** The workflows of cases, from outside. Every call is safe to repeat. */
export interface CaseProcesses {
  /** Starts the workflow of a case unless it runs. */
  start(id: CaseId): Promise<void>;
  /** False when no workflow runs. */
  nudge(id: CaseId): Promise<boolean>;
  /** Sends a sealed command as a signal; false when no workflow runs. */
  send(envelope: CommandEnvelope): Promise<boolean>;
  /** Cases whose workflow runs, as far as the engine's index has heard. */
  listRunning(): Promise<ReadonlySet<CaseId>>;
  /** Cases one of whose runs was ended from outside in the last so many milliseconds. */
  listStopped(withinMs: number): Promise<ReadonlySet<CaseId>>;
  /** Removes finished runs of the upkeep itself that are older; they tell nothing any more. */
  forgetUpkeepRuns(olderThanMs: number): Promise<number>;
}

export interface ActivityDeps {
  readonly register: Register;
  readonly processes: CaseProcesses;
  readonly dispatcher: { dispatchDue(): Promise<number> };
  readonly logger: Logger;
}
