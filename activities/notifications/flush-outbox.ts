/** Sends what waits in the outbox. The worker does so all the time; this makes it good when its loop was down. */
import { setTimeout } from 'node:timers/promises';
import type { ActivityDeps } from '../deps';

/** A mail server that hangs must not keep the upkeep from its next round; the loop goes on with it. */
const maxMs = 20_000;

export interface NotificationActivities {
  flushOutbox(): Promise<{ handled: number }>;
}

export const createNotificationActivities = ({ dispatcher }: ActivityDeps): NotificationActivities => ({
  async flushOutbox() {
    const over = new AbortController();
    const timeout = setTimeout(maxMs, 0, { signal: over.signal }).catch(() => 0);
    const handled = await Promise.race([dispatcher.dispatchDue(), timeout]);
    over.abort();
    return { handled };
  },
});
