/**
 * Says what the start is doing. In a terminal the running tasks share one live line with seconds;
 * elsewhere (a pipe, a CI log) each task that takes long gets a line every fifteen seconds.
 */
import pc from 'picocolors';

export interface Task {
  /** What the task is at now; shown live. */
  now(detail: string): void;
  /** Ends the task with a line of its own. */
  done(outcome: string): void;
  /** Ends the task silently; the error that follows speaks for it. */
  drop(): void;
}

export interface Progress {
  say(line: string): void;
  task(what: string): Task;
}

/** A quiet one for tests and for tools that draw their own. */
export const silentProgress: Progress = {
  say: () => undefined,
  task: () => ({ now: () => undefined, done: () => undefined, drop: () => undefined }),
};

interface Running {
  readonly what: string;
  readonly since: number;
  detail: string;
  lastLineAt: number;
}

/** The quiet log gets a line per task and this many milliseconds. */
const quietLineEveryMs = 15_000;

export function terminalProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  const running = new Set<Running>();
  let ticker: NodeJS.Timeout | undefined;

  const seconds = (task: Running) => `${((Date.now() - task.since) / 1000).toFixed(0)} s`;
  const describe = (task: Running) =>
    `${task.what}${task.detail ? `: ${task.detail}` : ''}, ${seconds(task)}`;
  const clearLive = () => {
    if (out.isTTY) out.write('\r\x1b[K');
  };
  const write = (line: string) => {
    clearLive();
    out.write(`${line}\n`);
    draw();
  };
  const draw = () => {
    if (!out.isTTY || running.size === 0) return;
    const line = `  … ${[...running].map(describe).join(' · ')}`;
    out.write(`\r\x1b[K${pc.dim(line.slice(0, Math.max(20, (out.columns || 100) - 1)))}`);
  };
  const tick = () => {
    draw();
    if (out.isTTY) return;
    for (const task of running) {
      if (Date.now() - task.lastLineAt < quietLineEveryMs) continue;
      task.lastLineAt = Date.now();
      out.write(`  … ${describe(task)}\n`);
    }
  };
  const end = (task: Running) => {
    running.delete(task);
    if (running.size === 0) clearInterval(ticker);
    clearLive();
  };

  return {
    say: write,
    task(what) {
      const task: Running = { what, since: Date.now(), detail: '', lastLineAt: Date.now() };
      if (running.size === 0) ticker = setInterval(tick, 1_000).unref();
      running.add(task);
      draw();
      return {
        now(detail) {
          task.detail = detail;
          draw();
        },
        done(outcome) {
          if (!running.has(task)) return;
          end(task);
          write(`  ${pc.green('✓')} ${what}: ${outcome}`);
        },
        drop() {
          end(task);
        },
      };
    },
  };
}
