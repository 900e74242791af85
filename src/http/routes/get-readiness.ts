import { z } from 'zod';
import { defineRoute } from '../define-route';

const part = z.enum(['ok', 'unreachable']);
const schema = z.object({ status: z.enum(['ready', 'degraded', 'unready']), record: part, process: part });

/**
 * Whether this process can serve. Without the record it can't; without Temporal it answers everything, and only time,
 * reminders and activities wait, so it must keep getting requests.
 */
export const getReadiness = defineRoute({
  id: 'getReadiness',
  method: 'get',
  path: '/readyz',
  summary: 'Can it serve?',
  answers: {
    200: { description: 'Ready, or degraded: everything is answered, and reminders wait', schema },
    503: { description: 'The record can’t be reached', schema },
  },
  async handle({ parts }) {
    const [record, process] = await Promise.all([
      parts.register.ping().then(
        () => true,
        () => false,
      ),
      parts.notifier.isReachable(),
    ]);
    const word = (reachable: boolean) => (reachable ? 'ok' : 'unreachable');
    return {
      status: record ? 200 : 503,
      body: {
        status: !record ? 'unready' : process ? 'ready' : 'degraded',
        record: word(record),
        process: word(process),
      },
    };
  },
});
