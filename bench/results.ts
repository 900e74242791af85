/** What a run of the benchmark found, as it is written to a file; and whether it meets the goals. */
import type { AgainstFigures, AgainstMeasure } from './measure/against-figures';
import type { ColdStartFigures } from './measure/cold-start';
import type { ConsoleFigures } from './measure/console';
import type { GroupFigures } from './measure/groups';
import type { InboxFigures } from './measure/inbox';
import type { OccupancyFigures } from './measure/occupancy';
import type { LoadMeasured } from './measure/load';
import type { LoadFigures, ReturnFigures } from './measure/returns';
import type { FilledFigures, StartFigures } from './measure/starts';
import { median, quantile } from './statistics';
import type { WayName } from './way';

export interface Machine {
  readonly processors: number;
  readonly model: string;
  readonly memoryGb: number;
  readonly node: string;
  /** Load average of the last minute before the run: above zero, others were at work. */
  readonly loadBefore: number;
}
export interface Results {
  readonly date: string;
  readonly commit: string;
  /** As it was given. */
  readonly command: string;
  readonly quick: boolean;
  readonly rounds: number;
  readonly machine: Machine;
  readonly returns?: ReturnFigures | undefined;
  readonly starts?: readonly StartFigures[] | undefined;
  readonly filled?: FilledFigures | undefined;
  readonly against?: AgainstFigures | undefined;
  readonly inbox?: readonly InboxFigures[] | undefined;
  readonly groups?: GroupFigures | undefined;
  readonly occupancy?: readonly OccupancyFigures[] | undefined;
  readonly console?: ConsoleFigures | undefined;
  readonly coldStart?: ColdStartFigures | undefined;
  readonly load?: LoadMeasured | undefined;
}

export interface Goal {
  readonly goal: string;
  readonly found: string;
  readonly met: boolean;
}

/** Returns per second over HTTP, in times those of another way. */
const rateGoals = [
  { way: 'plain', atATime: 1, least: 3 },
  { way: 'plain', atATime: 10, least: 1.5 },
  { way: 'plain', atATime: 40, least: 1.5 },
  { way: 'floor', atATime: 10, least: 0.75 },
  { way: 'floor', atATime: 40, least: 0.75 },
] as const;
/** In times the earlier release's. */
const againstGoals = [
  { measure: 'approvalP50', what: 'decision latency over HTTP p50', most: 0.4 },
  { measure: 'approvalP95', what: 'decision latency over HTTP p95', most: 0.4 },
  { measure: 'cpuMsPerReturn', what: 'CPU of a return, all processes', most: 0.55 },
] as const satisfies readonly { measure: AgainstMeasure; what: string; most: number }[];
const heapKb = 40;
const inboxMs = 30;
const departureGoalMs = 1_000;
const candidatesGoalMs = 2_000;
const occupancyMs = 50;
/** What a list may take longer when there is ten times as much of it, and still be called flat. */
const timesFlat = 1.3;
const coldStartSeconds = 10;
const rebuildMinutes = 15;
const rebuildCases = 20_000;

/** Every goal that this run can tell something about. */
export function goalsOf({
  returns,
  against,
  filled,
  inbox,
  groups,
  occupancy,
  coldStart,
  load,
}: Results): Goal[] {
  return [
    ...(returns ? rateGoalsOf(returns) : []),
    ...(against ? againstGoalsOf(against) : []),
    ...(filled ? [heapGoal(filled.heapKbPerWorkflow)] : []),
    ...(inbox ? inboxGoalsOf(inbox) : []),
    ...(groups ? groupGoalsOf(groups) : []),
    ...(occupancy ? occupancyGoalsOf(occupancy) : []),
    ...(coldStart ? [coldStartGoal(coldStart.seconds)] : []),
    ...(load ? loadGoalsOf(load) : []),
  ];
}

const groupGoalsOf = ({
  size,
  departureMs,
  ready,
  candidatesWarmMs,
  candidatesColdMs,
}: GroupFigures): Goal[] => {
  const p95 = quantile(departureMs, 0.95);
  const longest = Math.max(candidatesColdMs, ...candidatesWarmMs);
  return [
    {
      goal: `departure of a group of ${size}, p95 ≤ ${departureGoalMs} ms`,
      found: `${p95.toFixed(0)} ms`,
      met: p95 <= departureGoalMs,
    },
    {
      goal: `candidates among ${ready} who are ready ≤ ${candidatesGoalMs} ms`,
      found: `${longest.toFixed(0)} ms`,
      met: longest <= candidatesGoalMs,
    },
  ];
};

const rateGoalsOf = (returns: ReturnFigures): Goal[] =>
  rateGoals.flatMap(({ way, atATime, least }) => {
    const [ours, other] = [findLoad(returns, 'http', atATime), findLoad(returns, way, atATime)];
    if (!ours || !other) return [];
    const ratio = ours.returnsPerSecond / other.returnsPerSecond;
    const goal = `returns/s over HTTP at ${atATime} at a time ≥ ${least} × ${way}`;
    return [{ goal, found: `${ratio.toFixed(2)} ×`, met: ratio >= least }];
  });

const againstGoalsOf = (against: AgainstFigures): Goal[] =>
  againstGoals.map(({ measure, what, most }) => {
    const { ratio } = compared(against, measure);
    const goal = `${what} at ${against.atATime} ≤ ${most} × ${against.commit}`;
    return { goal, found: `${ratio.toFixed(2)} ×`, met: ratio <= most };
  });

/** Medians over the rounds, and of the ratios within each round: two runs that follow each other shared a machine. */
export function compared(
  { pairs }: AgainstFigures,
  measure: AgainstMeasure,
): { readonly then: number; readonly now: number; readonly ratio: number; readonly ratios: number[] } {
  const ratios = pairs.map(({ then, now }) => now[measure] / then[measure]);
  return {
    then: median(pairs.map(({ then }) => then[measure])),
    now: median(pairs.map(({ now }) => now[measure])),
    ratio: median(ratios),
    ratios,
  };
}

const heapGoal = (kb: number): Goal => ({
  goal: `heap of a cached workflow of a filled case ≤ ${heapKb} KB`,
  found: `${kb.toFixed(0)} KB`,
  met: kb <= heapKb,
});

const coldStartGoal = (seconds: number): Goal => ({
  goal: `npm start ready within ${coldStartSeconds} s`,
  found: `${seconds.toFixed(1)} s`,
  met: seconds <= coldStartSeconds,
});

function inboxGoalsOf(inbox: readonly InboxFigures[]): Goal[] {
  const firsts = inbox.flatMap(({ cases, owed, reads: [first] }) => (first ? [{ cases, owed, first }] : []));
  const [few, many] = firsts;
  const count = (value: number): string => value.toLocaleString('en');
  const times = few && many ? many.first.p50 / few.first.p50 : undefined;
  return [
    ...firsts.map(({ cases, owed, first }) => ({
      goal: `inbox at ${count(cases)} cases for a party that owes ${count(owed)} things, p95 ≤ ${inboxMs} ms`,
      found: `${first.p95.toFixed(1)} ms`,
      met: first.p95 <= inboxMs,
    })),
    ...(times === undefined
      ? []
      : [
          {
            goal: `inbox flat when it owes ten times as much: p50 ≤ ${timesFlat} ×`,
            found: `${times.toFixed(2)} ×`,
            met: times <= timesFlat,
          },
        ]),
  ];
}

const occupancyGoalsOf = (occupancy: readonly OccupancyFigures[]): Goal[] =>
  occupancy.map(({ stays, reads }) => {
    const slowest = Math.max(...reads.map(({ p95 }) => p95));
    return {
      goal: `nights of five years after ${stays.toLocaleString('en')} stays, p95 ≤ ${occupancyMs} ms`,
      found: `${slowest.toFixed(1)} ms`,
      met: slowest <= occupancyMs,
    };
  });

function loadGoalsOf({ starts, heap, soak, bursts }: LoadMeasured): Goal[] {
  const minutes = (rebuildCases * starts.untilAtRest) / starts.count / 60;
  const asleep = bursts.reduce((total, { cases, woken }) => total + cases - woken, 0);
  const growing = soak?.lines.filter(({ isFlat, slopeMb }) => !isFlat && slopeMb > 0) ?? [];
  return [
    {
      goal: `${rebuildCases.toLocaleString('en')} processes started within ${rebuildMinutes} minutes`,
      found: `${minutes.toFixed(1)} minutes${starts.count < rebuildCases ? `, reckoned from ${starts.count.toLocaleString('en')}` : ''}`,
      met: minutes <= rebuildMinutes,
    },
    ...(heap ? [heapGoal(heap.heapKbPerWorkflow)] : []),
    {
      goal: 'every obligation that fell due was told of',
      found: asleep === 0 ? 'all' : `${asleep} not`,
      met: asleep === 0,
    },
    ...(soak
      ? [
          {
            goal: `memory flat over ${soak.minutes} minutes`,
            found: growing.length === 0 ? 'all parts' : `not: ${growing.map(({ what }) => what).join(', ')}`,
            met: growing.length === 0,
          },
        ]
      : []),
  ];
}

export const findLoad = (returns: ReturnFigures, way: WayName, atATime: number): LoadFigures | undefined =>
  returns.loads.find((load) => load.way === way && load.atATime === atATime);
