/**
 * Ends a child when this process dies without a word, as after `kill -9` or in a crash.
 *
 * A shell waits on a pipe that only we hold; the kernel closes it when we end, however we end, and
 * the shell then signals the child. It is a courtesy: the next start copes without it too.
 */
import { spawn } from 'node:child_process';

/** Returns a function that ends the watch; call it when the child has ended, before its pid is used again. */
export function watchParentDeath(pid: number, signal: NodeJS.Signals): () => void {
  const shell = spawn('/bin/sh', ['-c', `read -r _; kill -${signal.slice('SIG'.length)} ${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Out of our process group: a Ctrl-C in the terminal must not end the watcher before the watched.
    detached: true,
    cwd: '/',
  });
  // Without a shell nobody watches; nothing else changes.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  // Neither the shell nor its pipe keeps our event loop alive.
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return () => {
    shell.kill('SIGKILL');
  };
}
