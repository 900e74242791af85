/** Brings children home by one way, so many at a time, and notes how long every answer took. */
import type { Client } from '@temporalio/client';
import { isOnTemporal, type OpenedReturn, type Step, type Way } from '../way';

export interface Batch {
  readonly atATime: number;
  readonly returns: number;
  /** From the first opening to the answer to the last closing command. */
  readonly seconds: number;
  /** From then on until the last process had come to its end: an answer may come before what follows it. */
  readonly tailSeconds: number;
  readonly latencies: readonly Latency[];
  readonly ids: readonly string[];
}
export interface Latency {
  readonly step: string;
  readonly ms: number;
  /** How often the step was sent too early before; those tries are in the seconds and not in `ms`. */
  readonly early: number;
}

/** Between two tries of a step whose ground is still being laid by an activity. */
const earlyPauseMs = 10;
const maxEarly = 3_000;

export async function bringHome(client: Client, way: Way, atATime: number, returns: number): Promise<Batch> {
  const latencies: Latency[] = [];
  const ids: string[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < returns) {
      begun += 1;
      const opened = await way.open();
      ids.push(opened.id);
      for (const step of opened.steps) latencies.push(await takeStep(way, opened, step));
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: Math.min(atATime, returns) }, lane));
  const seconds = (performance.now() - start) / 1000;
  // The child is home with that answer. What the processes still have to do is timed by itself.
  if (isOnTemporal(way.name)) await Promise.all(ids.map((id) => client.workflow.getHandle(id).result()));
  const tailSeconds = (performance.now() - start) / 1000 - seconds;
  return { atATime, returns, seconds, tailSeconds, latencies, ids };
}

/** Sends one message until its ground is laid, and tells how long the answer took. */
export async function takeStep(way: Way, { id }: OpenedReturn, step: Step): Promise<Latency> {
  for (let early = 0; ; early += 1) {
    const start = performance.now();
    try {
      await step.send();
      return { step: step.name, ms: performance.now() - start, early };
    } catch (error) {
      if (early >= maxEarly || step.isTooEarly?.(error) !== true)
        throw new Error(`${way.name}: ${id} stopped at ${step.name}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, earlyPauseMs));
    }
  }
}
