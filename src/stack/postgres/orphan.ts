/**
 * Stops a Postgres that an earlier, killed parent left on this cluster. The caller holds the data
 * folder's lock, so whatever still works on the cluster has no parent any more.
 */
import { readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findRememberedChild, forgetChild, stopProcess } from '../process/child-record';
import {
  commandLineOf,
  findProcess,
  linkTarget,
  processesIn,
  type ProcessIdentity,
} from '../process/process-identity';
import type { PostgresPaths } from './paths';
import { StackError } from '../stack-error';

export async function clearOldPostgres({ cluster, recordFile, socketFolder }: PostgresPaths): Promise<void> {
  const remembered = findRememberedChild(recordFile);
  const postmaster = remembered ?? findPostmaster(cluster);
  if (postmaster !== undefined) {
    await stopProcess(postmaster, [
      { signal: 'SIGINT', waitMs: 10_000 },
      { signal: 'SIGQUIT', waitMs: 5_000 },
      { signal: 'SIGKILL', waitMs: 2_000 },
    ]);
  }
  // Backends outlive a killed postmaster for a moment, and no new one may start beside them.
  const backends = existing(cluster) ? processesIn(realpathSync(cluster)) : [];
  await Promise.all(
    backends.map((backend) =>
      stopProcess(backend, [
        { signal: 'SIGQUIT', waitMs: 3_000 },
        { signal: 'SIGKILL', waitMs: 2_000 },
      ]),
    ),
  );
  const left = existing(cluster) ? processesIn(realpathSync(cluster)) : [];
  if (left[0] !== undefined) {
    throw new StackError(
      'postgresFailed',
      `An earlier Postgres (process ${left[0].pid}) works on ${cluster} and can't be stopped.`,
      'End that process, then start again.',
    );
  }
  // Its number may belong to another process or a zombie by now, and Postgres would then refuse to start.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  for (const entry of readdirSync(socketFolder)) {
    if (entry.startsWith('.s.PGSQL.')) rmSync(join(socketFolder, entry), { force: true });
  }
  forgetChild(recordFile);
}

/** The process named by postmaster.pid, if it really is a Postgres on this cluster. */
function findPostmaster(cluster: string): ProcessIdentity | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
  const identity = findProcess(pid);
  if (identity === undefined) return undefined;
  const isOurs =
    process.platform === 'linux'
      ? linkTarget(`/proc/${pid}/cwd`) === realpathSync(cluster)
      : (commandLineOf(pid) ?? '').includes(cluster);
  return isOurs ? identity : undefined;
}

function existing(path: string): boolean {
  try {
    realpathSync(path);
    return true;
  } catch {
    return false;
  }
}
