/** What an open Homeward takes when nothing happens but its own upkeep. */
import { setTimeout as sleep } from 'node:timers/promises';
import { upkeepTaskQueue } from '../../src/temporal/upkeep-schedule';
import { upkeepType } from '../../workflows/upkeep/upkeep-type';
import { mean, sum } from '../statistics';
import type { Setting } from './setting';
import type { Usage } from './watch';

export interface IdleFigures {
  readonly usage: Usage | undefined;
  readonly upkeep: {
    readonly runs: number;
    readonly meanSeconds: number;
    readonly longestSeconds: number;
    /** Processor seconds of all parts together that one run takes beyond what they take without it. */
    readonly cpuSecondsPerRun?: number;
  };
  /** Percent of one processor between the upkeep's runs, all parts together. */
  readonly restPercent?: number;
}
interface Run {
  readonly from: number;
  readonly to: number;
}

/** The bench itself is none of Homeward's parts. */
const cpuOf = ({ parts }: Usage): number =>
  sum(Object.entries(parts).map(([name, { cpuPercent }]) => (name === 'bench' ? 0 : cpuPercent)));

export async function measureIdle(setting: Setting, seconds: number): Promise<IdleFigures> {
  const { client, watch } = setting;
  const taskQueue = upkeepTaskQueue(setting.taskQueue);
  const from = Date.now();
  await sleep(seconds * 1000);
  const to = Date.now();
  const runs: Run[] = [];
  const query = `TaskQueue = '${taskQueue}' AND WorkflowType = '${upkeepType}' AND ExecutionStatus = 'Completed'`;
  for await (const { startTime, closeTime } of client.workflow.list({ query }))
    if (closeTime && startTime.getTime() >= from && closeTime.getTime() <= to)
      runs.push({ from: startTime.getTime(), to: closeTime.getTime() });
  runs.sort((one, other) => one.from - other.from);
  const lengths = runs.map((run) => (run.to - run.from) / 1000);

  // Samples are a second apart: a little more on both sides, so that none of a run's work is taken for rest.
  const edge = 1_500;
  const edges = [from, ...runs.flatMap((run) => [run.from - edge, run.to + edge]), to];
  const rests = edges.flatMap((begin, index) => {
    const rest = index % 2 === 0 ? watch.between(begin, edges[index + 1] ?? to) : undefined;
    return rest && rest.seconds > 5 ? [{ seconds: rest.seconds, percent: cpuOf(rest) }] : [];
  });
  const restSeconds = sum(rests.map((rest) => rest.seconds));
  const restPercent = sum(rests.map((rest) => rest.percent * rest.seconds)) / restSeconds;
  const extra = runs.flatMap((run) => {
    const usage = watch.between(run.from - edge, run.to + edge);
    return usage ? [((cpuOf(usage) - restPercent) * usage.seconds) / 100] : [];
  });
  return {
    usage: watch.between(from, to),
    upkeep: {
      runs: runs.length,
      meanSeconds: mean(lengths),
      longestSeconds: Math.max(...lengths, 0),
      ...(extra.length > 0 && restSeconds > 0 ? { cpuSecondsPerRun: mean(extra) } : {}),
    },
    ...(restSeconds > 0 ? { restPercent } : {}),
  };
}
