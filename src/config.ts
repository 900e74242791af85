/**
 * The configuration: environment variables, read once, checked by Zod, every fault told in one go.
 * Only the entry points (`main`, `api`, `worker`, `cli`) read it; everything else is handed values.
 *
 * The table `variables` is the single source of the README's table and of `.env.example`.
 */
import { resolve } from 'node:path';
import { loadClientConfigProfile, toClientOptions, type ClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import { unknownSettings } from './config-unknown';
import { variables, type VariableName } from './config-variables';
import type { TrustProxy } from './contracts/trust-proxy';
import type { Range } from './notify/send/webhook-address';
import { StackError } from './stack/stack-error';

export { variables } from './config-variables';

/** `embedded` starts what is missing; a service needs everything given from outside. */
export type ConfigRole = 'embedded' | 'api' | 'worker';

export interface Config {
  readonly dataFolder: string;
  readonly cacheFolder?: string;
  readonly api: { readonly host: string; readonly port: number; readonly publicUrl: string };
  readonly database: { readonly url: string; readonly ownerUrl: string } | { readonly tcpPort?: number };
  readonly temporal:
    | { readonly address: string; readonly namespace: string }
    | { readonly port: number; readonly uiPort: number; readonly namespace: string };
  /** TLS, API key and metadata of a given Temporal; only the address in embedded mode is filled in later. */
  readonly temporalConnection: ClientConnectConfig['connectionOptions'];
  readonly taskQueue: string;
  readonly maxCachedWorkflows: number;
  /** Of a separate worker. */
  /** In workflow code. */
  readonly hasStackTraces: boolean;
  readonly workerHealthPort: number;
  /** Where /metrics of the API is; a worker's is on its health port, under the same host. */
  readonly metricsPage: { readonly host: string; readonly port: number };
  /** Undefined: no proxy is believed. */
  readonly trustProxy?: TrustProxy;
  readonly mail: {
    readonly smtp: { readonly url: string } | { readonly port: number };
    readonly from: string;
  };
  /** Private ranges in which webhooks may be. */
  readonly webhookAllow: readonly Range[];
  readonly mechanismFile: string;
  /** Whether the first start on an empty folder opens the eleven example cases. */
  readonly openExamples: boolean;
  /** Undefined only in embedded mode, where the data folder keeps a generated one. */
  readonly sealKey?: string;
  /** Believed beside it, for what they sealed. */
  readonly oldSealKeys: readonly string[];
  readonly sealHours: number;
  /** An issuer from outside; undefined means the local one. */
  readonly issuer?: {
    readonly url: string;
    readonly audience: string;
    readonly client?: { readonly clientId: string; readonly clientSecret?: string };
  };
  /** Where traces go and how many of them; absent unless a collector is named. */
  readonly traces?: { readonly endpoint: string; readonly share: number };
  readonly logLevel: string;
  /** Settings that look like ours but are not known, probably misspelt. */
  readonly warnings: readonly string[];
}

/** Refuses with one `StackError` that lists every fault. */
export function parseConfig(env: NodeJS.ProcessEnv = process.env, role: ConfigRole = 'embedded'): Config {
  const faults: string[] = [];
  const schema = z.object(
    Object.fromEntries(Object.entries(variables).map(([name, { schema: part }]) => [name, part])) as {
      [Name in VariableName]: (typeof variables)[Name]['schema'];
    },
  );
  const parsed = schema.safeParse(withoutEmpty(env));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${issue.path.join('.')}: ${issue.message}`);
  }
  const profile = loadTemporalProfile(env, faults);
  if (role !== 'embedded') faults.push(...missingForService(env, profile?.connectionOptions.address, role));
  if (env.OIDC_ISSUER && !env.OIDC_AUDIENCE)
    faults.push('OIDC_AUDIENCE: must be given together with OIDC_ISSUER');
  if (env.OIDC_CLIENT_SECRET && !env.OIDC_CLIENT_ID)
    faults.push('OIDC_CLIENT_ID: must be given together with OIDC_CLIENT_SECRET');
  if (!parsed.success || faults.length > 0) throw invalid(faults);

  const values = parsed.data;
  const namespace = profile?.namespace ?? 'default';
  const address = profile?.connectionOptions.address;
  return {
    dataFolder: resolve(values.HOMEWARD_DATA),
    ...(values.HOMEWARD_CACHE === undefined ? {} : { cacheFolder: resolve(values.HOMEWARD_CACHE) }),
    api: {
      host: values.HOMEWARD_API_HOST,
      port: values.HOMEWARD_API_PORT,
      publicUrl: values.HOMEWARD_PUBLIC_URL ?? `http://localhost:${values.HOMEWARD_API_PORT}`,
    },
    database:
      values.DATABASE_URL !== undefined
        ? { url: values.DATABASE_URL, ownerUrl: values.DATABASE_OWNER_URL ?? values.DATABASE_URL }
        : values.HOMEWARD_POSTGRES_PORT === undefined
          ? {}
          : { tcpPort: values.HOMEWARD_POSTGRES_PORT },
    temporal:
      address !== undefined
        ? { address, namespace }
        : { port: values.HOMEWARD_TEMPORAL_PORT, uiPort: values.HOMEWARD_TEMPORAL_UI_PORT, namespace },
    temporalConnection: profile?.connectionOptions ?? {},
    taskQueue: values.HOMEWARD_TASK_QUEUE,
    maxCachedWorkflows: values.HOMEWARD_MAX_CACHED_WORKFLOWS,
    hasStackTraces: values.HOMEWARD_WORKFLOW_STACKS === 'on',
    workerHealthPort: values.HOMEWARD_WORKER_HEALTH_PORT,
    metricsPage: { host: values.HOMEWARD_METRICS_HOST, port: values.HOMEWARD_METRICS_PORT },
    ...(values.HOMEWARD_TRUST_PROXY === undefined ? {} : { trustProxy: values.HOMEWARD_TRUST_PROXY }),
    mail: {
      smtp: values.SMTP_URL === undefined ? { port: values.HOMEWARD_SMTP_PORT } : { url: values.SMTP_URL },
      from: values.HOMEWARD_MAIL_FROM,
    },
    webhookAllow: values.HOMEWARD_WEBHOOK_ALLOW,
    mechanismFile: resolve(values.HOMEWARD_MECHANISM),
    openExamples: values.HOMEWARD_EXAMPLES === 'on',
    oldSealKeys: values.HOMEWARD_OLD_SEAL_KEYS,
    sealHours: values.HOMEWARD_SEAL_HOURS,
    ...(values.HOMEWARD_SEAL_KEY === undefined ? {} : { sealKey: values.HOMEWARD_SEAL_KEY }),
    ...(values.OIDC_ISSUER === undefined || values.OIDC_AUDIENCE === undefined
      ? {}
      : {
          issuer: {
            url: values.OIDC_ISSUER,
            audience: values.OIDC_AUDIENCE,
            ...(values.OIDC_CLIENT_ID !== undefined && {
              client: {
                clientId: values.OIDC_CLIENT_ID,
                ...(values.OIDC_CLIENT_SECRET !== undefined && { clientSecret: values.OIDC_CLIENT_SECRET }),
              },
            }),
          },
        }),
    ...(values.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? {}
      : { traces: { endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT, share: values.HOMEWARD_TRACES_SHARE } }),
    logLevel: values.LOG_LEVEL ?? (role === 'embedded' ? 'warn' : 'info'),
    warnings: unknownSettings(env),
  };
}

/**
 * As every Temporal tool reads it, with one difference: the profile file counts only when a variable
 * names it. A forgotten default profile must not send a newcomer's first start to a production server.
 */
function loadTemporalProfile(env: NodeJS.ProcessEnv, faults: string[]): ClientConnectConfig | undefined {
  try {
    const fileAsked = Boolean(env.TEMPORAL_PROFILE || env.TEMPORAL_CONFIG_FILE);
    const given = Object.entries(withoutEmpty(env)).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return toClientOptions(
      loadClientConfigProfile({
        disableFile: !fileAsked,
        overrideEnvVars: Object.fromEntries(given),
        ...(env.TEMPORAL_PROFILE ? { profile: env.TEMPORAL_PROFILE } : {}),
      }),
    );
  } catch (error) {
    faults.push(`TEMPORAL_*: ${(error as Error).message}`);
    return undefined;
  }
}

function missingForService(
  env: NodeJS.ProcessEnv,
  temporalAddress: string | undefined,
  role: ConfigRole,
): string[] {
  const needed: VariableName[] = [
    'DATABASE_URL',
    'HOMEWARD_SEAL_KEY',
    ...(role === 'worker' ? (['SMTP_URL'] as const) : []),
  ];
  const missing = needed
    .filter((name) => !env[name])
    .map((name) => `${name}: must be set for a separate ${role}`);
  return temporalAddress === undefined
    ? [...missing, `TEMPORAL_ADDRESS: must be set for a separate ${role}`]
    : missing;
}

/** `NAME=` in an env file means “not set”. */
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function invalid(faults: readonly string[]): StackError {
  const count = faults.length === 1 ? 'One setting is' : `${faults.length} settings are`;
  return new StackError(
    'configurationInvalid',
    `${count} wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    'The README and .env.example say what each may be.',
  );
}
