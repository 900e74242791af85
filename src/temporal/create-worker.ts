/** Puts a worker together: workflow code, activities, and how much of this process it may use. */
import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../../activities';
import type { ActivityDeps } from '../../activities';
import { childReturnType } from '../../workflows/child-return/messages';
import type { Metrics } from '../telemetry/metrics';
import type { Traces } from '../telemetry/traces';
import { activityScope } from './activity-scope';
import { traceModules, workflowCode } from './bundle-options';
import { traceActivities } from './trace-interceptors';

export interface WorkerParts extends ActivityDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Cases kept in memory, about 45 KB each. A case that is not is replayed from its history when needed. */
  readonly maxCachedWorkflows?: number;
  /** In workflow code, for whoever looks for a fault there; costs memory and time. */
  readonly hasStackTraces?: boolean;
  /** Instead of the prebuilt code or the source. */
  readonly workflowBundle?: WorkerOptions['workflowBundle'];
  readonly metrics?: Pick<Metrics, 'count'>;
  /** Absent: nothing is traced, and nothing of it is in the workflows' code. */
  readonly traces?: Traces;
  /** How long activities may take to end when the worker stops. */
  readonly shutdownGraceTime?: string;
}

/** Not yet running: the caller runs it and shuts it down. */
export function createWorker(parts: WorkerParts): Promise<Worker> {
  const { connection, namespace, taskQueue, maxCachedWorkflows = 2_000, workflowBundle, traces } = parts;
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    ...(workflowBundle
      ? { workflowBundle }
      : workflowCode({ isTraced: traces !== undefined, hasStackTraces: parts.hasStackTraces ?? false })),
    activities: createActivities(parts),
    interceptors: {
      activity: [activityScope(parts.metrics), ...(traces ? [traceActivities(traces)] : [])],
      // A bundle that was made before has them in it or not.
      ...(traces && !workflowBundle ? { workflowModules: [...traceModules] } : {}),
    },
    maxCachedWorkflows,
    // A history that this release can't follow would block its case until somebody looks. A failed run is rebuilt
    // from the record by the upkeep instead, within a minute; the replay tests are there to keep it from happening.
    workflowFailureErrorTypes: { '*': [], [childReturnType]: ['NondeterminismError'] },
    shutdownGraceTime: parts.shutdownGraceTime ?? '10 seconds',
    // A worker that does not come to an end by itself must not keep the process from ending.
    shutdownForceTime: '30 seconds',
  });
}
