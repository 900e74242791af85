/**
 * Temporal's native core, once per process: it logs through our gate, tells its figures where our page asks, and
 * leaves the process's signals alone.
 */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { LogLevel } from '@temporalio/worker';
import type { Logger } from 'pino';

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

export interface InstalledRuntime {
  /** Where the core tells its figures, on loopback; absent when whoever came first asked for none. */
  readonly metricsAddress?: string;
}

let installed: InstalledRuntime | undefined;

/** To be called before the first connection. Later calls change nothing: a process has one core. */
export function installRuntime(logger: Logger, settings: InstalledRuntime = {}): InstalledRuntime {
  if (installed) return installed;
  installed = settings;
  const log = logger.child({ part: 'temporal' });
  const { metricsAddress } = settings;
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log[levels[level]](meta ?? {}, plainMessage(message));
    }),
    telemetryOptions: {
      // The core writes through ours, too. Its client warns of every retry of every poller while the server is away.
      logging: { forward: {}, filter: 'ERROR,temporalio_sdk_core=WARN' },
      ...(metricsAddress === undefined
        ? {}
        : { metrics: { prometheus: { bindAddress: metricsAddress }, attachServiceName: false } }),
    },
    // The entry points decide when to drain.
    shutdownSignals: [],
  });
  return installed;
}

/** What Temporal's rule codes mean here; their own words begin with ids. docs/operations.md has what to do. */
const ruleTexts: Readonly<Record<string, string>> = {
  TMPRL1100: 'a history does not fit the workflow code of this release, so its case stands still',
  TMPRL1101:
    'workflow code held a thread too long, on a busy machine or in an endless loop; it is tried again',
  TMPRL1104: 'a workflow task took more than five seconds, on a busy or suspended machine; nothing is lost',
};

const maxMessageLength = 120;

/**
 * A message of Temporal's up to where it begins to fill in values, which may be anything a workflow or an activity
 * was given; its rule codes are kept wherever they stand.
 */
export function plainMessage(message: string): string {
  const code = /\[?\b(TMPRL\d{4})\b\]?/.exec(message);
  const [plain = ''] = message.replace(code?.[0] ?? '', '').split(/[:"'`{[(=<\n]|\d{2,}/, 1);
  const text = plain.trim().slice(0, maxMessageLength) || 'told by Temporal';
  return code ? `${code[1]} ${ruleTexts[code[1] ?? ''] ?? text}` : text;
}
