/** The results as tables: the same ones in the terminal and in docs/benchmarks.md. */
import { againstMeasures, type AgainstMeasure } from '../measure/against-figures';
import { compared, findLoad, goalsOf, type Results } from '../results';
import type { LoadFigures } from '../measure/returns';
import { quantile, sum } from '../statistics';
import { wayTitles } from '../way';
import { loadTables } from './load-tables';
import type { Table } from './table';

export const tablesOf = (results: Results): Table[] => [
  ...comparisonTables({ ...results, load: undefined }),
  ...loadTablesOf(onlyLoad(results)),
];

/** What is measured beside the load has tables and goals of its own. */
export const onlyLoad = ({ date, commit, command, quick, rounds, machine, load }: Results): Results => ({
  ...{ date, commit, command, quick, rounds, machine, load },
});

/** Homeward beside the other ways, with the goals that this tells something about. */
export const comparisonTables = (results: Results): Table[] =>
  [
    loadTable(results),
    costTable(results),
    againstTable(results),
    startTable(results),
    filledTable(results),
    inboxTable(results),
    groupTable(results),
    occupancyTable(results),
    consoleTable(results),
    coldStartTable(results),
    goalTable(results),
  ].filter(({ rows }) => rows.length > 0);

/** Homeward with thousands of open cases, and the goals of that. */
export const loadTablesOf = (results: Results): Table[] =>
  results.load ? [...loadTables(results.load), goalTable(results)] : [];

const empty: Table = { title: '', head: [], rows: [] };
const times = (one: number | undefined, other: number | undefined): string =>
  one === undefined || other === undefined ? '' : `${(one / other).toFixed(2)} ×`;
const ms = (value: number): string => value.toFixed(0);

function loadTable({ returns }: Results): Table {
  const row = (load: LoadFigures): string[] => {
    const rateOf = (way: 'plain' | 'floor') =>
      returns && findLoad(returns, way, load.atATime)?.returnsPerSecond;
    return [
      String(load.atATime),
      wayTitles[load.way],
      load.returnsPerSecond.toFixed(2),
      load.throughPerSecond.toFixed(2),
      load.range.map((rate) => rate.toFixed(2)).join('–'),
      load.commandsPerSecond.toFixed(0),
      ms(load.p50),
      ms(load.p95),
      ms(load.approvalP50),
      ms(load.approvalP95),
      times(load.returnsPerSecond, rateOf('plain')),
      times(load.returnsPerSecond, rateOf('floor')),
    ];
  };
  return {
    title: `Whole returns, ${returns?.commandsPerReturn ?? 0} commands each`,
    head: [
      'at a time',
      'way',
      'returns/s',
      'with processes over',
      'by round',
      'commands/s',
      'p50 ms',
      'p95 ms',
      'approval p50',
      'approval p95',
      '÷ plain',
      '÷ floor',
    ],
    rows: returns?.loads.map(row) ?? [],
  };
}

function costTable({ returns }: Results): Table {
  if (!returns) return empty;
  const most = Math.max(...returns.loads.map(({ atATime }) => atATime));
  const busiest = returns.loads.filter(({ atATime }) => atATime === most);
  const processes = Object.keys(busiest[0]?.cpuMsPerReturn ?? {});
  return {
    title: `What one return costs (processor time at ${most} at a time)`,
    head: ['way', 'events', 'history KB', ...processes.map((name) => `${name} ms`), 'together'],
    rows: busiest.map(({ way, cpuMsPerReturn }) => [
      wayTitles[way],
      String(returns.histories[way]?.events ?? ''),
      returns.histories[way] ? (returns.histories[way].bytes / 1024).toFixed(0) : '',
      ...processes.map((name) => ms(cpuMsPerReturn?.[name] ?? 0)),
      ms(sum(Object.values(cpuMsPerReturn ?? {}))),
    ]),
  };
}

const startTable = ({ starts = [] }: Results): Table => ({
  title: `Starts, and memory of idle cached workflows (${starts[0]?.cached ?? 0} of them)`,
  head: ['way', 'starts/s', 'heap KB each', 'in the workflow thread'],
  rows: starts.map(({ way, startsPerSecond, heapKbPerWorkflow, threadHeapKbPerWorkflow }) => [
    wayTitles[way],
    startsPerSecond.toFixed(0),
    heapKbPerWorkflow.toFixed(1),
    threadHeapKbPerWorkflow.toFixed(1),
  ]),
});

const filledTable = ({ filled }: Results): Table => ({
  title: 'Memory of a cached workflow of a filled case',
  head: ['filled cases', 'commands each', 'heap KB each', 'in the workflow thread'],
  rows: filled
    ? [
        [
          String(filled.cached),
          String(filled.commandsEach),
          filled.heapKbPerWorkflow.toFixed(1),
          filled.threadHeapKbPerWorkflow.toFixed(1),
        ],
      ]
    : [],
});

function againstTable({ against }: Results): Table {
  if (!against) return empty;
  const row = (measure: AgainstMeasure): string[] => {
    const { then, now, ratio, ratios } = compared(against, measure);
    const digits = measure === 'returnsPerSecond' ? 2 : 0;
    return [
      againstMeasures[measure],
      then.toFixed(digits),
      now.toFixed(digits),
      `${ratio.toFixed(2)} ×`,
      ratios.map((each) => each.toFixed(2)).join(', '),
    ];
  };
  return {
    title: `Over HTTP at ${against.atATime} at a time, beside ${against.commit} in turns`,
    head: ['what', against.commit, 'now', 'now ÷ then', 'by round'],
    rows: (Object.keys(againstMeasures) as AgainstMeasure[]).map(row),
  };
}

const consoleTable = ({ console: found }: Results): Table => ({
  title: 'The console in a browser: 1.6 Mbit/s, 150 ms, a quarter of the processor where it is slow',
  head: ['what', 'first row ms', 'rows', 'longest task ms', 'nodes', 'filtered ms', 'its longest task ms'],
  rows: found
    ? [
        ['inbox, slow, empty cache', found.slow.first.toFixed(0), `${found.inboxRows}`, '', '', '', ''],
        ['inbox, slow, again', found.slow.again.toFixed(0), `${found.inboxRows}`, '', '', '', ''],
        ...(
          [
            [`list of ${found.cases} cases`, found.list],
            [`list of ${found.cases} cases, slow`, found.listSlow],
          ] as const
        ).map(([what, { firstRowMs, rowsSeen, longestTaskMs, nodes, ...list }]) => [
          ...[what, firstRowMs.toFixed(0), `${rowsSeen}`, longestTaskMs.toFixed(0), `${nodes}`],
          ...[list.filteredMs.toFixed(0), list.filteringTaskMs.toFixed(0)],
        ]),
      ]
    : [],
});
const inboxTable = ({ inbox = [] }: Results): Table => ({
  title: 'Inboxes of those who owe much, over HTTP, one request after another',
  head: ['open cases', 'the mediator owes', 'list', 'reader', 'p50 ms', 'p95 ms', 'most ms', 'asked'],
  rows: inbox.flatMap(({ cases, owed, reads }) =>
    reads.map(({ list, reader, p50, p95, most, times: asked }) => [
      ...[cases, owed].map((count) => count.toLocaleString('en')),
      ...[list, reader],
      ...[p50, p95, most].map((value) => value.toFixed(1)),
      String(asked),
    ]),
  ),
});

const groupTable = ({ groups }: Results): Table => ({
  title: 'Groups, asked of the record',
  head: ['what', 'p50 ms', 'p95 ms', 'most ms', 'asked'],
  rows: groups
    ? [
        [`departure of ${groups.size} children`, groups.departureMs] as const,
        [`candidates among ${groups.ready} ready, none in memory`, [groups.candidatesColdMs]] as const,
        [`candidates among ${groups.ready} ready, again`, groups.candidatesWarmMs] as const,
      ].map(([what, all]) => [
        what,
        ...[quantile(all, 0.5), quantile(all, 0.95), Math.max(...all)].map((value) => value.toFixed(0)),
        String(all.length),
      ])
    : [],
});

const occupancyTable = ({ occupancy = [] }: Results): Table => ({
  title: 'Nights of a site over five years, over HTTP, one request after another',
  head: ['stays', 'reader', 'p50 ms', 'p95 ms', 'most ms', 'asked'],
  rows: occupancy.flatMap(({ stays, reads }) =>
    reads.map(({ reader, p50, p95, most, times: asked }) => [
      ...[stays.toLocaleString('en'), reader],
      ...[p50, p95, most].map((value) => value.toFixed(1)),
      String(asked),
    ]),
  ),
});

const coldStartTable = ({ coldStart }: Results): Table => ({
  title: '`npm start`, installed and compiled, until it says it is ready',
  head: ['start', 'seconds'],
  rows: coldStart
    ? [
        ['on an existing data folder, median', coldStart.seconds.toFixed(1)],
        ['each of them', coldStart.all.map((seconds) => seconds.toFixed(1)).join(', ')],
        ['first, on an empty folder, with the eleven opened', coldStart.firstSeconds.toFixed(1)],
      ]
    : [],
});

const goalTable = (results: Results): Table => ({
  title: 'Goals',
  head: ['goal', 'found', ''],
  rows: goalsOf(results).map(({ goal, found, met }) => [goal, found, met ? 'met' : 'missed']),
});

/** For people, in a terminal. */
export function asText({ title, head, rows }: Table): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [title, ...text.map((line) => `  ${line}`)].join('\n');
}

export function asMarkdown({ title, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
