/** Full returns per second and the time to an answer, the ways taking turns on the same servers. */
import type { Client } from '@temporalio/client';
import { cpuSecondsOf } from '../cpu-time';
import type { BenchOptions } from '../options';
import { mean, quantile, sum } from '../statistics';
import { isOnTemporal, type Way, type WayName } from '../way';
import { bringHome, type Batch } from './bring-home';
import { readHistory, type HistoryFigures } from './history';

export interface LoadFigures {
  readonly way: WayName;
  readonly atATime: number;
  readonly returns: number;
  readonly returnsPerSecond: number;
  /** Reckoned until every process had come to its end too: more than this cannot be kept up. */
  readonly throughPerSecond: number;
  /** Slowest and fastest round. */
  readonly range: readonly [number, number];
  readonly commandsPerSecond: number;
  /** From sending any command to its answer, milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Of the approvals alone, and the steps at the same place in the other ways. */
  readonly approvalP50: number;
  readonly approvalP95: number;
  /** Median by step: shows which kind of command is slow. */
  readonly p50ByStep: Readonly<Record<string, number>>;
  /** Steps that were sent before their ground was laid. */
  readonly early: number;
  /** Processor milliseconds for one return, by process. Absent where there is no /proc. */
  readonly cpuMsPerReturn?: Readonly<Record<string, number>>;
}
export interface ReturnFigures {
  readonly commandsPerReturn: number;
  readonly loads: readonly LoadFigures[];
  readonly histories: Readonly<Partial<Record<WayName, HistoryFigures>>>;
}

export interface Course {
  readonly client: Client;
  readonly ways: readonly Way[];
  readonly options: BenchOptions;
  /** Processes whose processor time is read: `postgres` → pid. */
  readonly pidsOf: (way: WayName) => Readonly<Record<string, number | undefined>>;
  readonly say: (line: string) => void;
}
interface Round extends Batch {
  readonly way: WayName;
  readonly cpu: Readonly<Record<string, number>> | undefined;
}

/** Returns brought home before anything counts: caches fill, code is compiled, connections open. */
const warmUpReturns = 10;

export async function measureReturns(course: Course): Promise<ReturnFigures> {
  const { client, ways, options, say } = course;
  for (const way of ways) {
    say(`  warming up ${way.name}`);
    await bringHome(client, way, warmUpReturns, options.quick ? warmUpReturns : 2 * warmUpReturns);
  }
  const rounds: Round[] = [];
  for (const { atATime, returns } of options.loads)
    for (let round = 0; round < options.rounds; round += 1)
      for (const way of inTurn(ways, round)) rounds.push(await runRound(course, way, atATime, returns));

  const histories: Partial<Record<WayName, HistoryFigures>> = {};
  for (const way of ways.filter(({ name }) => isOnTemporal(name))) {
    // One at a time no two messages ever share a task, so this is the history of a return by itself.
    const last = rounds.findLast(
      (round) => round.way === way.name && round.atATime === options.loads[0]?.atATime,
    );
    const id = last?.ids.at(-1);
    if (id !== undefined) histories[way.name] = await readHistory(client, id);
  }
  const [any] = rounds;
  return {
    commandsPerReturn: any ? any.latencies.length / any.returns : 0,
    loads: options.loads.flatMap(({ atATime }) => ways.map((way) => figuresOf(rounds, way.name, atATime))),
    histories,
  };
}

/** Each way comes first, in the middle and last equally often, so that a drift of the machine hits all. */
const inTurn = <Item>(items: readonly Item[], round: number): Item[] =>
  items.map((_, index) => items[(index + round) % items.length] as Item);

async function runRound(course: Course, way: Way, atATime: number, returns: number): Promise<Round> {
  const pids = course.pidsOf(way.name);
  const before = readCpu(pids);
  const batch = await bringHome(course.client, way, atATime, returns);
  const after = readCpu(pids);
  const cpu = before && after && differenceOf(before, after);
  const rate = (returns / batch.seconds).toFixed(2);
  const times = batch.latencies.map(({ ms }) => ms);
  course.say(
    `  ${way.name.padEnd(9)} ${String(atATime).padStart(3)} at a time: ${rate} returns/s, ` +
      `p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`,
  );
  return { ...batch, way: way.name, cpu };
}

function figuresOf(all: readonly Round[], way: WayName, atATime: number): LoadFigures {
  const rounds = all.filter((round) => round.way === way && round.atATime === atATime);
  const latencies = rounds.flatMap((round) => round.latencies);
  const returns = sum(rounds.map((round) => round.returns));
  const seconds = sum(rounds.map((round) => round.seconds));
  const rates = rounds.map((round) => round.returns / round.seconds);
  const all_ = latencies.map(({ ms }) => ms);
  const approvals = latencies.filter(({ step }) => step === 'approvePlan').map(({ ms }) => ms);
  const cpus = rounds.flatMap(({ cpu }) => (cpu ? [cpu] : []));
  const names = [...new Set(cpus.flatMap((cpu) => Object.keys(cpu)))];
  const steps = [...new Set(latencies.map(({ step }) => step))];
  return {
    way,
    atATime,
    returns,
    returnsPerSecond: returns / seconds,
    throughPerSecond: returns / (seconds + sum(rounds.map((round) => round.tailSeconds))),
    range: [Math.min(...rates), Math.max(...rates)],
    commandsPerSecond: latencies.length / seconds,
    p50: quantile(all_, 0.5),
    p95: quantile(all_, 0.95),
    approvalP50: quantile(approvals, 0.5),
    approvalP95: quantile(approvals, 0.95),
    p50ByStep: Object.fromEntries(
      steps.map((step) => [
        step,
        quantile(
          latencies.filter((one) => one.step === step).map(({ ms }) => ms),
          0.5,
        ),
      ]),
    ),
    early: sum(latencies.map(({ early }) => early)),
    ...(cpus.length > 0
      ? {
          cpuMsPerReturn: Object.fromEntries(
            names.map((name) => [
              name,
              (mean(cpus.map((cpu) => cpu[name] ?? 0)) * 1000 * rounds.length) / returns,
            ]),
          ),
        }
      : {}),
  };
}

function readCpu(pids: Readonly<Record<string, number | undefined>>): Record<string, number> | undefined {
  const used = process.cpuUsage();
  const cpu: Record<string, number> = { client: (used.user + used.system) / 1e6 };
  for (const [name, pid] of Object.entries(pids)) {
    const seconds = pid === undefined ? undefined : cpuSecondsOf(pid);
    if (seconds === undefined) return undefined;
    cpu[name] = seconds;
  }
  return cpu;
}

const differenceOf = (
  before: Record<string, number>,
  after: Record<string, number>,
): Record<string, number> =>
  Object.fromEntries(Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]));
