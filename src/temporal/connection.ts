/**
 * Connections to Temporal. Given settings win; without them the environment and the TOML profile count, as for
 * every Temporal tool. Connects first and says clearly when nothing answers: a worker that is made without a
 * connection never exits after a failed one.
 */
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import type { NativeConnectionOptions } from '@temporalio/worker';

export interface TemporalSettings {
  readonly address?: string;
  readonly namespace?: string;
  /** TLS, API key and metadata. With an address given, nothing is read from the environment. */
  readonly connectionOptions?: NativeConnectionOptions;
}

export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';
  readonly code = 'temporal-unreachable';
  constructor(address: string, options?: ErrorOptions) {
    super(`No Temporal server answers at ${address}. Is it running, and is TEMPORAL_ADDRESS right?`, options);
  }
}

/** For a worker and the upkeep beside it: one native connection, and a client on it. */
export async function connectWorker(settings: TemporalSettings = {}) {
  const { options, namespace } = resolve(settings);
  const connection = await reached(options, () => NativeConnection.connect(options));
  return { connection, namespace, client: new Client({ connection, namespace }) };
}

/** For processes that only send messages, such as the API: without the worker's native core. */
export async function connectClient(settings: TemporalSettings = {}) {
  const { options, namespace } = resolve(settings);
  const { address, tls, apiKey, metadata } = options;
  const connection = await reached(options, () =>
    Connection.connect({
      ...(address === undefined ? {} : { address }),
      ...(tls === undefined ? {} : { tls }),
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(metadata === undefined ? {} : { metadata }),
    }),
  );
  return { connection, namespace, client: new Client({ connection, namespace }) };
}

function resolve(settings: TemporalSettings): { options: NativeConnectionOptions; namespace: string } {
  const found =
    settings.address === undefined && settings.connectionOptions === undefined
      ? loadClientConnectConfig()
      : { connectionOptions: {}, namespace: undefined };
  return {
    options: {
      ...found.connectionOptions,
      ...settings.connectionOptions,
      ...(settings.address === undefined ? {} : { address: settings.address }),
    },
    namespace: settings.namespace ?? found.namespace ?? 'default',
  };
}

async function reached<Made>(options: NativeConnectionOptions, connect: () => Promise<Made>): Promise<Made> {
  try {
    return await connect();
  } catch (error) {
    throw new TemporalUnreachable(options.address ?? 'localhost:7233', { cause: error });
  }
}
