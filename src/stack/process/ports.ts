/**
 * Asks for a port before a child needs it, so that the answer to “taken” is a sentence: which port,
 * by whom as far as it can be known, and which variable moves ours.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandLineOf, linkTarget, listPids } from './process-identity';
import { errnoOf, StackError } from '../stack-error';

/** Everything embedded listens here and nowhere else. */
export const loopback = '127.0.0.1';

export interface WantedPort {
  readonly port: number;
  /** As in “wanted for the API”. */
  readonly purpose: string;
  /** The variable that moves it. */
  readonly variable: string;
}

/** All that are taken are told at once; 0 is any free one. */
export async function assertPortsFree(wanted: readonly WantedPort[]): Promise<void> {
  const asked = await Promise.allSettled(
    wanted
      .filter(({ port }) => port !== 0)
      .map(({ port, purpose, variable }) => assertPortFree(port, purpose, variable)),
  );
  const faults = asked.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (faults.length > 0) throw oneFaultOf(faults);
}

/** Of several faults the ports among them, in one; otherwise the first. */
export function oneFaultOf(faults: readonly unknown[]): unknown {
  const taken = faults.filter(
    (fault): fault is StackError => fault instanceof StackError && fault.fault === 'portTaken',
  );
  if (taken.length < 2 || taken.length < faults.length) return faults[0];
  const lines = (of: 'problem' | 'remedy') => [...new Set(taken.map(({ [of]: line }) => line))].join('\n');
  return new StackError('portTaken', lines('problem'), lines('remedy'), { cause: taken[0] });
}

export async function assertPortFree(port: number, purpose: string, variable: string): Promise<void> {
  const fault = await tryToListen(port);
  if (fault === undefined) return;
  if (errnoOf(fault) === 'EACCES') {
    throw new StackError(
      'portTaken',
      `Port ${port}, wanted for ${purpose}, is reserved for privileged users.`,
      `Set ${variable} to a port above 1023.`,
      { cause: fault },
    );
  }
  throw portTaken(port, purpose, variable, fault);
}

export function portTaken(port: number, purpose: string, variable: string, cause?: unknown): StackError {
  const holder = findPortHolder(port);
  return new StackError(
    'portTaken',
    `Port ${port}, wanted for ${purpose}, is taken by ${holder ?? 'another process'}.`,
    `Stop that process, or set ${variable} to a free port.`,
    { cause },
  );
}

/** A port that is free now. It may be gone a moment later, so only tests and the mail sink rely on it. */
export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, loopback, () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}

function tryToListen(port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, loopback, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}

/** Best effort: undefined when the system does not tell, e.g. about another user's process. */
export function findPortHolder(port: number): string | undefined {
  try {
    const pid = process.platform === 'linux' ? holderOnLinux(port) : holderByLsof(port);
    if (pid === undefined) return undefined;
    const command = commandLineOf(pid);
    return `process ${pid}${command ? ` (${command.length > 80 ? `${command.slice(0, 80)}…` : command})` : ''}`;
  } catch {
    return undefined;
  }
}

/** /proc/net/tcp names the socket's inode; the process that has it open has a link to it. */
function holderOnLinux(port: number): number | undefined {
  const inodes = new Set<string>();
  const listening = '0A';
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state !== listening || inode === undefined) continue;
      if (parseInt(local?.split(':')[1] ?? '', 16) === port) inodes.add(`socket:[${inode}]`);
    }
  }
  return listPids().find((pid) =>
    descriptorsOf(pid).some((descriptor) => inodes.has(linkTarget(`/proc/${pid}/fd/${descriptor}`) ?? '')),
  );
}

function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
}

function holderByLsof(port: number): number | undefined {
  const out = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp'], {
    encoding: 'utf8',
    timeout: 5_000,
  });
  const pid = Number(/^p(\d+)/m.exec(out)?.[1]);
  return Number.isInteger(pid) ? pid : undefined;
}
