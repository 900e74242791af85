/** Whether Temporal answers this worker, and whether somebody has paused the schedule of the upkeep. */
import { ScheduleNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Metrics, Reading } from '../telemetry/metrics';
import { upkeepScheduleId } from './upkeep-schedule';

const maxLookMs = 2_000;

export function watchUpkeep(metrics: Pick<Metrics, 'watch'>, client: Client, taskQueue: string): void {
  metrics.watch(['homeward_engine_up', 'homeward_upkeep_paused'], async () => {
    try {
      const { state } = await client.connection.withDeadline(Date.now() + maxLookMs, () =>
        client.schedule.getHandle(upkeepScheduleId(taskQueue)).describe(),
      );
      return answered(state.paused ? 1 : 0);
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return answered(-1);
      return [{ name: 'homeward_engine_up', value: 0 }];
    }
  });
}

const answered = (paused: number): Reading[] => [
  { name: 'homeward_engine_up', value: 1 },
  { name: 'homeward_upkeep_paused', value: paused },
];
