/**
 * Makes the database cluster once. It is built under another name and renamed when whole, so that a
 * start that was killed in the middle leaves nothing the next one would mistake for a cluster.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { diskFull } from '../data-folder';
import { postgresEnvironment, type PostgresBinaries } from './binaries';
import { superuserPassword, type PostgresPaths } from './paths';
import type { Task } from '../process/progress';
import { StackError } from '../stack-error';

export interface ClusterPlan {
  readonly binaries: PostgresBinaries;
  readonly paths: PostgresPaths;
  readonly task: Task;
  readonly logPath: string;
}

const unfinished = 'unfinished-';

/**
 * Character classes by libc, where only a UTF-8 locale knows that Ж is a letter (pg_trgm asks it);
 * order and case by Postgres's own C.UTF-8, the same on every machine. macOS before 15 has no C.UTF-8.
 */
const localesToTry = ['C.UTF-8', 'en_US.UTF-8'] as const;

export async function initialiseCluster(plan: ClusterPlan): Promise<void> {
  const { paths, binaries, task } = plan;
  for (const entry of readdirSync(paths.home)) {
    // The initdb of a killed parent may write a moment longer: then the folder is not empty at the first try.
    if (entry.startsWith(unfinished))
      rmSync(join(paths.home, entry), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  if (existsSync(paths.cluster)) {
    assertSameMajor(paths.cluster, binaries.version);
    return;
  }
  task.now('creating the database');
  superuserPassword(paths.home);
  let lastFailure = '';
  for (const locale of localesToTry) {
    const name = `${unfinished}${randomBytes(4).toString('hex')}`;
    const result = await runInitdb(plan, name, locale);
    appendFileSync(plan.logPath, result.output, { mode: 0o600 });
    if (result.code === 0) {
      renameSync(join(paths.home, name), paths.cluster);
      return;
    }
    rmSync(join(paths.home, name), { recursive: true, force: true });
    lastFailure = result.output;
    if (!/invalid locale/i.test(result.output)) break;
  }
  throw explainPostgresFailure(paths.home, 'could not create the database', plan.logPath, lastFailure);
}

/** Turns the server's last words into a sentence; knows a full disk and a user it may not become. */
export function explainPostgresFailure(
  folder: string,
  outcome: string,
  logPath: string,
  tail: string,
): StackError {
  if (/No space left on device|Disk quota exceeded/i.test(tail)) return diskFull(folder);
  const reason = tail
    .split('\n')
    .filter((line) => /FATAL|PANIC|error:|ERROR/.test(line))
    .at(-1)
    ?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '');
  return new StackError(
    'postgresFailed',
    `Postgres ${outcome}${reason ? `: ${reason.trim().replace(/\.$/, '')}` : ''}.`,
    /EPERM|EACCES/.test(outcome)
      ? 'Start Homeward as an ordinary user, or set DATABASE_URL to a Postgres 18 server.'
      : `See ${logPath}; the data are untouched.`,
  );
}

function assertSameMajor(cluster: string, version: string): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const [major] = version.split('.');
  if (made === major) return;
  throw new StackError(
    'postgresVersion',
    `The database in ${cluster} was made by Postgres ${made}, and this Homeward brings Postgres ${major}.`,
    'Dump it with the older version and restore it into a fresh HOMEWARD_DATA folder.',
  );
}

async function runInitdb(
  plan: ClusterPlan,
  name: string,
  locale: string,
): Promise<{ code: number; output: string }> {
  const reach = plan.paths.open();
  const child = spawn(
    plan.binaries.initdb,
    [
      ...['--pgdata', `${reach.home}/${name}`, '--pwfile', `${reach.home}/superuser.password`],
      ...['--username=postgres', '--auth-local=trust', '--auth-host=scram-sha-256'],
      ...['--encoding=UTF8', `--locale=${locale}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...['--text-search-config=simple', '--data-checksums', '--no-instructions'],
    ],
    {
      ...plan.paths.user,
      cwd: '/',
      env: postgresEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe', ...reach.handles],
    },
  );
  reach.close();
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: -1, output: `${output}error: ${error.message}\n` });
    });
    child.once('close', (code) => {
      resolve({ code: code ?? -1, output });
    });
  });
}
