/**
 * A process's figures in Prometheus's text form. What happens in the process is counted as it happens; how things
 * stand in the record is asked when the page is. The table of all figures is `metric-table.ts`.
 */
import { groupStates } from '../domain/model/groups';
import type { Attributes } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { LetterKind } from '../contracts/letters';
import { openStages } from '../domain/model/stages';
import { partyKinds } from '../domain/model/parties';
import type { ClockWatch } from '../record/postgres/clock';
import type { SystemStatus } from '../record/reads/system-status';
import { metricTable } from './metric-table';
import type { MetricName } from './metric-table';
import { watchProcess } from './process-figures';

export interface Metrics {
  /** For counters. */
  count(name: NamesOf<'counter'>, labels?: Labels): void;
  /** For durations. */
  time(name: NamesOf<'seconds'>, seconds: number, labels?: Labels): void;
  /** Asked when the page is; every process has one record, so only the first asker counts. */
  watchRecord(systemStatus: () => Promise<SystemStatus>): void;
  watchPool(part: 'api' | 'urgent' | 'worker', pool: PoolFigures): void;
  watchClock(part: 'api' | 'worker', clock: Pick<ClockWatch, 'measure' | 'difference'>): void;
  /** `read` gives what is known of these gauges; one that throws leaves them out. */
  watch(
    names: readonly NamesOf<'gauge'>[],
    read: () => Promise<readonly Reading[]> | readonly Reading[],
  ): void;
  /** Another page in the same form, put behind ours: Temporal's core tells its own. */
  include(page: () => Promise<string>): void;
  page(): Promise<string>;
  stop(): Promise<void>;
}

type NamesOf<Kind> = {
  [Name in MetricName]: (typeof metricTable)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
type Labels = Readonly<Record<string, string | number>>;
export interface Reading {
  readonly name: NamesOf<'gauge'>;
  readonly value: number;
  readonly labels?: Labels;
}
export interface PoolFigures {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** From a fast read to the deadline of a command. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Below Prometheus's usual timeout of ten seconds: a page without the record is worth more than none. */
const maxLookMs = 3_000;
/** Several that scrape at once share an answer. */
const freshMs = 5_000;

export function createMetrics(): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter('homeward');
  const rows = Object.entries(metricTable);
  const make = <Made>(kind: string, by: (name: string, description: string) => Made): Map<string, Made> =>
    new Map(
      rows.filter(([, row]) => row.kind === kind).map(([name, { help }]) => [name, by(name, help)] as const),
    );
  const counters = make('counter', (name, description) =>
    meter.createCounter(name.replace(/_total$/, ''), { description }),
  );
  const timers = make('seconds', (name, description) =>
    meter.createHistogram(name, { description, advice: { explicitBucketBoundaries: buckets } }),
  );
  const gauges = make('gauge', (name, description) => meter.createObservableGauge(name, { description }));
  const itself = watchProcess();
  const pages: (() => Promise<string>)[] = [];
  let hasRecord = false;

  const metrics: Metrics = {
    count: (name, labels = {}) => counters.get(name)?.add(1, attributesOf(name, labels)),
    time: (name, seconds, labels = {}) => timers.get(name)?.record(seconds, attributesOf(name, labels)),
    watch(names, read) {
      const told = names.flatMap((name) => gauges.get(name) ?? []);
      meter.addBatchObservableCallback(async (result) => {
        const readings = await Promise.resolve()
          .then(read)
          .catch(() => []);
        for (const { name, value, labels = {} } of readings) {
          const gauge = gauges.get(name);
          if (gauge) result.observe(gauge, value, attributesOf(name, labels));
        }
      }, told);
    },
    watchRecord(systemStatus) {
      if (hasRecord) return;
      hasRecord = true;
      const look = lately(systemStatus);
      metrics.watch(namesFrom('record').concat('homeward_record_up'), async () => {
        const now = await look();
        const up: Reading = { name: 'homeward_record_up', value: now ? 1 : 0 };
        // With Postgres away the others are absent; the rest of the page still tells.
        return now ? [up, ...readingsOf(now)] : [up];
      });
    },
    watchPool(part, pool) {
      const name = 'homeward_postgres_connections';
      metrics.watch([name], () => [
        { name, value: pool.totalCount, labels: { part, state: 'open' } },
        { name, value: pool.idleCount, labels: { part, state: 'idle' } },
        { name, value: pool.waitingCount, labels: { part, state: 'waiting' } },
      ]);
    },
    watchClock(part, clock) {
      const name = 'homeward_clock_difference_seconds';
      metrics.watch([name], () => {
        // For the next page: this one does not wait for Postgres.
        clock.measure().catch(() => undefined);
        return [{ name, value: clock.difference, labels: { part } }];
      });
    },
    include: (page) => void pages.push(page),
    async page() {
      const { resourceMetrics } = await exporter.collect();
      const own = new PrometheusSerializer(undefined, false, undefined, true, true).serialize(
        resourceMetrics,
      );
      const others = await Promise.all(pages.map((page) => page().catch(() => '')));
      return [own, ...others].filter((text) => text !== '').join('');
    },
    async stop() {
      itself.stop();
      await provider.shutdown();
    },
  };
  metrics.watch(['homeward_event_loop_lag_seconds', 'homeward_memory_bytes'], () => {
    const { lag, memory } = itself.read();
    return [
      ...Object.entries(lag).map(([rank, value]) => ({
        name: 'homeward_event_loop_lag_seconds' as const,
        value,
        labels: { rank },
      })),
      ...Object.entries(memory).map(([of, value]) => ({
        name: 'homeward_memory_bytes' as const,
        value,
        labels: { of },
      })),
    ];
  });
  return metrics;
}

const letterKinds = ['notice', 'digest', 'webhook'] as const satisfies readonly LetterKind[];

/** A label that the table does not name is a mistake that would go unnoticed until a database is full. */
function attributesOf(name: MetricName, labels: Labels): Attributes {
  const known: readonly string[] = metricTable[name].labels;
  for (const label of Object.keys(labels))
    if (!known.includes(label)) throw new Error(`${name} has no label ${label}`);
  return labels;
}

const namesFrom = (from: string): NamesOf<'gauge'>[] =>
  Object.entries(metricTable)
    .filter(([, row]) => row.from === from && row.kind === 'gauge')
    .map(([name]) => name as NamesOf<'gauge'>);

function readingsOf(now: SystemStatus): Reading[] {
  const kinds = new Map(now.obligations.map((count) => [count.partyKind, count]));
  return [
    ...openStages.map((stage) => ({
      name: 'homeward_cases_open' as const,
      value: now.casesByStage[stage] ?? 0,
      labels: { stage },
    })),
    ...groupStates
      .filter((state) => state !== 'completed' && state !== 'aborted')
      .map((state) => ({
        name: 'homeward_groups_open' as const,
        value: now.groupsByState[state] ?? 0,
        labels: { state },
      })),
    ...partyKinds.flatMap((kind): Reading[] => [
      { name: 'homeward_obligations_owed', value: kinds.get(kind)?.open ?? 0, labels: { party_kind: kind } },
      {
        name: 'homeward_obligations_late',
        value: kinds.get(kind)?.overdue ?? 0,
        labels: { party_kind: kind },
      },
    ]),
    ...letterKinds.flatMap((kind): Reading[] => {
      const counted = now.letters.find((count) => count.kind === kind);
      return [
        { name: 'homeward_letters_pending', value: counted?.pending ?? 0, labels: { kind } },
        { name: 'homeward_letters_dead', value: counted?.dead ?? 0, labels: { kind } },
      ];
    }),
    ...now.rounds.map(({ task, ageSeconds }) => ({
      name: 'homeward_upkeep_age_seconds' as const,
      value: ageSeconds,
      labels: { task },
    })),
    ...(now.missing === null ? [] : [{ name: 'homeward_processes_missing' as const, value: now.missing }]),
    { name: 'homeward_cases_stalled', value: now.stalled },
    { name: 'homeward_obligations_overdue', value: now.overdue },
    { name: 'homeward_safety_overdue', value: now.safetyOverdue },
    { name: 'homeward_safety_overdue_seconds', value: now.safetyOverdueSeconds },
    { name: 'homeward_outbox_pending', value: now.outboxPending },
    { name: 'homeward_outbox_age_seconds', value: now.outboxAgeSeconds },
    { name: 'homeward_outbox_dead', value: now.outboxDead },
    { name: 'homeward_letters_given_up', value: now.lettersGivenUp },
    { name: 'homeward_safety_letter_seconds', value: now.safetyLetterSeconds },
    { name: 'homeward_alarms_undelivered', value: now.safetyLettersUndelivered },
    { name: 'homeward_commands_unanswered', value: now.commandsUnanswered },
    { name: 'homeward_news_unread', value: now.newsUnread },
    { name: 'homeward_places_free', value: now.placesFree },
    { name: 'homeward_processes_stuck', value: now.stuck },
    { name: 'homeward_record_doubts', value: now.doubts },
  ];
}

/** The answer of the last two seconds, or a new one; undefined when there is none in time. */
function lately<Value>(ask: () => Promise<Value>): () => Promise<Value | undefined> {
  let kept: { at: number; value: Promise<Value | undefined> } | undefined;
  return () => {
    if (!kept || Date.now() - kept.at > freshMs)
      kept = { at: Date.now(), value: ask().catch(() => undefined) };
    return within(maxLookMs, kept.value);
  };
}

async function within<Value>(ms: number, answer: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
