/** What `npm run bench -- …` was asked to do. */
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { isDuration } from '../src/domain/calendar/time';
import type { ConsolePlan } from './measure/console';
import type { GroupPlan } from './measure/groups';
import type { InboxPlan } from './measure/inbox';
import type { LoadPlan } from './measure/load';
import type { OccupancyPlan } from './measure/occupancy';
import { wayNames, type WayName } from './way';

export const partNames = [
  'returns',
  'starts',
  'inbox',
  'groups',
  'occupancy',
  'console',
  'cold-start',
  'load',
] as const;
export type PartName = (typeof partNames)[number];
/** The load takes twice as long as all others together and says nothing that they say: it is asked for by name. */
const usualParts: readonly PartName[] = partNames.filter((part) => part !== 'load');

export interface BenchOptions {
  readonly quick: boolean;
  readonly ways: readonly WayName[];
  readonly parts: readonly PartName[];
  /** Every way is measured once in each round, in another order. */
  readonly rounds: number;
  /** How many returns are under way at once, and how many a round brings home that way. */
  readonly loads: readonly { readonly atATime: number; readonly returns: number }[];
  /** Idle workflows in the cache when memory is read. */
  readonly cachedWorkflows: number;
  /** Those of them that have taken most of a return's commands. */
  readonly filledWorkflows: number;
  readonly coldStarts: number;
  readonly inbox: InboxPlan;
  readonly groups: GroupPlan;
  readonly occupancy: OccupancyPlan;
  readonly console: ConsolePlan;
  /** A built checkout of an earlier release, to be measured in turns with this one. */
  readonly against?: string;
  readonly load: LoadPlan;
  readonly writeDocs: boolean;
  /** Where the whole result goes; a file of its own among the earlier ones unless given. */
  readonly resultFile?: string;
}

export const usage = `npm run bench -- [options]
  --quick               a look in three minutes: one round, few returns
  --ways a,b            of ${wayNames.join(', ')}
  --only a,b            parts: ${partNames.join(', ')}; all but the load unless given
  --at-a-time 1,10,40   loads
  --rounds N
  --against FOLDER      also a checkout of an earlier release, with its node_modules and built, in turns
  --cases N             open cases of the load; 20000 unless given
  --idle N              seconds for which the load is watched doing nothing
  --spread PT4M         over how much time the second burst's processes wake
  --soak 60m            ends the load with so many minutes of an ordinary day
  --result FILE         where the whole result goes
  --write-docs          put the figures into docs/benchmarks.md and docs/benchmarks.json`;

/** Throws a RangeError that names what was not understood. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      ways: { type: 'string' },
      only: { type: 'string' },
      'at-a-time': { type: 'string' },
      rounds: { type: 'string' },
      against: { type: 'string' },
      cases: { type: 'string' },
      idle: { type: 'string' },
      spread: { type: 'string' },
      soak: { type: 'string' },
      result: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  const loads = listOf(values['at-a-time'] ?? '1,10,40').map((text) => countOf(text, '--at-a-time'));
  return {
    quick,
    ways: chosen(values.ways, wayNames, '--ways'),
    parts: values.only === undefined ? usualParts : chosen(values.only, partNames, '--only'),
    rounds: values.rounds === undefined ? (quick ? 1 : 3) : countOf(values.rounds, '--rounds'),
    loads: loads.map((atATime) => ({ atATime, returns: returnsAt(atATime, quick) })),
    cachedWorkflows: quick ? 200 : 500,
    filledWorkflows: quick ? 50 : 250,
    coldStarts: quick ? 1 : 3,
    inbox: quick ? { cases: 2_000, times: 20 } : { cases: 20_000, times: 200 },
    groups: quick ? { ready: 200, departures: 3, size: 50 } : { ready: 2_000, departures: 30, size: 50 },
    occupancy: { times: quick ? 20 : 200 },
    console: quick ? { cases: 2_000, times: 2 } : { cases: 20_000, times: 7 },
    ...(values.against === undefined ? {} : { against: resolve(values.against) }),
    load: loadPlanOf(values, quick),
    writeDocs: values['write-docs'],
    ...(values.result === undefined ? {} : { resultFile: values.result }),
  };
}

interface LoadValues {
  readonly cases?: string | undefined;
  readonly idle?: string | undefined;
  readonly spread?: string | undefined;
  readonly soak?: string | undefined;
}
/** Fewer are too few for every stage and both bursts. */
const minCases = 60;

function loadPlanOf({ cases, idle, spread, soak }: LoadValues, quick: boolean): LoadPlan {
  const count = cases === undefined ? (quick ? 1_000 : 20_000) : countOf(cases, '--cases');
  if (count < minCases) throw new RangeError(`--cases: at least ${minCases}`);
  if (spread !== undefined && !isDuration(spread))
    throw new RangeError(`--spread: “${spread}” is not an ISO 8601 duration`);
  return {
    cases: count,
    spread: spread ?? (quick ? 'PT30S' : 'PT4M'),
    idleSeconds: idle === undefined ? (quick ? 65 : 125) : countOf(idle, '--idle'),
    readTimes: quick ? 5 : 40,
    decideSeconds: quick ? 8 : 60,
    decisionsPerSecond: 4,
    settleSeconds: quick ? 3 : 15,
    ...(soak === undefined ? {} : { soakMinutes: minutesOf(soak) }),
  };
}

function minutesOf(text: string): number {
  const [, count, unit] = /^(\d{1,4})(m|h)$/.exec(text) ?? [];
  if (count === undefined) throw new RangeError(`--soak: “${text}” is not a time such as 60m or 2h`);
  return Number(count) * (unit === 'h' ? 60 : 1);
}

/** Whole lanes only: a lane that stands idle at the end of a round would be counted as slowness. */
const returnsAt = (atATime: number, quick: boolean): number =>
  quick ? atATime : atATime * Math.max(1, Math.min(3, Math.floor(20 / atATime)));

const listOf = (text: string): string[] => text.split(',').filter((part) => part !== '');

function chosen<Name extends string>(text: string | undefined, known: readonly Name[], flag: string): Name[] {
  if (text === undefined) return [...known];
  const asked = listOf(text);
  const unknown = asked.find((name) => !(known as readonly string[]).includes(name));
  if (unknown !== undefined) throw new RangeError(`${flag}: “${unknown}” is none of ${known.join(', ')}`);
  return known.filter((name) => asked.includes(name));
}

function countOf(text: string, flag: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new RangeError(`${flag}: “${text}” is not a count`);
}
