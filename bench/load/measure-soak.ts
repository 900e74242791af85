/** An ordinary day, long: a few people at work all the time, and whether anything grows that should not. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseId } from '../../src/domain/model/ids';
import { mean, slopeOf } from '../statistics';
import type { WorkerMemory } from '../worker-handle';
import { inLanes } from './lay-cases';
import type { Setting } from './setting';

export interface SoakLine {
  readonly what: string;
  readonly meanMb: number;
  /** Of an hour, with its standard error. */
  readonly slopeMb: number;
  readonly errorMb: number;
  readonly isFlat: boolean;
}
export interface SoakFigures {
  readonly minutes: number;
  readonly decisions: number;
  readonly reads: number;
  readonly lines: readonly SoakLine[];
  /** Megabytes by minute of the soak. */
  readonly samples: readonly { readonly minute: number; readonly mb: Readonly<Record<string, number>> }[];
}

const decisionEveryMs = 1_000;
const readEveryMs = 500;
/** Garbage is collected for it, which stops the worker for a moment. */
const heapEveryMs = 60_000;
/** A mean over so much counts as one sample: memory of one second looks much like that of the second before. */
const blockMinutes = 2;
/** The first minutes after a burst are no ordinary day. */
const settleMinutes = 10;
/** As many cases as API and worker keep in memory, and some more: a cache that still fills is no leak. */
const knownCases = 2_500;
const lanes = 4;
/** Growth of less than this in an hour is none that anybody would notice in a month of restarts. */
const flatShare = 0.01;

const paths = [
  ['qa-officer-1', '/v1/cases'],
  ['qa-officer-1', '/v1/inbox'],
  ['ua-official-1', '/v1/cases?waitingOn=ukraine'],
  ['ua-official-1', '/v1/inbox'],
  ['ru-official-1', '/v1/inbox'],
  ['qa-lead', '/v1/cases?stalled=true'],
] as const;

export async function measureSoak(
  setting: Setting,
  ids: readonly CaseId[],
  minutes: number,
): Promise<SoakFigures> {
  const { officials, watch, worker, api } = setting;
  const officer = officials.official('qa-officer-1');
  const look = async (id: CaseId): Promise<void> => {
    await officer.get(`/v1/cases/${id}`);
  };
  await inLanes(ids.slice(0, knownCases), look, lanes);
  const begun = Date.now();
  const isOver = (): boolean => Date.now() - begun >= minutes * 60_000;
  let decisions = 0;
  let reads = 0;
  const heaps: { at: number; mb: Record<string, number> }[] = [];
  const urgent = new Set<CaseId>();
  /** The one command that can be sent to any case, over and over. */
  async function decide(): Promise<void> {
    const id = ids[Math.floor(Math.random() * ids.length)] ?? '';
    const medicallyUrgent = !urgent.has(id);
    if (medicallyUrgent) urgent.add(id);
    else urgent.delete(id);
    const command = { type: 'markUrgent', medicallyUrgent } as const;
    await officer.command(id, command, randomUUID());
    decisions += 1;
  }
  async function read(): Promise<void> {
    const [official, path] = paths[reads % paths.length] ?? paths[0];
    reads += 1;
    await officials.official(official).get(path);
  }
  async function probe(): Promise<void> {
    const [ofWorker, ofApi] = [await worker.measure(), await api.measure()];
    heaps.push({ at: Date.now(), mb: { 'worker heap': heapMb(ofWorker), 'api heap': heapMb(ofApi) } });
  }
  const repeat = async (everyMs: number, act: () => Promise<void>): Promise<void> => {
    for (let next = Date.now(); !isOver(); next += everyMs) {
      await act();
      await sleep(Math.max(0, next + everyMs - Date.now()));
    }
  };
  await Promise.all([
    repeat(decisionEveryMs, decide),
    repeat(readEveryMs, read),
    repeat(Math.min(heapEveryMs, minutes * 10_000), probe),
  ]);
  const memories = watch.looks
    .filter(({ at }) => at >= begun)
    .flatMap(({ at, memory }) => (memory ? [{ at, mb: inMb(memory) }] : []));
  const all = [...memories, ...heaps].map(({ at, mb }) => ({ minute: (at - begun) / 60_000, mb }));
  const settled = Math.min(settleMinutes, minutes / 4);
  return {
    minutes,
    decisions,
    reads,
    lines: linesOf(
      all.filter(({ minute }) => minute >= settled),
      Math.min(blockMinutes, minutes / 10),
    ),
    samples: thinned(all),
  };
}

const heapMb = ({ heaps }: WorkerMemory): number =>
  heaps.reduce((total, { usedBytes }) => total + usedBytes, 0) / 2 ** 20;
const inMb = (memory: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(memory).map(([name, bytes]) => [name, bytes / 2 ** 20]));

type Samples = SoakFigures['samples'];

function linesOf(samples: Samples, block: number): SoakLine[] {
  const names = [...new Set(samples.flatMap(({ mb }) => Object.keys(mb)))].filter((name) => name !== 'bench');
  return names.map((what) => {
    const blocks = new Map<number, number[]>();
    for (const { minute, mb } of samples) {
      const value = mb[what];
      if (value === undefined) continue;
      const at = Math.floor(minute / block);
      blocks.set(at, [...(blocks.get(at) ?? []), value]);
    }
    const points = [...blocks].map(([at, values]) => ({ x: ((at + 0.5) * block) / 60, y: mean(values) }));
    const { slope, error } = slopeOf(points);
    const meanMb = mean(points.map(({ y }) => y));
    const isFlat = Math.abs(slope) <= Math.max(2 * error, flatShare * meanMb);
    return { what, meanMb, slopeMb: slope, errorMb: error, isFlat };
  });
}

/** One in a quarter of a minute and of each kind: enough to draw it, and a file that can be read. */
function thinned(samples: Samples): Samples {
  const seen = new Set<string>();
  return samples.filter(({ minute, mb }) => {
    const key = `${Math.floor(minute * 4)} ${Object.keys(mb).join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
