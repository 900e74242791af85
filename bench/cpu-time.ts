/** Processor time of a process and its children, from /proc: tells what a return costs even on a busy machine. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in these on every platform we run on. */
const ticksPerSecond = 100;

interface ProcessTime {
  readonly parent: number;
  readonly seconds: number;
}

/** Undefined where there is no /proc. */
export function cpuSecondsOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const all = new Map(readProcesses());
  const isUnder = (id: number): boolean => {
    for (let at: number | undefined = id; at !== undefined && at > 1; at = all.get(at)?.parent)
      if (at === pid) return true;
    return false;
  };
  let seconds = 0;
  for (const [id, time] of all) if (isUnder(id)) seconds += time.seconds;
  return seconds;
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
