/** Sends what waits in the outbox. The worker does so all the time; this makes it good when its loop was down. */
import type { ActivityDeps } from '../deps';

export interface NotificationActivities {
  flushOutbox(): Promise<{ handled: number }>;
}

export const createNotificationActivities = ({ dispatcher }: ActivityDeps): NotificationActivities => ({
  async flushOutbox() {
    return { handled: await dispatcher.dispatchDue() };
  },
});
