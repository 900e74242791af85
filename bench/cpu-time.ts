/** Processor time and memory of processes with their children, from /proc: tells what a thing costs even on a busy machine. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in these on every platform we run on. */
const ticksPerSecond = 100;

interface ProcessTime {
  readonly parent: number;
  readonly seconds: number;
}
/** Every process there is, as it was at one moment. */
export type ProcessTree = ReadonlyMap<number, ProcessTime>;

/** Undefined where there is no /proc. */
export const readProcessTree = (): ProcessTree | undefined =>
  process.platform === 'linux' ? new Map(readProcesses()) : undefined;

/** A process and all below it, that have ended too as far as their parent has taken note. Undefined without /proc. */
export function cpuSecondsOf(pid: number, tree = readProcessTree()): number | undefined {
  if (!tree) return undefined;
  return pidsUnder(pid, tree).reduce((seconds, id) => seconds + (tree.get(id)?.seconds ?? 0), 0);
}

/**
 * Resident memory of a process and all below it: pages that several of them share are counted once between
 * them, so that Postgres's buffers do not count for each connection. Undefined without /proc.
 */
export function memoryBytesOf(pid: number, tree = readProcessTree()): number | undefined {
  if (!tree) return undefined;
  return pidsUnder(pid, tree).reduce((bytes, id) => bytes + proportionalBytesOf(id), 0);
}

function pidsUnder(pid: number, tree: ProcessTree): number[] {
  const isUnder = (id: number): boolean => {
    for (let at: number | undefined = id; at !== undefined && at > 1; at = tree.get(at)?.parent)
      if (at === pid) return true;
    return false;
  };
  return [...tree.keys()].filter(isUnder);
}

function proportionalBytesOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    // It ended while we looked.
    return 0;
  }
}

function* readProcesses(): Generator<[number, ProcessTime]> {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in parentheses may hold spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [, parent, , , , , , , , , , user, system, childUser, childSystem] = fields.map(Number);
      const ticks = (user ?? 0) + (system ?? 0) + (childUser ?? 0) + (childSystem ?? 0);
      yield [Number(name), { parent: parent ?? 0, seconds: ticks / ticksPerSecond }];
    } catch {
      // It ended while we looked.
    }
  }
}
