/** Temporal's native core, once per process: it logs through ours and leaves the process's signals alone. */
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

let isInstalled = false;

/** To be called before the first connection. Later calls change nothing: a process has one core. */
export function installRuntime(logger: Logger): void {
  if (isInstalled) return;
  isInstalled = true;
  const log = logger.child({ part: 'temporal' });
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log[levels[level]](meta ?? {}, message);
    }),
    // The core writes through ours, too. Its client warns of every retry of every poller while the server is away.
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR,temporalio_sdk_core=WARN' } },
    // The entry points decide when to drain.
    shutdownSignals: [],
  });
}
