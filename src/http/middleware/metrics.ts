/** What the API counts of its own work, in the words of its routes and commands; never whom it is about. */
import type { Metrics as ProcessMetrics } from '../../telemetry/metrics';

/** How a command's sender left: with the record's answer, a refusal, or a fault of ours. */
export type CommandEnd = 'recorded' | 'refused' | 'failed';

export interface Metrics {
  /** `route`: its id, or `none`. */
  request(route: string, status: number, seconds: number): void;
  /** Outcome: recorded, repeated, or the code of the refusal. */
  command(type: string, outcome: string): void;
  commandTook(end: CommandEnd, seconds: number): void;
}

export const httpMetrics = (metrics: Pick<ProcessMetrics, 'count' | 'time'>): Metrics => ({
  request(route, status, seconds) {
    metrics.count('homeward_http_requests_total', { route, status });
    metrics.time('homeward_http_request_seconds', seconds, { route });
  },
  command: (type, outcome) => metrics.count('homeward_commands_total', { type, outcome }),
  commandTook: (answer, seconds) => metrics.time('homeward_command_seconds', seconds, { answer }),
});
