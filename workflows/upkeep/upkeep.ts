/**
 * What keeps cases from being forgotten, whatever happened to their workflows: run every minute by a schedule.
 * Each activity is safe to repeat and finds its own work, so a run that fails is made good by the next.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { UpkeepActivities } from '../../activities/upkeep/upkeep-activities';

const activities = proxyActivities<UpkeepActivities>({
  startToCloseTimeout: '5 minutes',
  // The next run comes in a minute anyway.
  retry: { initialInterval: '2 seconds', maximumAttempts: 3 },
});

export async function upkeep(): Promise<void> {
  await activities.reconcile.executeWithOptions({ summary: 'Compare open cases with running workflows' }, []);
  await activities.flushOutbox.executeWithOptions({ summary: 'Send what waits in the outbox' }, []);
  await activities.tidyUp.executeWithOptions({ summary: 'Remove what nobody took up' }, []);
}
