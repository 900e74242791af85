/**
 * Homeward with thousands of open cases, as `npm start` runs it: how long their processes take to start, what it
 * takes of the machine while nothing happens, how long lists take, and what a burst of due obligations does to it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenStage } from '../../src/domain/model/stages';
import { millisecondsBetween, addDuration } from '../../src/domain/calendar/time';
import { decideSteadily, openApprovalsOf, type DecisionFigures } from '../load/decide-steadily';
import { diskMb } from '../load/disk';
import { heapBetween, type HeapFigures } from '../load/heap';
import { createLayer, type LaidCase } from '../load/lay-cases';
import type { GroupName } from '../load/mechanism-versions';
import { measureBurst, type BurstFigures } from '../load/measure-burst';
import { measureIdle, type IdleFigures } from '../load/measure-idle';
import { measureAllReads, type ReadFigures } from '../load/measure-reads';
import { measureSoak, type SoakFigures } from '../load/measure-soak';
import { createSetting, type Setting } from '../load/setting';
import { ordersFor } from '../load/stage-plan';
import { startCases } from '../load/start-cases';
import { memoryOver, msEach, type MemorySample } from '../load/watch';
import type { Servers } from '../servers';
import { workerSettings } from '../way';

export interface LoadPlan {
  readonly cases: number;
  /** ISO 8601; over how much time the second burst's processes wake. */
  readonly spread: string;
  readonly idleSeconds: number;
  readonly readTimes: number;
  /** How long officials decide while nothing else happens. */
  readonly decideSeconds: number;
  readonly decisionsPerSecond: number;
  /** What the last starts set going comes to an end. */
  readonly settleSeconds: number;
  readonly soakMinutes?: number;
}
export interface LoadMeasured {
  readonly cases: number;
  readonly byStage: Readonly<Partial<Record<OpenStage, number>>>;
  readonly ground: { readonly seconds: number; readonly commands: number };
  readonly starts: {
    readonly count: number;
    readonly seconds: number;
    readonly untilAtRest: number;
    /** Processor milliseconds of each part for one of them. */
    readonly cpuMs?: Readonly<Record<string, number>>;
  };
  readonly disk: Readonly<Record<string, number>>;
  readonly heap: HeapFigures | undefined;
  readonly idle: IdleFigures;
  readonly reads: readonly ReadFigures[];
  readonly idleDecisions: DecisionFigures;
  readonly bursts: readonly BurstFigures[];
  readonly soak?: SoakFigures;
  readonly memory: readonly MemorySample[];
  readonly load: { readonly mean: number; readonly most: number };
  /** The whole of it, ground and servers included. */
  readonly minutes: number;
}
/** So that the last decision is not yet of the burst. */
const quietBeforeBurstMs = 3_000;
/** A little more than everything before a burst is reckoned to take. */
const spareSeconds = 5;
/** One list, asked once; some of the slow ones are cut off. */
const readSeconds = 0.025;
const listsRead = 45;
/** The second burst comes when the first is long over: a process that wakes is read and taken at half the pace of starting. */
const wakesPerStart = 0.5;

export async function measureLoad(
  root: string,
  servers: Servers,
  plan: LoadPlan,
  say: (line: string) => void,
): Promise<LoadMeasured> {
  const begun = Date.now();
  const setting = await createSetting(root, servers, plan.spread);
  try {
    await setting.pauseSchedules();
    return await measureOn(setting, plan, begun, say);
  } finally {
    await setting.close();
  }
}

async function measureOn(
  setting: Setting,
  plan: LoadPlan,
  begun: number,
  say: (line: string) => void,
): Promise<LoadMeasured> {
  const { record, sealKey, versions, watch, worker, officials } = setting;
  const at = (): string => `${((Date.now() - begun) / 60_000).toFixed(1).padStart(5)} min`;
  const tell = (line: string): void => say(`  ${at()}  ${line}`);

  const layer = await createLayer({ record, sealKey, versions, now: new Date() });
  const orders = ordersFor(plan.cases);
  tell(`laying ${orders.length} cases`);
  const layingFrom = performance.now();
  const laid = await layer.lay(orders);
  const ground = { seconds: (performance.now() - layingFrom) / 1000, commands: layer.commands };
  await afterwards(setting);
  const of = (...groups: GroupName[]): LaidCase[] => laid.filter(({ group }) => groups.includes(group));
  const still = of('calm', 'late').map(({ id }) => id);
  tell(`${laid.length} cases with ${ground.commands} commands laid; starting their processes`);

  // The first ones fill what is loaded once; then the cache is filled to its brim and read again.
  const cache = workerSettings.maxCachedWorkflows;
  const firstCount = Math.min(Math.floor(cache / 5), Math.floor(still.length / 2));
  const first = await startCases(setting, still.slice(0, firstCount), 0);
  const heapBefore = await worker.measure();
  const secondFrom = Date.now();
  const second = await startCases(setting, still.slice(firstCount), firstCount);
  const secondUsage = watch.between(secondFrom, Date.now());
  const heap = heapBetween(heapBefore, await worker.measure(), Math.min(still.length, cache) - firstCount);

  const pace = second.count / second.untilAtRest;
  const [atOnce, spread] = [of('at-once'), of('spread')];
  const due = dueInstants(plan, pace, atOnce.length + spread.length, atOnce.length);
  tell(`${pace.toFixed(0)} starts/s; ${atOnce.length} due at ${due.atOnce.toISOString().slice(11, 19)} UTC`);
  await layer.acknowledge(ids(atOnce), due.atOnce);
  await layer.acknowledge(ids(spread), due.spread);
  await afterwards(setting);
  const third = await startCases(setting, [...ids(atOnce), ...ids(spread)], still.length);
  const starts = {
    count: first.count + second.count + third.count,
    seconds: first.seconds + second.seconds + third.seconds,
    untilAtRest: first.untilAtRest + second.untilAtRest + third.untilAtRest,
    ...(secondUsage ? { cpuMs: msEach(secondUsage, second.count) } : {}),
  };
  await setting.resumeSchedules();
  await sleep(plan.settleSeconds * 1000);

  tell(`idle for ${plan.idleSeconds} s`);
  const idle = await measureIdle(setting, plan.idleSeconds);
  const disk = diskMb(setting.dataFolder);
  tell('reading lists');
  const reads = await measureAllReads(officials, plan.readTimes);
  const decisions = openApprovalsOf(laid);
  const { decisionsPerSecond } = plan;
  tell(`deciding, of ${decisions.length} open decisions`);
  const left = due.atOnce.getTime() - Date.now() - quietBeforeBurstMs;
  const soon = sleep(Math.min(plan.decideSeconds * 1000, Math.max(left, 1_000)));
  const idleDecisions = await decideSteadily(officials, decisions, decisionsPerSecond, soon);

  tell(`  ${told(idleDecisions)}`);

  const bursts: BurstFigures[] = [];
  const spreadSeconds = secondsOf(plan.spread);
  for (const [group, dueAt, over] of [
    ['at-once', due.atOnce, 0],
    ['spread', due.spread, spreadSeconds],
  ] as const) {
    const late = Math.max(0, Date.now() - dueAt.getTime()) / 1000;
    tell(`burst ${group}${late > 0 ? `, begun ${late.toFixed(0)} s too early for the bench` : ''}`);
    const burst = { group, dueAt, spreadSeconds: over, decisions, decisionsPerSecond };
    const figures = await measureBurst(setting, burst);
    tell(
      `  last notice after ${figures.lastNotice.toFixed(1)} s, last letter ${figures.lastLetter.toFixed(1)} s; ` +
        told(figures.decisions),
    );
    bursts.push(figures);
  }
  if (plan.soakMinutes !== undefined) tell(`soak of ${plan.soakMinutes} minutes`);
  const soak =
    plan.soakMinutes === undefined ? undefined : await measureSoak(setting, still, plan.soakMinutes);
  const loads = watch.looks.map(({ load }) => load);
  return {
    cases: laid.length,
    byStage: countByStage(laid),
    ground,
    starts,
    disk,
    heap,
    idle,
    reads,
    idleDecisions,
    bursts,
    ...(soak ? { soak } : {}),
    memory: memoryOver(watch, begun),
    load: { mean: loads.reduce((total, load) => total + load, 0) / loads.length, most: Math.max(...loads) },
    minutes: (Date.now() - begun) / 60_000,
  };
}

const told = ({ sent, p50, p95 }: DecisionFigures): string =>
  `${sent} decisions: half within ${p50.toFixed(0)} ms, 95 % within ${p95.toFixed(0)} ms`;
const secondsOf = (duration: string): number => {
  const zero = '2026-01-01T00:00:00.000Z';
  return millisecondsBetween(zero, addDuration(zero, duration)) / 1000;
};

/** Reckoned from the pace of starting, because officials must name the instant before the processes start. */
function dueInstants(plan: LoadPlan, pace: number, toStart: number, inBurst: number) {
  const reads = listsRead * plan.readTimes * readSeconds;
  const { settleSeconds, idleSeconds, decideSeconds } = plan;
  const starting = (toStart / pace) * 1.15;
  const seconds = starting + settleSeconds + idleSeconds + reads + decideSeconds + spareSeconds;
  const atOnce = new Date(Date.now() + seconds * 1000);
  const apart = inBurst / (pace * wakesPerStart) + spareSeconds;
  return { atOnce, spread: new Date(atOnce.getTime() + apart * 1000) };
}

/** What the cases of a year have behind them: their mails are out, and Postgres knows its tables. */
async function afterwards({ pool }: Setting): Promise<void> {
  const client = await pool.connect();
  try {
    // Both may take longer than the record allows a command.
    await client.query('set statement_timeout = 0');
    await client.query(`update outbox set status = 'sent' where status = 'pending'`);
    await client.query('vacuum analyze');
  } finally {
    // Not given back: it would keep its patience.
    client.release(true);
  }
}

const ids = (cases: readonly LaidCase[]): string[] => cases.map(({ id }) => id);

function countByStage(laid: readonly LaidCase[]): Partial<Record<OpenStage, number>> {
  const counts: Partial<Record<OpenStage, number>> = {};
  for (const { stage } of laid) counts[stage] = (counts[stage] ?? 0) + 1;
  return counts;
}
