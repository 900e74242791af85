/** `figures`: what a steering meeting looks at, as tables and bars. */
import type { Command } from 'commander';
import pc from 'picocolors';
import type { ChildFigure } from '../../record/reads/figures';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { bar, barWidth, shortDuration, tableLines } from '../print/print-table';

type Told = number | null;
interface Spread {
  readonly medianMs: number;
  readonly p90Ms: number;
}
interface Figures {
  readonly from: string;
  readonly to: string;
  readonly suppressed: boolean;
  readonly open: Readonly<Record<string, Told>>;
  readonly stages: readonly { stage: string; open: Told; openFor?: Spread; left: Told; took?: Spread }[];
  readonly parties: readonly {
    party: string;
    owes: Told;
    overdue: Told;
    owedFor?: Spread;
    met: Told;
    took?: Spread;
  }[];
  readonly waits: readonly { party: string; stage: string; met: Told; took?: Spread }[];
  readonly decisions: readonly { week: string; party: string; approve: Told; object: Told; withdraw: Told }[];
  readonly children: Readonly<Partial<Record<string, Told>>>;
  readonly closed: { total: Told; outcomes: readonly { outcome: string; cases: Told }[] };
}

export function addFiguresCommands(program: Command, { run }: CommandContext): void {
  program
    .command('figures')
    .option('--from <date>', 'first day, e.g. 2026-09-01; 90 days ago unless given')
    .option('--to <date>', 'the day after the last')
    .summary('figures for a steering meeting')
    .addHelpText(
      'after',
      exampleText('figures', 'figures --from 2026-09-01 --to 2026-10-01', '--json figures'),
    )
    .action(
      run(async (terminal, { from, to }: { from?: string; to?: string }) => {
        const figures = await (await terminal.client()).get<Figures>('/v1/figures', { from, to });
        terminal.show(figures, () => figuresLines(figures));
      }),
    );
}

const childrenSaid = {
  interimCare: 'placed in interim care',
  unwilling: 'said no to their recipient',
  notMet: 'not met at a visit',
  otherThanAgreed: 'handed over to another than agreed',
  diedWaiting: 'died waiting',
} as const satisfies Record<ChildFigure, string>;

const figuresLines = (figures: Figures): string[] => [
  `${pc.bold(`${count(figures.open.total ?? null)} open`)}: ${[
    'overdue',
    'stalled',
    'hosted',
    'urgent',
    'onHold',
  ]
    .map((name) => `${count(figures.open[name] ?? null)} ${name === 'onHold' ? 'on hold' : name}`)
    .join(', ')}`,
  `From ${figures.from.slice(0, 10)} up to ${figures.to.slice(0, 10)}${figures.suppressed ? '; ·· stands for 1 to 4, or what they would follow from' : ''}`,
  ...section(
    'Stages',
    ['', 'open', 'for (half, 9 in 10)', 'left', 'took (half, 9 in 10)'],
    figures.stages.map(({ stage, open, openFor, left, took }) => ({
      cells: [stage, count(open), spread(openFor), count(left), spread(took)],
      length: openFor?.medianMs ?? 0,
    })),
  ),
  ...section(
    'Parties',
    ['', 'owe', 'overdue', 'for (half, 9 in 10)', 'met', 'took (half, 9 in 10)'],
    figures.parties.map(({ party, owes, overdue, owedFor, met, took }) => ({
      cells: [party, count(owes), count(overdue), spread(owedFor), count(met), spread(took)],
      length: took?.medianMs ?? 0,
    })),
  ),
  ...section(
    'Waited for, by stage',
    ['', '', 'met', 'took (half, 9 in 10)'],
    figures.waits.map(({ party, stage, met, took }) => ({
      cells: [party, stage, count(met), spread(took)],
      length: took?.medianMs ?? 0,
    })),
  ),
  ...section(
    'Decisions',
    ['', '', 'approve', 'object', 'withdraw'],
    figures.decisions.map(({ week, party, approve, object, withdraw }) => ({
      cells: [week, party, count(approve), count(object), count(withdraw)],
      length: (approve ?? 0) + (object ?? 0) + (withdraw ?? 0),
    })),
  ),
  ...section(
    'Children',
    ['', 'cases'],
    Object.entries(childrenSaid).flatMap(([name, said]) => {
      const cases = figures.children[name];
      return cases === undefined ? [] : [{ cells: [said, count(cases)], length: cases ?? 0 }];
    }),
  ),
  ...section(
    `Closed: ${count(figures.closed.total)}`,
    ['', 'cases'],
    figures.closed.outcomes.map(({ outcome, cases }) => ({
      cells: [outcome, count(cases)],
      length: cases ?? 0,
    })),
  ),
];

const count = (told: Told): string => (told === null ? '··' : String(told));
const spread = (times: Spread | undefined): string =>
  times ? `${shortDuration(times.medianMs)}, ${shortDuration(times.p90Ms)}` : '-';

/** The bar shows what the last durations or counts of each line are to the largest of them. */
function section(
  title: string,
  head: readonly string[],
  rows: readonly { cells: readonly string[]; length: number }[],
): string[] {
  if (rows.length === 0) return [];
  const [heading = '', ...lines] = tableLines([head, ...rows.map(({ cells }) => cells)], numbersOf(head));
  const width = Math.max(heading.length, ...lines.map((line) => line.length));
  const room = barWidth(width + 2);
  const most = Math.max(...rows.map(({ length }) => length));
  return [
    '',
    pc.bold(title),
    pc.dim(heading),
    ...lines.map((line, index) =>
      `${line.padEnd(width)}  ${pc.cyan(bar(rows[index]?.length ?? 0, most, room))}`.trimEnd(),
    ),
  ];
}
const numbersOf = (head: readonly string[]): number[] =>
  head.flatMap((name, column) => (name === '' ? [] : [column]));
