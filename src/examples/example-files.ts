/** Finds the files under `examples/`, whether the code runs from source, from `dist/` or in the image. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import { readMechanism } from '../contracts/mechanism/file';

/** Absolute path of an example; the nearest `examples/` above the code counts. */
export function getExamplePath(...segments: readonly string[]): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'examples', ...segments);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`no examples/${segments.join('/')} above ${__dirname}`);
  }
}

/** One of the mechanisms that come with Homeward. They are sound: a test sees to it. */
export function getExampleMechanism(name: 'doha' | 'three-sides' | 'fast'): Mechanism {
  const read = readMechanism(readFileSync(getExamplePath('mechanisms', `${name}.yaml`), 'utf8'));
  if ('faults' in read)
    throw new Error(
      `examples/mechanisms/${name}.yaml: ${read.faults.map(({ message }) => message).join('; ')}`,
    );
  return read.mechanism;
}
