/**
 * Faults as Temporal is to treat them: what may pass is tried again, everything else fails once, with a stable
 * type. Messages name no person: they are kept in histories and shown in the UI.
 */
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { RecordError } from '../src/record/postgres/record-error';

/** Wraps every activity of a group, so that no fault leaves it unclassified. */
export function withFailures<Activities extends object>(activities: Activities): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (activity as (...given: unknown[]) => Promise<unknown>)(...args);
      } catch (error) {
        // The engine's own word that the worker stops: the task goes to another.
        if (error instanceof CancelledFailure) throw error;
        throw failureOf(error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

export function failureOf(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof RecordError) {
    const { code: type, message, transient } = error;
    return ApplicationFailure.create({ type, message, nonRetryable: !transient });
  }
  // The engine itself did not answer in time: it may the next time.
  if (error instanceof Error && error.name === 'ServiceError')
    return ApplicationFailure.create({ type: 'engine-unavailable', message: 'the engine did not answer' });
  // A defect: its message may quote values, so only its name goes on; the worker's log has no more either.
  const name = error instanceof Error ? error.name : typeof error;
  return ApplicationFailure.create({ type: 'unexpected', message: `unexpected ${name}`, nonRetryable: true });
}
