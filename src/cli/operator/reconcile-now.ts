/** Has the upkeep run now, by its own schedule and worker, and waits for what it did. */
import { setTimeout } from 'node:timers/promises';
import type { UpkeepRound } from '../../record/upkeep/operations';
import { upkeepScheduleId } from '../../temporal/upkeep-schedule';
import { CliError } from '../cli-error';
import type { OperatorParts } from './parts';

/** A round over twenty thousand cases takes seconds; one that starts them all takes its whole bound. */
const maxWaitMs = 180_000;

export async function reconcileNow(
  { client, record, taskQueue }: OperatorParts,
  waiting: (seconds: number) => void,
): Promise<UpkeepRound> {
  const last = async () => (await record.operations.listRounds()).find(({ task }) => task === 'reconcile');
  const before = (await last())?.at ?? '';
  const id = upkeepScheduleId(taskQueue);
  try {
    await client.schedule.getHandle(id).trigger();
  } catch {
    throw new CliError(
      'refused',
      `The schedule ${id} is not there.`,
      'Start a worker: it makes the schedule.',
    );
  }
  const startedAt = Date.now();
  while (Date.now() - startedAt < maxWaitMs) {
    const round = await last();
    if (round && round.at > before) return round;
    waiting(Math.round((Date.now() - startedAt) / 1000));
    await setTimeout(250);
  }
  throw new CliError(
    'pending',
    'The upkeep has not run yet.',
    'homeward ops status says whether a worker polls.',
  );
}
