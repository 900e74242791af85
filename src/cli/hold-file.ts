/**
 * One process at a time, by a file that only one can make. It names its maker: what a process that was killed has left
 * behind holds nobody up.
 */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from './cli-error';

/** Longer than anything that is done meanwhile: an issuer is asked twice, ten seconds each. */
const abandonedAfterMs = 30_000;
const timeoutMs = 40_000;

export async function holdingFile<Value>(file: string, act: () => Promise<Value>): Promise<Value> {
  const until = Date.now() + timeoutMs;
  while (!(await isMade(file))) {
    const abandoned = await findAbandoned(file);
    if (abandoned !== undefined) await removeAbandoned(file, abandoned);
    else if (Date.now() > until)
      throw new CliError('unreachable', `Another command holds ${file}.`, 'Remove it if there is none.');
    else await sleep(25);
  }
  try {
    return await act();
  } finally {
    await rm(file, { force: true });
  }
}

const isMade = (file: string): Promise<boolean> =>
  writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 }).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    },
  );

/** Which file it is, so that somebody's new one of the same name is not taken for it. */
async function findAbandoned(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found) return undefined;
  if (Date.now() - found.mtimeMs > abandonedAfterMs) return found.ino;
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  // One that is being written names nobody yet.
  return pid > 0 && !isRunning(pid) ? found.ino : undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function removeAbandoned(file: string, abandoned: number): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await stat(aside)).ino !== abandoned) await link(aside, file);
  } catch {
    // Somebody else has taken it away.
  }
  await rm(aside, { force: true });
}
