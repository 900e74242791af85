/**
 * The API: used inside `npm start` and as a process of its own (`node dist/src/api.js`); as many as one likes
 * may run side by side. It comes up and answers without Temporal: the record answers.
 */
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ConnectionOptions } from '@temporalio/client';
import type { Logger } from 'pino';
import { createFileStore } from './auth/issuer-store';
import { createLocalIssuer } from './auth/local-issuer';
import type { LocalIssuer } from './auth/local-issuer';
import { directoryOf } from './auth/official-directory';
import { createDiscoveringVerifier, createTokenVerifier, rememberVerdicts } from './auth/token-verifier';
import type { TokenVerifier } from './auth/token-verifier';
import { parseConfig } from './config';
import type { Mechanism } from './contracts/mechanism/mechanism';
import { bindOfficial } from './contracts/mechanism/subjects';
import type { TrustProxy } from './contracts/trust-proxy';
import type { OfficialId } from './domain/model/ids';
import type { ApiParts } from './http/api-parts';
import { createApp } from './http/app';
import { createEntryDescriber } from './http/views/inbox-about';
import { readGroupNews } from './http/stream/group-news';
import { createInboxStream } from './http/stream/inbox-stream';
import { httpMetrics } from './http/middleware/metrics';
import { defaultRateLimits } from './http/middleware/rate-limit';
import type { RateLimits } from './http/middleware/rate-limit';
import { letIn } from './http/session/session';
import type { SessionParts } from './http/session/session';
import { loadMechanism } from './load-mechanism';
import { writeCalendar } from './notify/compose/write-calendar';
import { createPool } from './record/postgres/database';
import { migrateToLatest } from './record/migrations/migrate';
import { createRecord } from './record/record';
import { RecordError } from './record/postgres/record-error';
import { onShutdown } from './stack/process/shutdown';
import { StackError } from './stack/stack-error';
import { countRecord } from './telemetry/count-record';
import { createLog } from './telemetry/log';
import { createMetrics } from './telemetry/metrics';
import { serveMetrics } from './telemetry/serve-metrics';
import type { MetricsPage } from './telemetry/serve-metrics';
import type { Metrics } from './telemetry/metrics';
import { traceQueries } from './telemetry/trace-queries';
import { createTraces } from './telemetry/traces';
import type { Traces } from './telemetry/traces';
import { startAlarmGuard } from './temporal/alarm-guard';
import { createProcessNotifier } from './temporal/tell-process';
import { traceMessages } from './temporal/trace-interceptors';

export interface ApiSettings {
  readonly host: string;
  /** 0 is any free port; then `publicUrl` follows it. */
  readonly port: number;
  /** Where people reach the API; the local issuer's address too. `http://<host>:<port>` unless given. */
  readonly publicUrl?: string;
  readonly databaseUrl: string;
  readonly sealKey: string;
  /** How long a sealed command may be recorded; a day unless given. */
  readonly sealHours?: number;
  /** Earlier ones, still believed. */
  readonly oldSealKeys?: readonly string[];
  readonly temporal: { readonly address: string; readonly namespace: string } & ConnectionOptions;
  readonly taskQueue: string;
  /** Id of the mechanism served; its newest version in the record counts. */
  readonly mechanism: string;
  /** Tokens of this issuer count; without one the local issuer signs people in. */
  readonly issuer?: ApiParts['issuer'];
  /** Where the local issuer keeps its keys and links. */
  readonly issuerFolder: string;
  readonly rateLimits?: RateLimits;
  /** How many proxies stand before the API, or which; none is believed unless given. */
  readonly trustProxy?: TrustProxy;
  /** Where the figures are read; nowhere unless given. */
  readonly metricsPage?: MetricsPage;
  readonly logger?: Logger;
  /** Of the process, when others in it tell theirs, too; else the API has its own. */
  readonly metrics?: Metrics;
  /** Whoever made it stops it. Absent: nothing is traced. */
  readonly traces?: Traces;
}

export interface RunningApi {
  readonly url: string;
  /** Where the figures are, if anywhere. */
  readonly metricsUrl?: string;
  /** A new single-use link of the local issuer; throws when officials sign in elsewhere. */
  issueSignInLink(official: OfficialId): Promise<string>;
  /** Takes nothing new, answers what it has begun, then closes its connections. */
  stop(): Promise<void>;
}

/** Long enough for a command that waits for others of its case, shorter than what an orchestrator grants. */
const drainMilliseconds = 12_000;
/** Of all callers together; 8 streams each of 500 officials, and as many requests again. */
const connectionsAtMost = 8_000;
/** For holds, withdrawals and alarms: each takes some milliseconds. */
const urgentConnections = 4;
/** A mechanism's new version, and an absence declared or ended, counts from then on at the latest. */
const mechanismFreshMilliseconds = 2_000;

export async function startApi(settings: ApiSettings): Promise<RunningApi> {
  const { logger = createLog({ name: 'api' }), metrics = createMetrics(), temporal, sealKey } = settings;
  const server = await listen(settings);
  const { port } = server.address() as AddressInfo;
  const publicUrl = settings.publicUrl ?? `http://${settings.host}:${port}`;

  const pool = createPool({
    connectionString: settings.databaseUrl,
    onIdleError: () => {
      logger.warn('a connection to Postgres broke');
    },
  });
  const urgentPool = createPool({
    connectionString: settings.databaseUrl,
    max: urgentConnections,
    onIdleError: () => {
      logger.warn('a connection to Postgres broke');
    },
  });
  const { traces } = settings;
  if (traces) for (const each of [pool, urgentPool]) traceQueries(each, traces);
  const record = countRecord(
    createRecord({
      pool,
      urgentPool,
      sealKey,
      ...(settings.oldSealKeys && { oldSealKeys: settings.oldSealKeys }),
      onClockDifference: (seconds) =>
        logger.warn({ seconds }, 'the clocks of Postgres and of this process differ'),
    }),
    metrics,
  );
  const getMechanism = remember(mechanismFreshMilliseconds, async (): Promise<Mechanism> => {
    const kept = await record.latestMechanism(settings.mechanism);
    if (!kept) throw new RecordError('unknown-mechanism', `no mechanism ${settings.mechanism}`, false);
    return kept.mechanism;
  });
  const findOfficial = directoryOf({
    loadMechanism: getMechanism,
    loadAbsences: remember(mechanismFreshMilliseconds, () => record.absences.current(settings.mechanism)),
  });
  const notifier = createProcessNotifier({
    ...temporal,
    taskQueue: settings.taskQueue,
    logger,
    ...(traces && { messageInterceptors: { workflow: [traceMessages(traces)] } }),
  });
  metrics.watchRecord(record.systemStatus);
  metrics.watchPool('api', pool);
  metrics.watchPool('urgent', urgentPool);
  metrics.watchClock('api', record.clock);
  const issuers = settings.issuer
    ? {
        issuer: settings.issuer,
        verifyToken: createDiscoveringVerifier({
          issuer: settings.issuer.url,
          audience: settings.issuer.audience,
        }),
        bindOfficial: async (claims: Readonly<Record<string, unknown>>) =>
          bindOfficial(await getMechanism(), claims),
      }
    : await localIssuerOf(settings, { publicUrl, findOfficial, record });

  const inboxStream = createInboxStream({
    changes: record.changes,
    readGroupNews: (ids, since) => readGroupNews(record, ids, since),
    describeEntries: createEntryDescriber(record),
    sealKey,
    log: logger,
  });
  const parts: ApiParts = {
    ...issuers,
    verifyToken: countingSignOuts(
      rememberVerdicts(issuers.verifyToken),
      'localIssuer' in issuers ? issuers.localIssuer : undefined,
    ),
    record,
    notifier,
    inboxStream,
    getMechanism,
    findOfficial,
    sealKey,
    sealHours: settings.sealHours ?? 24,
    publicUrl,
    writeCalendar,
    metrics: httpMetrics(metrics),
    ...(traces && { traces }),
    log: logger,
    rateLimits: settings.rateLimits ?? defaultRateLimits,
    ...(settings.trustProxy !== undefined && { trustProxy: settings.trustProxy }),
  };
  const page = settings.metricsPage && (await serveMetrics(settings.metricsPage, metrics));
  const alarmGuard = startAlarmGuard({ record, logger });
  let stopping: Promise<void> | undefined;
  server.off('request', refuseUntilReady);
  server.on('request', createApp(parts));

  return {
    url: publicUrl,
    ...(page && { metricsUrl: page.url }),
    issueSignInLink: (official) => {
      if (!parts.localIssuer) throw new Error(`officials sign in at ${parts.issuer.url}`);
      return parts.localIssuer.issueSignInLink(official);
    },
    stop: () => (stopping ??= stop()),
  };

  async function stop(): Promise<void> {
    // They would stay open for ever; who listened goes on with another process.
    await inboxStream.stop();
    await drain(server);
    await page?.stop();
    if (!settings.metrics) await metrics.stop();
    await alarmGuard.stop();
    await notifier.close();
    await Promise.all([pool.end(), urgentPool.end()]);
  }
}

async function localIssuerOf({ issuerFolder, mechanism }: ApiSettings, sessions: SessionParts) {
  const localIssuer = await createLocalIssuer({
    publicUrl: sessions.publicUrl,
    findOfficial: sessions.findOfficial,
    store: createFileStore(issuerFolder),
    letIn: (request, response, official) => letIn(sessions, request, response, official),
    onSignOut: (official) => sessions.record.sessions.endAll({ mechanism, official }),
  });
  const { issuer: url, audience } = localIssuer;
  return {
    localIssuer,
    issuer: { url, audience },
    verifyToken: createTokenVerifier(localIssuer),
    // It signs in officials of the mechanism by their ids.
    bindOfficial: ({ sub }: Readonly<Record<string, unknown>>) => Promise.resolve({ official: String(sub) }),
  };
}

/** Asked at each request, as a verdict may be remembered for a minute. */
const countingSignOuts =
  (verify: TokenVerifier, localIssuer: LocalIssuer | undefined): TokenVerifier =>
  async (token) => {
    const verdict = await verify(token);
    if ('refused' in verdict || !localIssuer) return verdict;
    return (await localIssuer.isSignedOut(verdict)) ? { refused: 'invalid' } : verdict;
  };

const refuseUntilReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1' }).end();
};

/** Listens before anything else is made: the port may be any free one, and the issuer must know it. */
function listen({ host, port }: Pick<ApiSettings, 'host' | 'port'>): Promise<Server> {
  const server = createServer(refuseUntilReady);
  // A sender that trickles its request in, or does not take its answer, must not hold a connection for ever. Streams
  // beat more often than that.
  server.requestTimeout = 30_000;
  server.headersTimeout = 15_000;
  server.timeout = 60_000;
  server.maxConnections = connectionsAtMost;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // One connection that could not be accepted is no reason to end all others.
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, drainMilliseconds);
  await closed;
  clearTimeout(timer);
}

/** Asks anew when the last answer is older than that; one question at a time, and no answer is kept of a fault. */
function remember<Value>(milliseconds: number, ask: () => Promise<Value>): () => Promise<Value> {
  let kept: { at: number; value: Promise<Value> } | undefined;
  return () => {
    if (kept && Date.now() - kept.at < milliseconds) return kept.value;
    const fresh = { at: Date.now(), value: ask() };
    kept = fresh;
    fresh.value.catch(() => {
      if (kept === fresh) kept = undefined;
    });
    return fresh.value;
  };
}

async function main(): Promise<void> {
  const config = parseConfig(process.env, 'api');
  const logger = createLog({ name: 'api', level: config.logLevel });
  for (const warning of config.warnings) logger.warn(warning);
  const { temporal, database, sealKey } = config;
  // The role `api` has refused whatever is missing; the types also cover the embedded stack.
  if (!('address' in temporal) || !('url' in database) || sealKey === undefined) return;
  await migrateToLatest({
    connectionString: database.ownerUrl,
    applicationUrl: database.url,
    say: (line) => {
      logger.info(line);
    },
  });
  const mechanism = await loadMechanism(config.mechanismFile, {
    ...{ databaseUrl: database.url, sealKey, oldSealKeys: config.oldSealKeys },
    say: (line) => {
      logger.warn(line);
    },
    // A line of the file holds nothing of a person: only zones are warned of.
    warn: (line) => {
      logger.warn(line);
    },
  });
  const traces = config.traces && createTraces({ ...config.traces, service: 'homeward-api' });
  const api = await startApi({
    ...config.api,
    databaseUrl: database.url,
    sealKey,
    oldSealKeys: config.oldSealKeys,
    sealHours: config.sealHours,
    temporal: { ...config.temporalConnection, ...temporal },
    taskQueue: config.taskQueue,
    mechanism: mechanism.id,
    ...(config.issuer && { issuer: config.issuer }),
    ...(config.trustProxy !== undefined && { trustProxy: config.trustProxy }),
    metricsPage: config.metricsPage,
    issuerFolder: join(config.dataFolder, 'issuer'),
    logger,
    ...(traces && { traces }),
  });
  onShutdown(async (reason) => {
    logger.info({ reason }, 'draining');
    await api.stop();
    await traces?.stop();
    logger.info('stopped');
  });
  logger.info({ url: api.url }, 'ready');
}

if (require.main === module) {
  main().catch((error: unknown) => {
    // What can be told to a person has a sentence; the stack of the rest is for us.
    if (error instanceof StackError) console.error(`${error.problem}\n${error.remedy}`);
    else if (error instanceof RecordError) console.error(error.message);
    else console.error(error);
    process.exit(error instanceof StackError ? error.exitCode : 1);
  });
}
