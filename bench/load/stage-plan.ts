/** Where the open cases of the load stand: most wait for people at the beginning, few are on the way. */
import type { OpenStage } from '../../src/domain/model/stages';
import type { GroupName } from './mechanism-versions';

/** In a thousand cases. `calm` ones lie still; `due` ones have an obligation that falls due in the burst. */
interface Share {
  readonly calm: number;
  readonly due: number;
}

const shares = {
  intake: { calm: 140, due: 400 },
  tracing: { calm: 60, due: 100 },
  verification: { calm: 350, due: 400 },
  agreement: { calm: 200, due: 100 },
  preparation: { calm: 80, due: 0 },
  hosting: { calm: 40, due: 0 },
  transit: { calm: 15, due: 0 },
  handover: { calm: 5, due: 0 },
  'follow-up': { calm: 110, due: 0 },
} as const satisfies Record<OpenStage, Share>;

export interface Order {
  readonly group: GroupName;
  readonly stage: OpenStage;
}

/** Of all cases: the two bursts take a quarter each, and one in twenty is late. */
const dueShare = 4;
const lateShare = 20;

export function ordersFor(cases: number): Order[] {
  const due = Math.max(1, Math.floor(cases / dueShare));
  const late = Math.max(1, Math.floor(cases / lateShare));
  const calm = cases - 2 * due - late;
  const group = (name: GroupName, stages: OpenStage[]): Order[] =>
    stages.map((stage) => ({ group: name, stage }));
  return [
    ...group('calm', stagesFor(calm, 'calm')),
    ...group('late', stagesFor(late, 'due')),
    ...group('at-once', stagesFor(due, 'due')),
    ...group('spread', stagesFor(due, 'due')),
  ];
}

/** The stage of each of so many cases, every stage spread evenly over them. At least one of each that has a share. */
function stagesFor(count: number, group: keyof Share): OpenStage[] {
  const wanted = Object.entries(shares) as [OpenStage, Share][];
  const drawn = wanted.flatMap(([stage, share]) => {
    const number = share[group] === 0 ? 0 : Math.max(1, Math.round((count * share[group]) / 1_000));
    return Array.from({ length: number }, (_, index) => ({ stage, at: (index + 0.5) / number }));
  });
  return drawn
    .sort((one, other) => one.at - other.at)
    .map(({ stage }) => stage)
    .slice(0, count);
}
