/** The secret by which the API seals commands for the worker: made once per data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from './data-folder';
import { errnoOf } from './stack-error';

export function loadOrCreateSealKey(folder: Pick<DataFolder, 'path'>): string {
  const file = join(folder.path, 'seal.key');
  const fresh = `${file}.${process.pid}`;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  try {
    writeFileSync(fresh, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
    // A link, unlike a rename, never replaces a key that is there already.
    linkSync(fresh, file);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
