/**
 * What keeps cases from being forgotten, whatever happened to their workflows: run every minute by a schedule.
 * Each activity is safe to repeat and finds its own work, so a run that fails is made good by the next.
 */
import { ActivityFailure, log, patched, proxyActivities } from '@temporalio/workflow';
import type { UpkeepActivities } from '../../activities/upkeep/upkeep-activities';

const activities = proxyActivities<UpkeepActivities>({
  startToCloseTimeout: '5 minutes',
  // The long ones beat after every batch; a worker that died with one is noticed by this.
  heartbeatTimeout: '30 seconds',
  // The next run comes in a minute anyway.
  retry: { initialInterval: '2 seconds', maximumAttempts: 3 },
});

/** Throws at the end when one of its tasks failed, so that the run shows as failed; the others were done all the same. */
export async function upkeep(): Promise<void> {
  const failed: ActivityFailure[] = [];
  const attempt = async (task: keyof UpkeepActivities, summary: string): Promise<void> => {
    try {
      await activities[task].executeWithOptions({ summary }, []);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      log.error('A task of the upkeep failed', { task });
      failed.push(error);
    }
  };
  await attempt('reconcile', 'Compare open cases with running workflows');
  if (patched('people-and-stuck')) {
    await attempt('lookForStuck', 'Look for cases whose workflow tasks fail');
    await attempt('noteOfficials', 'Note in cases who is away or has left');
    await attempt('noteAddresses', 'Raise addresses that fail, clear those that were mended');
  }
  if (patched('both-ends'))
    await attempt('noteLinks', 'Tell cases of links that only their other end knows of');
  if (patched('check-record'))
    await attempt('checkRecord', 'Look whether what is stored is what was recorded');
  await attempt('flushOutbox', 'Send what waits in the outbox');
  await attempt('tidyUp', 'Remove what nobody took up');
  if (failed[0]) throw failed[0];
}
