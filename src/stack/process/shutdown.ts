/**
 * Turns the ways a process is asked to end into one orderly stop: Ctrl-C, SIGTERM, a closed terminal,
 * and the death of the npm that started us (which otherwise leaves us running unseen).
 */
import { readFileSync } from 'node:fs';
import { findProcess, isAlive, type ProcessIdentity } from './process-identity';

const parentLookEveryMs = 1_000;
/** A second Ctrl-C this soon after the first is the same one, sent by the terminal and again by npm. */
const sameKeystrokeMs = 300;
/** More than the API, the worker and the servers give to what they finish, one after the other. */
const stopWithinMs = 90_000;

/**
 * `stop` runs once, on the first request. A second Ctrl-C leaves at once with 130, and a stop that does not come to its
 * end leaves with 70: nothing acknowledged is lost by it. The watch on the parent ends the children.
 */
export function onShutdown(stop: (reason: string) => Promise<void>, withinMs = stopWithinMs): void {
  let askedAt: number | undefined;
  const ask = (reason: string) => {
    if (askedAt !== undefined) {
      if (Date.now() - askedAt > sameKeystrokeMs) process.exit(130);
      return;
    }
    askedAt = Date.now();
    setTimeout(() => {
      process.stderr.write(`The stop took longer than ${withinMs / 1_000} s and was forced.\n`);
      process.exit(70);
    }, withinMs);
    stop(reason).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(
          `The stop did not go well: ${error instanceof Error ? error.message : String(error)}\n`,
        );
        process.exit(70);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ask(signal);
    });
  }
  const npm = findNpm();
  if (npm === undefined) return;
  const watch = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(watch);
    ask('npm ended');
  }, parentLookEveryMs);
  watch.unref();
}

/** npm itself: our parent, or the parent of the shell it runs scripts with. Undefined if npm did not start us. */
function findNpm(): ProcessIdentity | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  if (process.platform !== 'linux') return findProcess(parent);
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const grandparent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return findProcess(/^(ba|da|z|k)?sh$/.test(name) ? grandparent : parent);
  } catch {
    return undefined;
  }
}
