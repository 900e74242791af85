/** A bar on standard error, where a person looks; nothing with `--json` and nothing in a pipe. */
import { Presets, SingleBar } from 'cli-progress';

export interface ProgressBar {
  update(done: number, of: number): void;
  stop(): void;
}

export function progressBar(what: string, isWanted: boolean): ProgressBar {
  const bar = new SingleBar(
    {
      format: `${what} {bar} {value}/{total} · {percentage} % · {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      noTTYOutput: false,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update(done, of) {
      if (!isWanted || of === 0) return;
      if (!isStarted) bar.start(of, done);
      isStarted = true;
      bar.update(done);
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}
