/**
 * The way to the record: local activities, so that a command costs one event and is safe to repeat because its
 * id is written once. Each call brings back what the process did not know yet.
 */
import { ActivityFailure, ApplicationFailure, proxyLocalActivities } from '@temporalio/workflow';
import type { RecordActivities } from '../../activities/record/record-activities';

/**
 * With Postgres down the first tries follow within seconds, inside one workflow task; from then on the server
 * keeps a timer between the tries, so that a long outage costs few events and no worker.
 */
export const record = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
  localRetryThreshold: '4 seconds',
});

/** The stable type of a failed activity, for people and for `ApplicationFailure`. */
export function faultOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.type) return cause.type;
  return cause instanceof Error ? cause.name : 'unknown-fault';
}
