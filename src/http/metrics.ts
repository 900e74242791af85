/** Numbers for operators, in Prometheus's text form: how the API does, never whom it is about. */
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { openStages } from '../domain/stages';
import type { Figures } from '../register/figures';
import type { RouteId } from './routes';

/** Counted in the record when the page is asked for. */
export type Standing = Pick<
  Figures,
  'casesByStage' | 'stalled' | 'overdue' | 'outboxPending' | 'outboxDead' | 'commandsUnanswered'
>;

export interface Metrics {
  request(route: RouteId | 'none', status: number, seconds: number): void;
  /** Outcome: recorded, repeated, accepted, direct, or the code of the refusal. */
  command(type: string, outcome: string): void;
  page(): Promise<string>;
  stop(): Promise<void>;
}

/** From a fast read to the deadline of a command. */
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(standing: () => Promise<Standing>): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter('homeward-api');
  const requests = meter.createCounter('homeward_http_requests', { description: 'Requests answered' });
  const latency = meter.createHistogram('homeward_http_request_seconds', {
    description: 'Time to answer',
    unit: 's',
    advice: { explicitBucketBoundaries: secondsBuckets },
  });
  const commands = meter.createCounter('homeward_commands', { description: 'Commands by outcome' });
  const gauge = (name: string, description: string) =>
    meter.createObservableGauge(`homeward_${name}`, { description });
  const open = gauge('cases_open', 'Cases not closed, by stage');
  const counts = {
    stalled: gauge('cases_stalled', 'Cases without progress for too long'),
    overdue: gauge('obligations_overdue', 'Obligations past their due instant'),
    outboxPending: gauge('outbox_pending', 'Mails to be sent'),
    outboxDead: gauge('outbox_dead', 'Mails given up'),
    commandsUnanswered: gauge('commands_unanswered', 'Commands kept and not yet taken'),
  };
  meter.addBatchObservableCallback(
    async (result) => {
      // With Postgres away these gauges are absent; the rest of the page still tells.
      const now = await standing().catch(() => undefined);
      if (!now) return;
      for (const stage of openStages) result.observe(open, now.casesByStage[stage] ?? 0, { stage });
      for (const name of Object.keys(counts) as (keyof typeof counts)[])
        result.observe(counts[name], now[name]);
    },
    [open, ...Object.values(counts)],
  );
  return {
    request(route, status, seconds) {
      requests.add(1, { route, status });
      latency.record(seconds, { route });
    },
    command: (type, outcome) => commands.add(1, { type, outcome }),
    async page() {
      const { resourceMetrics } = await exporter.collect();
      return new PrometheusSerializer().serialize(resourceMetrics);
    },
    stop: () => provider.shutdown(),
  };
}
