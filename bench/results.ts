/** What a run of the benchmark found, as it is written to a file; and whether it meets the goals. */
import type { ColdStartFigures } from './measure/cold-start';
import type { LoadMeasured } from './measure/load';
import type { LoadFigures, ReturnFigures } from './measure/returns';
import type { StartFigures } from './measure/starts';
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
  readonly coldStart?: ColdStartFigures | undefined;
  readonly load?: LoadMeasured | undefined;
}

export interface Goal {
  readonly goal: string;
  readonly found: string;
  readonly met: boolean;
}

const timesPlain = 1.0;
const timesFloor = 0.6;
const heapKb = 64;
const coldStartSeconds = 10;
const rebuildMinutes = 15;
const rebuildCases = 20_000;

/** Every goal that this run can tell something about. */
export function goalsOf({ returns, starts, coldStart, load }: Results): Goal[] {
  const goals: Goal[] = [];
  for (const load of returns?.loads.filter(({ way }) => way === 'homeward') ?? []) {
    for (const [way, least] of [
      ['plain', timesPlain],
      ['floor', timesFloor],
    ] as const) {
      const other = returns && findLoad(returns, way, load.atATime);
      if (!other) continue;
      const ratio = load.returnsPerSecond / other.returnsPerSecond;
      goals.push({
        goal: `returns/s at ${load.atATime} at a time ≥ ${least.toFixed(1)} × ${way}`,
        found: `${ratio.toFixed(2)} ×`,
        met: ratio >= least,
      });
    }
  }
  const heap = starts?.find(({ way }) => way === 'homeward')?.heapKbPerWorkflow;
  if (heap !== undefined)
    goals.push({
      goal: `heap per cached workflow ≤ ${heapKb} KB`,
      found: `${heap.toFixed(0)} KB`,
      met: heap <= heapKb,
    });
  if (coldStart)
    goals.push({
      goal: `npm start ready within ${coldStartSeconds} s`,
      found: `${coldStart.seconds.toFixed(1)} s`,
      met: coldStart.seconds <= coldStartSeconds,
    });
  if (load) goals.push(...loadGoalsOf(load));
  return goals;
}

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
    ...(heap
      ? [
          {
            goal: `heap per cached workflow ≤ ${heapKb} KB`,
            found: `${heap.heapKbPerWorkflow.toFixed(0)} KB`,
            met: heap.heapKbPerWorkflow <= heapKb,
          },
        ]
      : []),
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
