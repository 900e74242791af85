/**
 * The embedded Temporal: the real dev server of the Temporal CLI with its UI, on loopback, its state
 * in one SQLite file under the data folder.
 *
 * That file can't be moved between server versions, so which one made it is written beside it and
 * no other is let near it.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { DataFolder } from '../data-folder';
import { diskFull } from '../data-folder';
import { findRememberedChild, forgetChild, stopProcess, type StopStep } from '../process/child-record';
import { openLog, logTail } from '../process/log-file';
import { assertPortsFree, findPortHolder, loopback, portTaken } from '../process/ports';
import { processesWithArgument } from '../process/process-identity';
import type { Task } from '../process/progress';
import { StackError } from '../stack-error';
import { supervise } from '../process/supervisor';
import { findTemporalCli } from './cli';

export interface TemporalServerOptions {
  readonly folder: DataFolder;
  readonly task: Task;
  readonly say: (line: string) => void;
  readonly port: number;
  readonly uiPort: number;
  readonly namespace: string;
  readonly cacheFolder?: string;
  /** More `start-dev` arguments, e.g. dynamic configuration for a benchmark. */
  readonly extraArguments?: readonly string[];
}

export interface EmbeddedTemporal {
  readonly address: string;
  readonly uiUrl: string;
  readonly namespace: string;
  readonly server: string;
  /** Undefined while it is being restarted. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

const stopSteps: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 10_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/** The dev server keeps a closed workflow one day; operators want to look back over a year of cases. */
const retentionDays = 400;

export async function startTemporalServer(options: TemporalServerOptions): Promise<EmbeddedTemporal> {
  const { folder, task, port, uiPort, namespace } = options;
  const file = join(folder.temporal, 'temporal.db');
  const recordFile = join(folder.run, 'temporal.json');
  const logPath = join(folder.log, 'temporal.log');
  const address = `${loopback}:${port}`;
  const uiUrl = `http://${loopback}:${uiPort}`;

  const prepare = () => stopOldServers(file, recordFile);
  await prepare();
  await assertPortsFree([
    { port, purpose: 'the Temporal server', variable: 'HOMEWARD_TEMPORAL_PORT' },
    { port: uiPort, purpose: 'the Temporal UI', variable: 'HOMEWARD_TEMPORAL_UI_PORT' },
  ]);
  const madeBy = findMakerOf(folder);
  const cli = await findTemporalCli({
    task,
    ...(madeBy === undefined ? {} : { wantedServer: madeBy }),
    ...(options.cacheFolder === undefined ? {} : { cacheFolder: options.cacheFolder }),
  });
  rememberMaker(folder, cli.server);

  task.now('starting');
  const child = await supervise(
    {
      name: 'Temporal',
      prepare,
      spawn: () => {
        const log = openLog(logPath);
        try {
          return spawn(
            cli.path,
            [
              ...[
                'server',
                'start-dev',
                '--ip',
                loopback,
                '--port',
                String(port),
                '--ui-port',
                String(uiPort),
              ],
              ...[
                '--db-filename',
                file,
                '--sqlite-pragma',
                'journal_mode=wal',
                '--sqlite-pragma',
                'synchronous=normal',
              ],
              ...['--log-format', 'json', '--log-level', 'warn', '--namespace', namespace],
              ...(options.extraArguments ?? []),
            ],
            { cwd: folder.temporal, env: serverEnvironment(), detached: true, stdio: ['ignore', log, log] },
          );
        } finally {
          closeSync(log);
        }
      },
      isReady: () => isServing(address, namespace),
      readyWithinMs: 30_000,
      stopSteps,
      recordFile,
      explainFailure: (outcome) => explainTemporalFailure(options, outcome, logPath),
    },
    options.say,
  );
  await raiseRetention(address, namespace);
  return {
    address,
    uiUrl,
    namespace,
    server: cli.server,
    get pid() {
      return child.pid;
    },
    stop: () => child.stop(),
  };
}

/** Its own TEMPORAL_* variables would make the CLI read profiles meant for clients. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(env)) if (name.startsWith('TEMPORAL_')) Reflect.deleteProperty(env, name);
  return env;
}

async function stopOldServers(file: string, recordFile: string): Promise<void> {
  const remembered = findRememberedChild(recordFile);
  const old = [...(remembered === undefined ? [] : [remembered]), ...processesWithArgument(file)];
  await Promise.all(old.map((process) => stopProcess(process, stopSteps)));
  forgetChild(recordFile);
}

async function isServing(address: string, namespace: string): Promise<boolean> {
  // Asked by hand with short deadlines; the client's own connect would wait ten seconds on a dead port.
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await connection.withDeadline(Date.now() + 2_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } finally {
    await connection.close();
  }
}

/** Not vital: a server that refuses keeps its day, and the next start asks again. */
async function raiseRetention(address: string, namespace: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2_000 });
      try {
        await connection.workflowService.updateNamespace({
          namespace,
          config: { workflowExecutionRetentionTtl: { seconds: (retentionDays * 86_400) as never } },
        });
        return;
      } finally {
        await connection.close();
      }
    } catch {
      await sleep(200);
    }
  }
}

function findMakerOf(folder: DataFolder): string | undefined {
  if (!existsSync(join(folder.temporal, 'temporal.db'))) return undefined;
  try {
    return (JSON.parse(readFileSync(makerFile(folder), 'utf8')) as { server?: string }).server;
  } catch {
    return undefined;
  }
}

function rememberMaker(folder: DataFolder, server: string): void {
  writeFileSync(makerFile(folder), `${JSON.stringify({ server })}\n`, { mode: 0o600 });
}

function makerFile(folder: DataFolder): string {
  return join(folder.temporal, 'made-by.json');
}

function explainTemporalFailure(options: TemporalServerOptions, outcome: string, logPath: string): Error {
  const tail = logTail(logPath);
  if (/database or disk is full|no space left on device/i.test(tail)) return diskFull(options.folder.path);
  for (const [port, purpose, variable] of [
    [options.port, 'the Temporal server', 'HOMEWARD_TEMPORAL_PORT'],
    [options.uiPort, 'the Temporal UI', 'HOMEWARD_TEMPORAL_UI_PORT'],
  ] as const) {
    // Taken in the moment between our look and the server's.
    if (tail.includes('address already in use') && findPortHolder(port) !== undefined)
      return portTaken(port, purpose, variable);
  }
  return new StackError('temporalFailed', `The Temporal server ${outcome}.`, `See ${logPath}.`);
}
