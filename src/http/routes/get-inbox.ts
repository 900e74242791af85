import { z } from 'zod';
import { inboxEntrySchema, pageOf } from '../../contracts/http-answers';
import { defineRoute } from '../define-route';
import { openPage, pageQuery, sealPage } from '../page-query';

export const getInbox = defineRoute({
  id: 'getInbox',
  method: 'get',
  path: '/v1/inbox',
  summary: 'What your office owes: dangerous things first, then what is due first',
  query: z.strictObject(pageQuery),
  answers: { 200: { description: 'One page', schema: pageOf(inboxEntrySchema) } },
  async handle({ parts, query: { cursor, limit } }, { reader }) {
    const page = openPage('inbox', { limit, ...(cursor !== undefined && { cursor }) }, parts.sealKey);
    const entries = await parts.register.inbox(reader, page);
    return { status: 200, body: sealPage('inbox', entries, parts.sealKey, (entry) => entry) };
  },
});
