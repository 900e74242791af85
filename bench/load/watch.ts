/** Looks at every part of Homeward while the load runs: what it takes of the processors and of the memory. */
import { loadavg } from 'node:os';
import { cpuSecondsOf, memoryBytesOf, readProcessTree } from '../cpu-time';
import { mean } from '../statistics';

export interface Look {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Processor seconds since each part began. */
  readonly cpu: Readonly<Record<string, number>>;
  /** Bytes; only at every fifth look, because asking costs the kernel a walk through all pages. */
  readonly memory?: Readonly<Record<string, number>>;
  readonly load: number;
}
/** Of one part over a span of time. */
export interface PartUsage {
  /** Of one processor: two busy ones are 200. */
  readonly cpuPercent: number;
  /** The busiest second. */
  readonly cpuPercentMost: number;
  readonly memoryMb: number;
}
export interface Usage {
  readonly seconds: number;
  readonly parts: Readonly<Record<string, PartUsage>>;
  readonly load: number;
}
export interface Watch {
  readonly looks: readonly Look[];
  /** Undefined without /proc, or when nothing was seen then. */
  between(from: number, to: number): Usage | undefined;
  stop(): void;
}

const lookEveryMs = 1_000;
const memoryEvery = 5;

export function startWatch(pids: () => Readonly<Record<string, number | undefined>>): Watch {
  const looks: Look[] = [];
  const look = (): void => {
    const tree = readProcessTree();
    if (!tree) return;
    const known = Object.entries(pids()).flatMap(([name, pid]) => (pid === undefined ? [] : [{ name, pid }]));
    const own = process.cpuUsage();
    const isTurn = looks.length % memoryEvery === 0;
    looks.push({
      at: Date.now(),
      cpu: {
        ...Object.fromEntries(known.map(({ name, pid }) => [name, cpuSecondsOf(pid, tree) ?? 0])),
        // The bench has children of its own below it, so it is asked for itself alone.
        bench: (own.user + own.system) / 1e6,
      },
      ...(isTurn
        ? {
            memory: {
              ...Object.fromEntries(known.map(({ name, pid }) => [name, memoryBytesOf(pid, tree) ?? 0])),
              bench: process.memoryUsage.rss(),
            },
          }
        : {}),
      load: loadavg()[0] ?? 0,
    });
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return {
    looks,
    between: (from, to) => usageOf(looks.filter(({ at }) => at >= from && at <= to)),
    stop: () => clearInterval(timer),
  };
}

function usageOf(looks: readonly Look[]): Usage | undefined {
  const [first] = looks;
  const last = looks.at(-1);
  if (!first || !last || first === last) return undefined;
  const seconds = (last.at - first.at) / 1000;
  const names = Object.keys(last.cpu);
  const partOf = (name: string): PartUsage => ({
    cpuPercent: percentBetween(first, last, name),
    cpuPercentMost: looks.reduce<{ most: number; before: Look }>(
      ({ most, before }, look) => ({
        most: Math.max(most, percentBetween(before, look, name)),
        before: look,
      }),
      { most: 0, before: first },
    ).most,
    memoryMb: mean(looks.flatMap(({ memory }) => (memory?.[name] ?? 0) / 2 ** 20 || [])),
  });
  return {
    seconds,
    parts: Object.fromEntries(names.map((name) => [name, partOf(name)])),
    load: mean(looks.map(({ load }) => load)),
  };
}

/** Processor milliseconds of each part for one of so many things that were done meanwhile. */
export const msEach = ({ seconds, parts }: Usage, count: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(parts).map(([name, { cpuPercent }]) => [name, (cpuPercent * seconds * 10) / count]),
  );

/** A part that was restarted in between began anew at zero: no less than nothing. */
const percentBetween = (one: Look, other: Look, name: string): number =>
  other.at > one.at
    ? Math.max(0, (100 * ((other.cpu[name] ?? 0) - (one.cpu[name] ?? 0))) / ((other.at - one.at) / 1000))
    : 0;

export interface MemorySample {
  readonly second: number;
  readonly mb: Readonly<Record<string, number>>;
}
/** One of three looks at the memory is kept: a file that can be read. */
const keptLook = 3;

/** Over the whole run, from when it began. */
export const memoryOver = ({ looks }: Watch, begun: number): MemorySample[] =>
  looks
    .flatMap(({ at, memory }) => (memory ? [{ at, memory }] : []))
    .filter((_, index) => index % keptLook === 0)
    .map(({ at, memory }) => ({ second: Math.round((at - begun) / 1000), mb: inWholeMb(memory) }));

const inWholeMb = (memory: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(memory).map(([name, bytes]) => [name, Math.round(bytes / 2 ** 20)]));
