/** What the data folder takes of the disk, part by part. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Megabytes of each entry of the folder; those of less than one are left out. */
export function diskMb(folder: string): Record<string, number> {
  const sizes = readdirSync(folder).map((name) => [name, bytesOf(join(folder, name)) / 2 ** 20] as const);
  return Object.fromEntries(sizes.filter(([, mb]) => mb >= 1).sort(([, one], [, other]) => other - one));
}

function bytesOf(path: string): number {
  try {
    const { size, blocks } = lstatSync(path);
    const children = readDirectory(path);
    // A file with holes takes what its blocks take.
    if (children === undefined) return Math.min(size, blocks * 512);
    return children.reduce((total, name) => total + bytesOf(join(path, name)), 0);
  } catch {
    // It was removed while we looked.
    return 0;
  }
}

function readDirectory(path: string): string[] | undefined {
  return lstatSync(path).isDirectory() ? readdirSync(path) : undefined;
}
