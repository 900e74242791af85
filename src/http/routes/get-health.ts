import { z } from 'zod';
import { defineRoute } from '../define-route';

/** Whether this process runs; says nothing of what it depends on, so that no probe restarts it for their sake. */
export const getHealth = defineRoute({
  id: 'getHealth',
  method: 'get',
  path: '/healthz',
  summary: 'Is this process alive?',
  answers: { 200: { description: 'It is', schema: z.object({ status: z.literal('ok') }) } },
  handle: () => ({ status: 200, body: { status: 'ok' } }),
});
