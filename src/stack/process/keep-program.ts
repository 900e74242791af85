/**
 * Runs a program as a child and starts it again when it dies by a fault: a crash, a `kill -9`, the kernel out of memory.
 * Its own servers are watched by the program (`supervisor.ts`); this watches the program. The two hold a channel, so
 * that the child hears of its parent's death at once, however it died.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { restartPauses } from './restart-pauses';
import { mayPass, stackFaults } from '../stack-error';

export interface KeptProgram {
  /** Resolves with its exit code when it ended as asked, or by a fault that starting it again does not mend. */
  readonly ended: Promise<number>;
  /** Asks it to end, and resolves with its exit code. */
  stop(signal: NodeJS.Signals): Promise<number>;
}

/** So often it is started before it has come up once. */
const firstTries = 3;
/** What the child says once it has come up. */
const ready = 'ready';
/** Of a shell: ended by a second Ctrl-C. */
const forced = 130;

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export function keepProgram(
  { name, file, args }: { readonly name: string; readonly file: string; readonly args: readonly string[] },
  say: (line: string) => void,
): KeptProgram {
  const stopped = new AbortController();
  let child: ChildProcess | undefined;
  let hasBeenReady = false;
  let falls = 0;

  const runOnce = (): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      child = spawn(process.execPath, ['--enable-source-maps', file, ...args], {
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
        // A Ctrl-C in the terminal reaches us, and the child through us: once, and not a second time as if to force it.
        detached: true,
      });
      child.on('message', (word) => {
        if (word === ready) hasBeenReady = true;
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        resolve({ code, signal });
      });
    });

  /**
   * Whether nothing is gained by starting it again. One that came up before may only wait for what will pass. If a server of its
   * own falls on the way up, that may be an accident, or happen each time.
   */
  const isFinal = ({ code }: Outcome): boolean =>
    stopped.signal.aborted ||
    code === 0 ||
    code === forced ||
    (isVerdict(code) && !(hasBeenReady ? mayPass(code) : isFall(code) && ++falls < firstTries));

  const keep = async (): Promise<number> => {
    const pauseAfter = restartPauses();
    for (;;) {
      const startedAt = performance.now();
      const outcome = await runOnce();
      if (isFinal(outcome)) return outcome.code ?? forced;
      const how = outcome.signal
        ? `was ended by ${outcome.signal}`
        : `ended with code ${outcome.code ?? '?'}`;
      say(`${name} ${how}; starting it again`);
      await sleep(pauseAfter(performance.now() - startedAt), undefined, { signal: stopped.signal }).catch(
        () => undefined,
      );
      if (stopped.signal.aborted) return 0;
    }
  };
  const ended = keep();
  return {
    ended,
    stop(signal) {
      stopped.abort();
      child?.kill(signal);
      return ended;
    },
  };
}

/** A server of its own has fallen, or it has itself. */
const isFall = (code: number): boolean => code === stackFaults.postgresFailed;

/** Codes by which our programs say what a person is to mend; a crash has others. */
const isVerdict = (code: number | null): code is number => code !== null && code >= 64 && code <= 78;

/**
 * For the child. Without its parent it ends at once, as in a crash, which everything survives: nobody would start it
 * again, and an orderly stop would keep the next start waiting. Gives the way to say that it has come up.
 */
export function endWithParent(): () => void {
  if (process.send === undefined) return () => undefined;
  const end = (): void => process.exit(70);
  process.once('disconnect', end);
  if (!process.connected) end();
  return () => {
    process.send?.(ready);
  };
}
