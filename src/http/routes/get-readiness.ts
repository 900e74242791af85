import { z } from 'zod';
import { RecordError } from '../../record/postgres/record-error';
import { defineRoute } from '../define-route';

const part = z.enum(['ok', 'unreachable']);
const record = z.enum([...part.options, 'unwritable']).meta({
  description: 'unwritable: it answers and takes nothing, as on a full disk',
});
const schema = z.object({ status: z.enum(['ready', 'degraded', 'unready']), record, process: part });

/**
 * Whether this process can serve. Without the record, or when that can't write, it can't; without Temporal it answers everything, and only time,
 * reminders and activities wait, so it must keep getting requests.
 */
export const getReadiness = defineRoute({
  id: 'getReadiness',
  method: 'get',
  path: '/readyz',
  summary: 'Can it serve?',
  answers: {
    200: { description: 'Ready, or degraded: everything is answered, and reminders wait', schema },
    503: { description: 'The record can’t be reached, or can’t write', schema },
  },
  async handle({ parts }) {
    const [state, process] = await Promise.all([
      parts.record.ping().then(
        () => 'ok' as const,
        (error: unknown) =>
          error instanceof RecordError && error.code === 'unwritable' ? 'unwritable' : 'unreachable',
      ),
      parts.notifier.isReachable(),
    ]);
    return {
      status: state === 'ok' ? 200 : 503,
      body: {
        status: state !== 'ok' ? 'unready' : process ? 'ready' : 'degraded',
        record: state,
        process: process ? 'ok' : 'unreachable',
      },
    };
  },
});
