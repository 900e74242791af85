/** Brings children home by one way, so many at a time, and notes how long every answer took. */
import type { Client } from '@temporalio/client';
import type { Way } from '../way';

export interface Batch {
  readonly atATime: number;
  readonly returns: number;
  /** From the first opening to the answer to the last closing command. */
  readonly seconds: number;
  readonly latencies: readonly Latency[];
  readonly workflowIds: readonly string[];
}
export interface Latency {
  readonly step: string;
  readonly ms: number;
  /** How often the step was sent too early before; those tries are in the seconds and not in `ms`. */
  readonly early: number;
}

/** Between two tries of a step whose ground is still being laid by an activity. */
const earlyPauseMs = 10;
const mostEarly = 3_000;

export async function bringHome(client: Client, way: Way, atATime: number, returns: number): Promise<Batch> {
  const latencies: Latency[] = [];
  const workflowIds: string[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < returns) {
      begun += 1;
      workflowIds.push(await bringOneHome(way, latencies));
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: Math.min(atATime, returns) }, lane));
  const seconds = (performance.now() - start) / 1000;
  // The child is home with that answer. That every process then comes to its end is seen to, and not timed.
  await Promise.all(workflowIds.map((id) => client.workflow.getHandle(id).result()));
  return { atATime, returns, seconds, latencies, workflowIds };
}

async function bringOneHome(way: Way, latencies: Latency[]): Promise<string> {
  const { workflowId, steps } = await way.open();
  for (const step of steps) {
    for (let early = 0; ; early += 1) {
      const start = performance.now();
      try {
        await step.send();
        latencies.push({ step: step.name, ms: performance.now() - start, early });
        break;
      } catch (error) {
        if (early >= mostEarly || step.isTooEarly?.(error) !== true)
          throw new Error(`${way.name}: ${workflowId} stopped at ${step.name}`, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, earlyPauseMs));
      }
    }
  }
  return workflowId;
}
