/** The secret by which the API seals commands for the worker: made once per data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from './data-folder';
import { errnoOf } from './stack-error';

/** One key a line, the newest first: a line put on top replaces the key, and those below are still believed. */
export const sealKeyFile = 'seal.key';
type Keys = [string, ...string[]];

/** The keys as they are given or kept, the one that seals first; none when nothing has been kept yet. */
export function findSealKeys({
  sealKey,
  oldSealKeys,
  dataFolder,
}: {
  readonly sealKey?: string;
  readonly oldSealKeys: readonly string[];
  readonly dataFolder: string;
}): Keys | [] {
  if (sealKey !== undefined) return [sealKey, ...oldSealKeys];
  try {
    const [first, ...rest] = readFileSync(join(dataFolder, sealKeyFile), 'utf8').split(/\s+/).filter(Boolean);
    return first === undefined ? [] : [first, ...rest, ...oldSealKeys];
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return [];
  }
}

export function loadOrCreateSealKeys(
  folder: Pick<DataFolder, 'path'>,
  oldSealKeys: readonly string[] = [],
): Keys {
  const kept = (): Keys | [] => findSealKeys({ oldSealKeys, dataFolder: folder.path });
  const found = kept();
  if (found.length > 0) return found as Keys;
  const file = join(folder.path, sealKeyFile);
  const fresh = `${file}.${process.pid}`;
  try {
    writeFileSync(fresh, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
    // A link, unlike a rename, never replaces a key that is there already.
    linkSync(fresh, file);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  const made = kept();
  if (made.length === 0) throw new Error(`${file} is empty`);
  return made as Keys;
}
