/**
 * `npm run bench`: how fast Homeward is, beside other ways of doing the same on the same servers in one run, and beside
 * an earlier release of itself. Prints tables and writes a file; never a test.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { StackError } from '../src/stack/stack-error';
import { layGround } from './lay-ground';
import { measureAgainst } from './measure/against';
import { measureColdStart } from './measure/cold-start';
import { measureConsole } from './measure/console';
import { measureGroups } from './measure/groups';
import { measureInbox } from './measure/inbox';
import { measureOccupancy } from './measure/occupancy';
import { measureLoad, type LoadMeasured } from './measure/load';
import { measureReturns, type ReturnFigures } from './measure/returns';
import { measureFilled, measureStarts, type FilledFigures, type StartFigures } from './measure/starts';
import { parseOptions, usage, type BenchOptions } from './options';
import { writeDocs } from './report/docs';
import { asText, tablesOf } from './report/tables';
import type { Machine, Results } from './results';
import { startServers, type Servers } from './servers';
import { isOnTemporal, workerNames, workerOf, type WayName, type WorkerName } from './way';
import { startWorkerProcess, type WorkerHandle } from './worker-handle';

// The bootstrap runs us in the checkout.
const root = process.cwd();
const say = (line: string): void => console.log(line);

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const machine = describeMachine();
  if (machine.loadBefore > 0.5)
    say(
      `Others are at work here (load ${machine.loadBefore.toFixed(1)}): the figures will be worse than they are.`,
    );
  const compares = options.parts.some((part) => part === 'returns' || part === 'starts');
  const measured = compares ? await onServers((servers) => compareWays(options, servers)) : {};
  const against =
    options.against === undefined ? undefined : await measureAgainst(root, options.against, options, say);
  const groups = options.parts.includes('groups')
    ? await onServers((servers) => measureGroups(root, servers, options.groups, say))
    : undefined;
  // On servers of its own: what the ways left behind would count.
  const inbox = options.parts.includes('inbox')
    ? await onServers((servers) => measureInbox(root, servers, options.inbox, say))
    : undefined;
  const occupancy = options.parts.includes('occupancy')
    ? await onServers((servers) => measureOccupancy(root, servers, options.occupancy, say))
    : undefined;
  const page = options.parts.includes('console')
    ? await onServers((servers) => measureConsole(root, servers, options.console, say))
    : undefined;
  const load = options.parts.includes('load')
    ? await onServers((servers) => runLoad(options, servers))
    : undefined;
  if (options.parts.includes('cold-start')) say('Starting Homeward cold');
  const coldStart = options.parts.includes('cold-start')
    ? await measureColdStart(root, options.coldStarts)
    : undefined;
  const { quick, rounds } = options;
  const results: Results = {
    date: new Date().toISOString(),
    commit: commitOf(),
    command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
    quick,
    rounds,
    machine,
    ...measured,
    ...(against ? { against } : {}),
    ...(inbox ? { inbox } : {}),
    ...(groups ? { groups } : {}),
    ...(occupancy ? { occupancy } : {}),
    ...(page ? { console: page } : {}),
    ...(coldStart ? { coldStart } : {}),
    ...(load ? { load } : {}),
  };
  for (const table of tablesOf(results)) say(`\n${asText(table)}`);
  say(`\nWritten to ${writeResults(results, options.resultFile)}`);
  if (options.writeDocs) await writeDocs(root, results);
}

async function onServers<Found>(measure: (servers: Servers) => Promise<Found>): Promise<Found> {
  const servers = await startServers(root);
  const stop = stopOnSignal(servers);
  try {
    return await measure(servers);
  } finally {
    await stop();
  }
}

function runLoad({ load }: BenchOptions, servers: Servers): Promise<LoadMeasured> {
  say(`Load: ${load.cases} open cases`);
  return measureLoad(root, servers, load, say);
}

interface Compared {
  returns?: ReturnFigures;
  starts?: readonly StartFigures[];
  filled?: FilledFigures;
}

async function compareWays(options: BenchOptions, servers: Servers): Promise<Compared> {
  const workers = new Map<WorkerName, WorkerHandle>();
  const ground = await layGround(root, servers, options.ways, (worker) => workers.get(worker)?.url ?? '');
  const { ways, surroundingsOf } = ground;
  const { client, stack } = servers;
  try {
    const found: Compared = {};
    if (options.parts.includes('returns')) {
      const needed = workerNames.filter((worker) => options.ways.some((way) => workerOf[way] === worker));
      for (const worker of needed)
        workers.set(worker, await startWorkerProcess(worker, surroundingsOf(worker)));
      const pidsOf = (way: WayName) => ({ worker: workers.get(workerOf[way])?.pid, ...stack.pids() });
      found.returns = await measureReturns({ client, ways, options, say, pidsOf });
      await stopAll(workers);
    }
    if (options.parts.includes('starts')) {
      const starts: StartFigures[] = [];
      // Over HTTP the workflows are the same as without.
      for (const way of ways.filter(({ name }) => name !== 'http' && isOnTemporal(name))) {
        const around = surroundingsOf(workerOf[way.name]);
        say(`  starting ${options.cachedWorkflows} by ${way.name}`);
        starts.push(await measureStarts(client, way, around, options.cachedWorkflows));
        if (way.name !== 'homeward') continue;
        say(`  filling ${options.filledWorkflows}`);
        found.filled = await measureFilled(client, way, around, options.filledWorkflows);
      }
      found.starts = starts;
    }
    return found;
  } finally {
    await stopAll(workers);
    await ground.close();
  }
}

async function stopAll(workers: Map<WorkerName, WorkerHandle>): Promise<void> {
  const handles = [...workers.values()];
  workers.clear();
  await Promise.all(handles.map((worker) => worker.stop()));
}

/** Ctrl-C leaves no server and no data behind. */
function stopOnSignal(servers: Servers): () => Promise<void> {
  const leave = (): void => {
    say('\nStopping');
    void servers.stop().finally(() => process.exit(130));
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  return async () => {
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
    await servers.stop();
  };
}

const describeMachine = (): Machine => ({
  processors: cpus().length,
  model: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  loadBefore: loadavg()[0] ?? 0,
});

function commitOf(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function writeResults(results: Results, given: string | undefined): string {
  const folder = join(root, '.homeward-bench/results');
  mkdirSync(folder, { recursive: true });
  const file = given ?? join(folder, `${results.date.replaceAll(':', '-').slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}

main().catch((error: unknown) => {
  if (error instanceof StackError) console.error(`\n${error.problem}\n${error.remedy}`);
  else if (error instanceof RangeError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
    console.error(`${(error as Error).message}\n${usage}`);
  else console.error(error);
  process.exit(1);
});
