/** The load's figures as tables. */
import type { DecisionFigures } from '../load/decide-steadily';
import type { BurstFigures } from '../load/measure-burst';
import type { Usage } from '../load/watch';
import type { LoadMeasured } from '../measure/load';
import { sum } from '../statistics';
import type { Table } from './table';

/** Homeward's, in the order in which a request passes them. */
const parts = ['api', 'worker', 'postgres', 'temporal'] as const;
const withBench = [...parts, 'bench'] as const;

export const loadTables = (load: LoadMeasured): Table[] =>
  [
    groundTable(load),
    idleTable(load),
    diskTable(load),
    readTable(load),
    decisionTable(load),
    burstTable(load),
    paceTable(load),
    heapTable(load),
    soakTable(load),
  ].filter(({ rows }) => rows.length > 0);

const count = (value: number): string => value.toLocaleString('en');
const one = (value: number): string => (Number.isFinite(value) ? value.toFixed(1) : '–');
const whole = (value: number): string => (Number.isFinite(value) ? value.toFixed(0) : '–');

function groundTable({ cases, byStage, ground, starts }: LoadMeasured): Table {
  const pace = starts.count / starts.untilAtRest;
  const stages = Object.entries(byStage).map(([stage, number]) => `${number} ${stage}`);
  return {
    title: `${count(cases)} open cases`,
    head: ['what', 'figure'],
    rows: [
      ['where they stand', stages.join(', ')],
      [
        'laid through the record’s doors',
        `${count(ground.commands)} commands in ${whole(ground.seconds)} s, ${whole(ground.commands / ground.seconds)} a second`,
      ],
      [
        'their processes started',
        `${whole(starts.untilAtRest)} s until each had read its case and waited, ${whole(pace)} a second`,
      ],
      ['so 20,000 take', `${one(20_000 / pace / 60)} minutes`],
      ...(starts.cpuMs ? [['processor time of one start', perPart(starts.cpuMs)]] : []),
    ],
  };
}

const perPart = (ms: Readonly<Record<string, number>>): string =>
  withBench.map((part) => `${part} ${whole(ms[part] ?? 0)} ms`).join(', ');

function idleTable({ idle }: LoadMeasured): Table {
  const { usage, upkeep, restPercent } = idle;
  if (!usage) return empty;
  const rows = withBench.flatMap((part) => {
    const found = usage.parts[part];
    return found
      ? [[titleOf(part), one(found.cpuPercent), whole(found.cpuPercentMost), whole(found.memoryMb)]]
      : [];
  });
  const cpu = sum(parts.map((part) => usage.parts[part]?.cpuPercent ?? 0));
  const memory = sum(parts.map((part) => usage.parts[part]?.memoryMb ?? 0));
  return {
    title: `Idle, over ${whole(usage.seconds)} s`,
    head: ['part', '% of one processor', 'busiest second', 'memory MB'],
    rows: [
      ...rows,
      ['Homeward together', one(cpu), '', whole(memory)],
      ...(restPercent === undefined ? [] : [['… between the upkeep’s runs', one(restPercent), '', '']]),
      [
        `the upkeep’s minute: ${upkeep.runs} runs`,
        upkeep.cpuSecondsPerRun === undefined ? '' : `${one(upkeep.cpuSecondsPerRun)} s of processor each`,
        '',
        `${one(upkeep.meanSeconds)} s each, at most ${one(upkeep.longestSeconds)} s`,
      ],
    ],
  };
}

const diskTable = ({ disk }: LoadMeasured): Table => ({
  title: 'Disk',
  head: ['in the data folder', 'MB'],
  rows: Object.entries(disk).map(([name, mb]) => [`\`${name}\``, whole(mb)]),
});

const readTable = ({ reads }: LoadMeasured): Table => ({
  title: 'Lists over HTTP, one request after another',
  head: ['list', 'reader', 'p50 ms', 'p95 ms', 'most ms', 'entries', 'asked'],
  rows: reads
    .filter(({ refused }) => refused === undefined)
    .map(({ list, reader, p50, p95, most, entries, times }) => [
      list,
      reader,
      one(p50),
      one(p95),
      one(most),
      entries === undefined ? '' : String(entries),
      String(times),
    ]),
});

function decisionTable({ idleDecisions, bursts }: LoadMeasured): Table {
  const row = (when: string, { sent, perSecond, p50, p95, most, refused }: DecisionFigures): string[] => [
    when,
    String(sent),
    one(perSecond),
    whole(p50),
    whole(p95),
    whole(most),
    String(refused.length),
  ];
  return {
    title: 'Decisions over HTTP, at a steady rate, from when each was meant to be sent to its answer',
    head: ['while', 'sent', 'a second', 'p50 ms', 'p95 ms', 'most ms', 'refused'],
    rows: [
      row('nothing else happens', idleDecisions),
      ...bursts.map((burst) => row(burstTitle(burst), burst.decisions)),
    ],
  };
}

const burstTitle = ({ cases, spreadSeconds }: BurstFigures): string =>
  `${count(cases)} fall due at once, ${spreadSeconds === 0 ? 'no spread' : `spread over ${spreadSeconds} s`}`;

function burstTable({ bursts }: LoadMeasured): Table {
  const percent = (usage: Usage | undefined, part: string): string =>
    whole(usage?.parts[part]?.cpuPercent ?? Number.NaN);
  return {
    title: 'Obligations that fall due at one instant',
    head: [
      'burst',
      'taken',
      'notices',
      'letters',
      'first notice after s',
      'last notice after s',
      'last letter after s',
      ...parts.map((part) => `${part} %`),
      'load',
    ],
    rows: bursts.map((burst) => [
      burstTitle(burst),
      count(burst.woken),
      count(burst.notices),
      count(burst.letters),
      one(burst.firstNotice),
      one(burst.lastNotice),
      one(burst.lastLetter),
      ...parts.map((part) => percent(burst.usage, part)),
      one(burst.usage?.load ?? Number.NaN),
    ]),
  };
}

const bars = '▁▂▃▄▅▆▇█';
const paceSeconds = 10;

/** How evenly the steps came: a storm would be one high bar, and nothing would be left for anybody else. */
function paceTable({ bursts }: LoadMeasured): Table {
  return {
    title: `Steps taken, each bar ${paceSeconds} seconds`,
    head: ['burst', 'from the due instant on', 'busiest second', 'usual second'],
    rows: bursts.map((burst) => {
      const { perSecond } = burst;
      const blocks = Array.from({ length: Math.ceil(perSecond.length / paceSeconds) }, (_, index) =>
        sum(perSecond.slice(index * paceSeconds, (index + 1) * paceSeconds)),
      );
      const most = Math.max(...blocks, 1);
      const bar = (value: number): string => bars[Math.round((value / most) * (bars.length - 1))] ?? '';
      const usual = sum(perSecond) / Math.max(perSecond.length, 1);
      return [burstTitle(burst), blocks.map(bar).join(''), String(Math.max(...perSecond, 0)), one(usual)];
    }),
  };
}

const heapTable = ({ heap }: LoadMeasured): Table => ({
  title: 'The worker’s heap, garbage collected',
  head: ['workflows added to the cache', 'KB each', 'in the workflow thread', 'whole heap MB'],
  rows: heap
    ? [
        [
          count(heap.cached),
          one(heap.heapKbPerWorkflow),
          one(heap.threadHeapKbPerWorkflow),
          whole(heap.workerHeapMb),
        ],
      ]
    : [],
});

const soakTable = ({ soak }: LoadMeasured): Table => ({
  title: `Memory over ${soak?.minutes ?? 0} minutes of an ordinary day: ${count(soak?.decisions ?? 0)} commands, ${count(soak?.reads ?? 0)} lists read`,
  head: ['what', 'mean MB', 'MB more in an hour', '± its error', ''],
  rows:
    soak?.lines.map(({ what, meanMb, slopeMb, errorMb, isFlat }) => [
      what,
      one(meanMb),
      one(slopeMb),
      one(errorMb),
      isFlat ? 'flat' : slopeMb < 0 ? 'falls' : 'grows',
    ]) ?? [],
});

const empty: Table = { title: '', head: [], rows: [] };
const titleOf = (part: (typeof withBench)[number]): string =>
  part === 'bench' ? 'the bench itself, no part of Homeward' : part;
