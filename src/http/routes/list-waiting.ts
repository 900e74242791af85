import { z } from 'zod';
import { partyWaitSchema } from '../../contracts/http/briefs';
import { defineRoute } from '../define-route';
import { scopeOf } from './list-cases';

export const listWaiting = defineRoute({
  id: 'listWaiting',
  method: 'get',
  path: '/v1/waiting',
  summary: 'For whom the cases of your party wait',
  description: 'Other parties only, as far as what they owe is for you to know; the most overdue first.',
  answers: { 200: { description: 'By party', schema: z.object({ items: z.array(partyWaitSchema) }) } },
  async handle({ parts }, { reader }) {
    return { status: 200, body: { items: await parts.record.waitsOfParties(reader, scopeOf(reader)) } };
  },
});
