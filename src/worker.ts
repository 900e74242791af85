/**
 * The worker: runs the processes of cases, their activities and the dispatcher of mails. Used inside `npm start`
 * and as a process of its own (`node dist/src/worker.js`); as many as one likes may run side by side.
 */
import type { Logger } from 'pino';
import { parseConfig } from './config';
import { webhookSecretOf } from './contracts/webhook-secret';
import { createMailer } from './notify/send/mailer';
import { startDispatcher } from './notify/send/dispatcher';
import type { Range } from './notify/send/webhook-address';
import { createWebhookClient } from './notify/send/webhook-client';
import { createPool } from './record/postgres/database';
import { assertMigrated } from './record/migrations/migrate';
import { RecordError } from './record/postgres/record-error';
import { createRecord } from './record/record';
import { findFreePort, loopback } from './stack/process/ports';
import { onShutdown } from './stack/process/shutdown';
import { StackError } from './stack/stack-error';
import { startAlarmGuard } from './temporal/alarm-guard';
import { createCaseProcesses } from './temporal/case-processes';
import { connectWorker, TemporalUnreachable } from './temporal/connection';
import type { TemporalSettings } from './temporal/connection';
import { createOperatorSetup } from './temporal/operator-setup';
import type { WorkerParts } from './temporal/create-worker';
import { keepRunning } from './temporal/keep-running';
import { startNewsDelivery } from './temporal/news-delivery';
import { installRuntime } from './temporal/runtime';
import { noteUnheardAlarms } from './temporal/unheard-alarms';
import { watchUpkeep } from './temporal/watch-upkeep';
import { ensureUpkeepSchedule, upkeepTaskQueue } from './temporal/upkeep-schedule';
import { readCoreMetrics } from './telemetry/core-metrics';
import { countLetters } from './telemetry/count-letters';
import { countRecord } from './telemetry/count-record';
import { createLog } from './telemetry/log';
import { createMetrics } from './telemetry/metrics';
import type { Metrics } from './telemetry/metrics';
import { traceQueries } from './telemetry/trace-queries';
import { createTraces } from './telemetry/traces';
import type { Traces } from './telemetry/traces';
import { startHealth } from './worker-health';

export interface WorkerSettings {
  readonly databaseUrl: string;
  readonly sealKey: string;
  /** Earlier ones, still believed. */
  readonly oldSealKeys?: readonly string[];
  readonly temporal: TemporalSettings;
  readonly taskQueue: string;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** Where people reach the cases; stands in mails. */
  readonly publicUrl: string;
  /** Private ranges in which webhooks may be; none unless given. */
  readonly webhookAllow?: readonly Range[];
  readonly maxCachedWorkflows?: number;
  /** In workflow code; none unless given. */
  readonly hasStackTraces?: boolean;
  /** Answers `GET /health` there, when given; 0 is any free port. */
  readonly healthPort?: number;
  /** Address on which that is listened; loopback unless given. */
  readonly healthHost?: string;
  readonly logger?: Logger;
  /** Of a process that tells its figures elsewhere; else the worker has its own and tells them beside its health. */
  readonly metrics?: Metrics;
  /** Whoever made it stops it. Absent: nothing is traced. */
  readonly traces?: Traces;
  /** Instead of the prebuilt code or the source, which takes seconds to bundle. */
  readonly workflowBundle?: { readonly codePath: string };
}
export interface RunningWorker {
  /** Port of the health endpoint, when there is one. */
  readonly healthPort?: number;
  /** Drains: takes nothing new, finishes what it has in hand, then closes its connections. */
  stop(): Promise<void>;
}

/** Resolves once the worker is polling. Throws `TemporalUnreachable` or a `RecordError` when it can't start. */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { taskQueue, logger = createLog({ name: 'worker' }), metrics = createMetrics() } = settings;
  const { metricsAddress } = installRuntime(logger, {
    metricsAddress: `${loopback}:${await findFreePort()}`,
  });
  await assertMigrated({ connectionString: settings.databaseUrl });
  const { connection, client, namespace } = await connectWorker(settings.temporal);
  const pool = createPool({
    connectionString: settings.databaseUrl,
    // Without the error: it carries the whole client, its secrets and statements included.
    onIdleError: () => logger.warn('a connection to Postgres broke'),
  });
  const { traces } = settings;
  if (traces) traceQueries(pool, traces);
  const record = countRecord(
    createRecord({
      pool,
      sealKey: settings.sealKey,
      ...(settings.oldSealKeys && { oldSealKeys: settings.oldSealKeys }),
      onClockDifference: (seconds) =>
        logger.warn({ seconds }, 'the clocks of Postgres and of this process differ'),
    }),
    metrics,
  );
  const dispatcher = startDispatcher({
    outbox: record.outbox,
    letters: countLetters(record.letters, metrics),
    mailer: createMailer(settings.smtpUrl),
    webhooks: createWebhookClient({ allowed: settings.webhookAllow ?? [] }),
    findWebhookSecrets: async (mechanism, party) => {
      const generations = await record.webhookSecrets.generations(mechanism, party, new Date().toISOString());
      // A receiver that still has a secret made with an earlier key finds its signature beside the new one.
      return generations.flatMap((generation) =>
        [settings.sealKey, ...(settings.oldSealKeys ?? [])].map((key) =>
          webhookSecretOf(key, { mechanism, party, generation }),
        ),
      );
    },
    latestMechanism: record.latestMechanism,
    findWaiting: record.findWaiting,
    findAbsences: record.absences.current,
    noteUnheard: () => noteUnheardAlarms({ record, logger }),
    frame: { from: settings.mailFrom, publicUrl: settings.publicUrl },
    logger,
  });
  const closing = async (): Promise<void> => {
    await dispatcher.stop();
    await connection.close();
    await pool.end();
  };
  try {
    await createOperatorSetup(client, logger);
    const parts: WorkerParts = {
      connection,
      namespace,
      taskQueue,
      record,
      dispatcher,
      logger,
      metrics,
      ...(traces && { traces }),
      processes: createCaseProcesses(client, taskQueue),
      ...(settings.maxCachedWorkflows === undefined
        ? {}
        : { maxCachedWorkflows: settings.maxCachedWorkflows }),
      ...(settings.hasStackTraces === true && { hasStackTraces: true }),
      ...(settings.workflowBundle === undefined ? {} : { workflowBundle: settings.workflowBundle }),
    };
    const [worker, upkeep] = await Promise.all([
      keepRunning(parts),
      // On a queue of its own: behind thousands of cases that were just started it would come too late.
      keepRunning({ ...parts, taskQueue: upkeepTaskQueue(taskQueue), maxCachedWorkflows: 5 }),
    ]);
    await ensureUpkeepSchedule(client, taskQueue);
    const repeated = [
      startNewsDelivery(parts),
      startAlarmGuard({
        record,
        logger,
        restoreSchedule: () => ensureUpkeepSchedule(client, taskQueue, { resume: true }),
      }),
    ];
    metrics.watchRecord(record.systemStatus);
    metrics.watchPool('worker', pool);
    metrics.watchClock('worker', record.clock);
    metrics.watch(['homeward_worker_polling'], () => [
      { name: 'homeward_worker_polling', value: worker.isRunning ? 1 : 0 },
    ]);
    watchUpkeep(metrics, client, taskQueue);
    if (metricsAddress !== undefined) metrics.include(() => readCoreMetrics(metricsAddress));
    const health = await startHealth(
      { host: settings.healthHost ?? loopback, port: settings.healthPort },
      { worker, record, metrics },
    );
    return {
      ...(health ? { healthPort: health.port } : {}),
      async stop() {
        await Promise.all([worker, upkeep, ...repeated].map((part) => part.stop()));
        await closing();
        health?.stop();
        if (!settings.metrics) await metrics.stop();
      },
    };
  } catch (error) {
    await closing();
    throw error;
  }
}

async function main(): Promise<void> {
  const config = parseConfig(process.env, 'worker');
  const logger = createLog({ name: 'worker', level: config.logLevel });
  for (const warning of config.warnings) logger.warn(warning);
  const { temporal, database, mail, sealKey } = config;
  // The role `worker` has refused whatever is missing; the types also cover the embedded stack.
  if (!('address' in temporal) || !('url' in database) || !('url' in mail.smtp) || sealKey === undefined)
    return;
  const traces = config.traces && createTraces({ ...config.traces, service: 'homeward-worker' });
  const worker = await startWorker({
    databaseUrl: database.url,
    sealKey,
    oldSealKeys: config.oldSealKeys,
    temporal: {
      address: temporal.address,
      namespace: temporal.namespace,
      connectionOptions: config.temporalConnection,
    },
    taskQueue: config.taskQueue,
    smtpUrl: mail.smtp.url,
    mailFrom: mail.from,
    publicUrl: config.api.publicUrl,
    webhookAllow: config.webhookAllow,
    maxCachedWorkflows: config.maxCachedWorkflows,
    hasStackTraces: config.hasStackTraces,
    healthPort: config.workerHealthPort,
    healthHost: config.metricsPage.host,
    logger,
    ...(traces && { traces }),
  });
  onShutdown(async (reason) => {
    logger.info({ reason }, 'draining');
    await worker.stop();
    await traces?.stop();
    logger.info('stopped');
  });
  logger.info({ taskQueue: config.taskQueue }, 'ready');
}

if (require.main === module) {
  main().catch((error: unknown) => {
    // What can be told to a person has a sentence; the stack of the rest is for us.
    if (error instanceof StackError) console.error(`${error.problem}\n${error.remedy}`);
    else if (error instanceof TemporalUnreachable || error instanceof RecordError)
      console.error(error.message);
    else console.error(error);
    process.exit(error instanceof StackError ? error.exitCode : 1);
  });
}
