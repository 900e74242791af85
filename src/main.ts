/**
 * What `npm start` keeps running (`start.ts`): the whole of Homeward in one process, on an embedded stack as far as nothing is given
 * from outside. Joins the parts and does nothing else.
 *
 * Order up: stack, schema, mechanism, worker, API, examples. Order down: API, worker (drained), stack.
 */
import { join } from 'node:path';
import pc from 'picocolors';
import { startApi, type RunningApi } from './api';
import { parseConfig, type Config } from './config';
import type { Mechanism } from './contracts/mechanism/mechanism';
import type { SealKeys } from './contracts/seal';
import { createOfficials } from './simulation/officials';
import { hasPartiesOfTheEleven, openTheEleven } from './simulation/open-the-eleven';
import { loadMechanism } from './load-mechanism';
import { migrateToLatest } from './record/migrations/migrate';
import { RecordError } from './record/postgres/record-error';
import { endWithParent } from './stack/process/keep-program';
import { portTaken } from './stack/process/ports';
import { terminalProgress, type Progress } from './stack/process/progress';
import { loadOrCreateSealKeys } from './stack/seal-key';
import { onShutdown } from './stack/process/shutdown';
import { startStack, type Stack } from './stack/stack';
import { errnoOf, StackError } from './stack/stack-error';
import { createLog } from './telemetry/log';
import { createMetrics, type Metrics } from './telemetry/metrics';
import { createTraces, type Traces } from './telemetry/traces';
import { startWorker } from './worker';

/** What every part that runs promises: `stop` resolves when it has finished what it had begun. */
interface Running {
  stop(): Promise<void>;
}

/** Shared by the parts of this process. */
interface Telemetry {
  readonly metrics: Metrics;
  readonly traces?: Traces;
}

async function main(): Promise<void> {
  const sayReady = endWithParent();
  const progress = terminalProgress();
  const config = parseConfig(process.env);
  for (const warning of config.warnings) progress.say(`  ! ${warning}`);
  const running: Running[] = [];
  onShutdown(async (reason) => {
    progress.say(`\nStopping (${reason}); a second Ctrl-C forces it.`);
    // Last in, first out: the API takes nothing new, the worker drains, the servers stop at the end.
    for (const part of running.splice(0).reverse()) await part.stop();
    progress.say('Stopped. The next start goes on where this one was.');
  });
  try {
    await bringUp(config, progress, running);
    sayReady();
  } catch (error) {
    // What already runs must not outlive a start that failed.
    for (const part of running.splice(0).reverse()) await part.stop().catch(() => undefined);
    throw error;
  }
}

async function bringUp(config: Config, progress: Progress, running: Running[]): Promise<void> {
  progress.say(pc.bold('Homeward is starting'));
  const stack = await startStack(stackSettings(config), progress);
  running.push(stack);
  const { databaseUrl } = stack;
  const sealKeys: SealKeys =
    config.sealKey === undefined
      ? loadOrCreateSealKeys(stack.folder, config.oldSealKeys)
      : [config.sealKey, ...config.oldSealKeys];
  const [sealKey, ...oldSealKeys] = sealKeys;
  await migrateToLatest({
    connectionString: stack.ownerUrl,
    applicationUrl: databaseUrl,
    say: (line) => {
      progress.say(`  ${line}`);
    },
  });
  const mechanism = await loadMechanism(config.mechanismFile, {
    ...{ databaseUrl, sealKey, oldSealKeys },
    say: (line) => {
      progress.say(`  ${line}`);
    },
    warn: (line) => {
      progress.say(`  ! ${line}`);
    },
  });

  // One process, one page of figures: the API's.
  const metrics = createMetrics();
  const traces = config.traces && createTraces({ ...config.traces, service: 'homeward' });
  if (traces) running.push(traces);
  const telemetry: Telemetry = { metrics, ...(traces && { traces }) };
  running.push(await startWorker({ ...workerSettings(config, stack, sealKeys), ...telemetry }));
  const api = await startApiOf(config, stack, sealKeys, mechanism, telemetry);
  running.push(api);
  if (config.openExamples && !config.issuer) await openExamples(api, mechanism, progress);
  stack.announce(api.url);
  printAddresses(progress, api, stack);
  if (!config.issuer) await printSignInLinks(progress, api, mechanism);
  progress.say(`\n${pc.green('Ready.')} Ctrl-C stops it; everything is kept.`);
}

function stackSettings(config: Config) {
  return {
    dataFolder: config.dataFolder,
    ...(config.cacheFolder === undefined ? {} : { cacheFolder: config.cacheFolder }),
    postgres: config.database,
    temporal: config.temporal,
    mail: config.mail.smtp,
    alsoListening: [
      { port: config.api.port, purpose: 'the API', variable: 'HOMEWARD_API_PORT' },
      { port: config.metricsPage.port, purpose: 'its figures', variable: 'HOMEWARD_METRICS_PORT' },
    ],
  };
}

const loggerOf = (config: Config, name: string) => createLog({ name, level: config.logLevel });

function workerSettings(config: Config, stack: Stack, [sealKey, ...oldSealKeys]: SealKeys) {
  const { address, namespace } = stack.temporal;
  return {
    databaseUrl: stack.databaseUrl,
    sealKey,
    oldSealKeys,
    temporal: { address, namespace, connectionOptions: config.temporalConnection },
    taskQueue: config.taskQueue,
    smtpUrl: stack.smtpUrl,
    mailFrom: config.mail.from,
    publicUrl: config.api.publicUrl,
    webhookAllow: config.webhookAllow,
    maxCachedWorkflows: config.maxCachedWorkflows,
    hasStackTraces: config.hasStackTraces,
    logger: loggerOf(config, 'worker'),
  };
}

async function startApiOf(
  config: Config,
  stack: Stack,
  [sealKey, ...oldSealKeys]: SealKeys,
  mechanism: Mechanism,
  telemetry: Telemetry,
): Promise<RunningApi> {
  const { address, namespace } = stack.temporal;
  try {
    return await startApi({
      ...config.api,
      databaseUrl: stack.databaseUrl,
      sealKey,
      oldSealKeys,
      sealHours: config.sealHours,
      temporal: { ...config.temporalConnection, address, namespace },
      taskQueue: config.taskQueue,
      mechanism: mechanism.id,
      ...(config.issuer && { issuer: config.issuer }),
      ...(config.trustProxy !== undefined && { trustProxy: config.trustProxy }),
      metricsPage: config.metricsPage,
      issuerFolder: join(stack.folder.path, 'issuer'),
      logger: loggerOf(config, 'api'),
      ...telemetry,
    });
  } catch (error) {
    // Somebody took the port since it was looked at.
    if (errnoOf(error) === 'EADDRINUSE')
      throw portTaken(config.api.port, 'the API', 'HOMEWARD_API_PORT', error);
    throw error;
  }
}

/** At every start: what was opened before is recognised, and a first start that was interrupted is completed. */
async function openExamples(api: RunningApi, mechanism: Mechanism, progress: Progress): Promise<void> {
  if (!hasPartiesOfTheEleven(mechanism)) return;
  const task = progress.task('Examples');
  const officials = createOfficials(mechanism, {
    apiUrl: () => api.url,
    issueSignInLink: (official) => api.issueSignInLink(official),
  });
  try {
    const cases = await openTheEleven(officials);
    task.done(`the eleven are open, ${cases.length} cases`);
  } catch (error) {
    // Examples are no reason to keep real work from starting; the next start tries again.
    task.drop();
    progress.say(`  ! The example cases could not all be opened: ${(error as Error).message}`);
  }
}

function printAddresses(progress: Progress, api: RunningApi, stack: Stack): void {
  const lines: [string, string | undefined][] = [
    ['Console', `${api.url}/`],
    ['API docs', `${api.url}/docs`],
    ['Figures', api.metricsUrl],
    ['Temporal UI', stack.temporal.uiUrl],
    ['Mails', stack.mailFolder],
    ['Data', stack.folder.path],
  ];
  progress.say('');
  for (const [name, where] of lines)
    if (where !== undefined) progress.say(`  ${name.padEnd(12)} ${pc.cyan(where)}`);
}

async function printSignInLinks(progress: Progress, api: RunningApi, mechanism: Mechanism): Promise<void> {
  progress.say(
    `\n  Open ${pc.cyan(`${api.url}/`)} and sign in by one of these, each once and within fifteen minutes:`,
  );
  for (const { id, party, roles, active } of mechanism.officials) {
    if (!active) continue;
    const link = await api.issueSignInLink(id);
    progress.say(`  ${id.padEnd(22)} ${`${party}, ${roles.join(' ')}`.padEnd(44)} ${pc.cyan(link)}`);
  }
}

main().catch((error: unknown) => {
  if (error instanceof StackError) {
    process.stderr.write(`\n${pc.red(error.problem)}\n${error.remedy}\n`);
    process.exit(error.exitCode);
  }
  if (error instanceof RecordError) {
    process.stderr.write(`\n${pc.red(`Postgres: ${error.message}`)}\n`);
    process.exit(70);
  }
  console.error(error);
  process.exit(70);
});
