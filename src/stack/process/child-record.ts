/**
 * Remembers which child processes belong to a data folder, so that a start after `kill -9` of the
 * parent can stop what it left behind. Only a process of the very identity written here, or one the
 * caller recognises by its arguments or folder, is ever signalled.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess, isAlive, type ProcessIdentity } from './process-identity';
import { errnoOf } from '../stack-error';

/** Written at once after the spawn; renamed into place so that half a record is never read. */
export function rememberChild(file: string, pid: number): void {
  const identity = findProcess(pid);
  if (identity === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify(identity), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function forgetChild(file: string): void {
  rmSync(file, { force: true });
}

/** The recorded child if it still lives; a missing or broken record is no child. */
export function findRememberedChild(file: string): ProcessIdentity | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    if (typeof pid !== 'number' || typeof started !== 'string') return undefined;
    return isAlive({ pid, started }) ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

export interface StopStep {
  readonly signal: NodeJS.Signals;
  readonly waitMs: number;
}

/** Asks with each signal in turn until the process is gone; false if it outlived them all. */
export async function stopProcess(identity: ProcessIdentity, steps: readonly StopStep[]): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (!isAlive(identity)) return true;
    sendSignal(identity.pid, signal);
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      if (!isAlive(identity)) return true;
      await sleep(20);
    }
  }
  return !isAlive(identity);
}

/** A process that went away between look and signal is what we wanted. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}
