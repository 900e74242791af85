/**
 * Around every activity: whatever is logged in it says which case, command and activity it is about, and how it
 * ended is counted.
 */
import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors, ActivityInterceptorsFactory } from '@temporalio/worker';
import { findCaseIdOf } from '../domain/model/ids';
import type { Metrics } from '../telemetry/metrics';
import { inScope } from '../telemetry/scope';
import type { Scope } from '../telemetry/scope';

export const activityScope =
  (metrics: Pick<Metrics, 'count'> | undefined): ActivityInterceptorsFactory =>
  ({ info }: Context): ActivityInterceptors => ({
    inbound: {
      async execute(input, next) {
        const { activityType: activity, attempt } = info;
        const about: Scope = {
          activity,
          attempt,
          ...aboutCase(info.workflowExecution?.workflowId),
          ...commandIn(input.args),
        };
        const count = (outcome: string): void =>
          metrics?.count('homeward_activities_total', { activity, outcome });
        try {
          const result = await inScope(about, () => next(input));
          count('completed');
          return result;
        } catch (error) {
          count('failed');
          throw error;
        }
      },
    },
  });

function aboutCase(workflowId: string | undefined): Pick<Scope, 'case'> {
  const id = workflowId === undefined ? undefined : findCaseIdOf(workflowId);
  return id === undefined ? {} : { case: id };
}

/** Orders to the record and to the outside world carry the id of the command they bring or will send. */
export function commandIn([order]: readonly unknown[]): Pick<Scope, 'command'> {
  const { envelope, commandId } = (order ?? {}) as { envelope?: { id?: unknown }; commandId?: unknown };
  const id = envelope?.id ?? commandId;
  return typeof id === 'string' ? { command: id } : {};
}
