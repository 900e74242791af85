/** Log files of the children: opened for append, set aside when large, and their last words for an error. */
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';

/** One older file is kept beside the current one. */
const setAsideAboveBytes = 20 * 1_048_576;

/** A file descriptor to hand to a child; the caller closes its own copy after the spawn. */
export function openLog(path: string): number {
  try {
    if (statSync(path).size > setAsideAboveBytes) renameSync(path, `${path}.1`);
  } catch {
    // Not there yet.
  }
  return openSync(path, 'a', 0o600);
}

/** The end of the log; empty when there is none. */
export function logTail(path: string, bytes = 4_096): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, bytes));
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}
