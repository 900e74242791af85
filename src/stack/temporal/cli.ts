/**
 * Finds the Temporal CLI, which brings the dev server and its UI: on the PATH, in our cache, from the
 * official download, or built by Go. What was tried and why it failed is collected, and named only
 * if nothing worked.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Task } from '../process/progress';
import { run } from '../process/run-command';
import { StackError } from '../stack-error';
import { buildTemporalCli, type ObtainPlan } from './cli-build';
import { downloadTemporalCli } from './cli-download';

/** The last CLI that `go install` can build; its server and UI are what we test against. */
export const pinnedCli = '1.5.1';
export const pinnedServer = '1.29.1';
/** Older servers lack what the workflows use; newer ones serve older SDKs. */
const oldestServer = [1, 29] as const;

export interface TemporalCli {
  readonly path: string;
  /** The server inside, e.g. `1.29.1`; its database file is of this version. */
  readonly server: string;
  readonly source: 'path' | 'cache' | 'download' | 'go';
}

export interface CliSearch {
  readonly task: Task;
  /** The server version that made the existing file, if there is one: only that one may open it. */
  readonly wantedServer?: string;
  /** Default `$XDG_CACHE_HOME` or `~/.cache`, then `homeward/`. */
  readonly cacheFolder?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** How to get one that is not there; tests give their own. */
  readonly sources?: readonly CliSource[];
}

/** Puts the CLI at its place, or says why it could not. */
interface CliSource {
  readonly name: 'download' | 'go';
  readonly label: string;
  readonly obtain: (plan: ObtainPlan) => Promise<string | undefined>;
}

const officialSources: readonly CliSource[] = [
  { name: 'download', label: 'download', obtain: downloadTemporalCli },
  { name: 'go', label: 'go install', obtain: buildTemporalCli },
];

export async function findTemporalCli(search: CliSearch): Promise<TemporalCli> {
  const { task, wantedServer, env = process.env } = search;
  const cached = cachedCliPath(search.cacheFolder, env);
  const failures: string[] = [];

  const tryOut = async (path: string, source: TemporalCli['source'], label: string) => {
    const server = await serverVersionOf(path);
    if (typeof server !== 'string') failures.push(`${label}: ${server.problem}`);
    else if (!isSupported(server))
      failures.push(`${label}: its server ${server} is older than ${oldestServer.join('.')}`);
    else if (wantedServer !== undefined && server !== wantedServer)
      failures.push(`${label}: its server is ${server}, the data need ${wantedServer}`);
    else return { path, server, source } satisfies TemporalCli;
    return undefined;
  };

  task.now('looking for the Temporal CLI');
  const onPath = findOnPath('temporal', env);
  if (onPath === undefined) failures.push('PATH: no `temporal` there');
  else {
    const cli = await tryOut(onPath, 'path', `PATH (${onPath})`);
    if (cli !== undefined) return cli;
  }
  if (existsSync(cached)) {
    const cli = await tryOut(cached, 'cache', `cache (${cached})`);
    if (cli !== undefined) return cli;
  } else failures.push(`cache: nothing at ${cached}`);

  // What can be obtained is the pinned version; data of another one would not be opened by it.
  if (wantedServer !== undefined && wantedServer !== pinnedServer) throw wrongVersion(wantedServer, failures);
  for (const { name, label, obtain } of search.sources ?? officialSources) {
    const problem = await obtain({ target: cached, version: pinnedCli, task, env });
    if (problem !== undefined) {
      failures.push(`${label}: ${problem}`);
      continue;
    }
    const cli = await tryOut(cached, name, label);
    if (cli !== undefined) return cli;
  }
  throw new StackError(
    'temporalMissing',
    `No Temporal server could be had (${failures.join('; ')}).`,
    'Install the Temporal CLI so that `temporal` is on the PATH, or Go 1.25 or later so that it can be built, or set TEMPORAL_ADDRESS to a running server.',
  );
}

export function cachedCliPath(cacheFolder: string | undefined, env: NodeJS.ProcessEnv): string {
  const base = cacheFolder ?? join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'homeward');
  return join(base, `temporal-${pinnedCli}`, 'temporal');
}

export function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function isSupported(server: string): boolean {
  const [major = 0, minor = 0] = server.split('.').map(Number);
  return major === oldestServer[0] && minor >= oldestServer[1];
}

async function serverVersionOf(path: string): Promise<string | { problem: string }> {
  const result = await run(path, ['--version'], { timeoutMs: 10_000 });
  const server = /Server (\d+\.\d+\.\d+)/.exec(result.output)?.[1];
  if (server !== undefined) return server;
  return { problem: result.problem ?? 'it does not say which server it holds' };
}

function wrongVersion(wanted: string, failures: readonly string[]): StackError {
  return new StackError(
    'temporalVersion',
    `The Temporal file in the data folder was made by server ${wanted}, and no CLI with that server is at hand (${failures.join('; ')}).`,
    `Put a \`temporal\` with server ${wanted} on the PATH, or move the folder temporal/ out of the data folder: the record in Postgres stays, and the workflows start anew from it.`,
  );
}
