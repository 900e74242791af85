/**
 * Tells one process from another that later got the same number.
 *
 * A pid alone says nothing after a reboot or a long night: numbers are used again. A process is
 * therefore known by its pid and the moment it started. A zombie counts as gone: in a container
 * without an init it may stay in the table for ever, and nothing it held is held any longer.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal only for the same process of the same boot. */
  readonly started: string;
}

/** The identity of a living process, or undefined when no such process lives. */
export function findProcess(pid: number): ProcessIdentity | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether exactly this process, not a later one with its number, is alive. */
export function isAlive(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.started === identity.started;
}

/** The command line as one string for messages; undefined where it can't be read. */
export function commandLineOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return ps(pid, 'command=');
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Living processes whose working directory is `folder`. Linux only; elsewhere none are found. */
export function processesIn(folder: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  return listPids()
    .filter((pid) => linkTarget(`/proc/${pid}/cwd`) === folder)
    .map(findProcess)
    .filter((found) => found !== undefined);
}

/** Living processes whose command line holds `word` as one argument. Linux only. */
export function processesWithArgument(word: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  return listPids()
    .filter((pid) => pid !== process.pid && argumentsOf(pid).includes(word))
    .map(findProcess)
    .filter((found) => found !== undefined);
}

export function listPids(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid > 0);
  } catch {
    return [];
  }
}

export function linkTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    // Gone meanwhile, or another user's: either way not ours.
    return undefined;
  }
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets itself, so count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || startTicks === undefined) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTicks}`;
  } catch {
    return undefined;
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    const [state, ...started] = ps(pid, 'stat=,lstart=').split(/\s+/);
    return state?.startsWith('Z') ? undefined : started.join(' ') || undefined;
  } catch {
    return undefined;
  }
}

function ps(pid: number, columns: string): string {
  return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).trim();
}
