/** What a process can tell of itself: how late it gets to its work, and how much memory it takes. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Coarse enough to cost nothing, fine enough to see what people would feel. */
const resolutionMs = 50;

export interface ProcessFigures {
  /** Seconds, since they were last read. */
  readonly lag: Readonly<Record<'p50' | 'p99' | 'max', number>>;
  readonly memory: Readonly<Record<'resident' | 'heap', number>>;
}

export function watchProcess(): { read(): ProcessFigures; stop(): void } {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  /** Node counts from one look to the next, so that a process at rest shows the resolution. */
  const seconds = (nanoseconds: number): number =>
    Math.max(0, (Number.isFinite(nanoseconds) ? nanoseconds : 0) / 1e9 - resolutionMs / 1e3);
  return {
    read() {
      const lag = {
        p50: seconds(delays.percentile(50)),
        p99: seconds(delays.percentile(99)),
        max: seconds(delays.max),
      };
      delays.reset();
      const { rss, heapUsed } = process.memoryUsage();
      return { lag, memory: { resident: rss, heap: heapUsed } };
    },
    stop: () => {
      delays.disable();
    },
  };
}
