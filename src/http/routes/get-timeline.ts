import { z } from 'zod';
import { typedCaseId } from '../../contracts/commands';
import { pageOf, timelineEntrySchema } from '../../contracts/http-answers';
import { defineRoute } from '../define-route';
import { eventViewFor } from '../event-view';
import { findKnownCases } from '../other-cases';
import { openPage, pageQuery, sealPage } from '../page-query';

export const getTimeline = defineRoute({
  id: 'getTimeline',
  method: 'get',
  path: '/v1/cases/{id}/timeline',
  summary: 'What happened in a case, oldest first',
  description: 'A page may hold fewer entries than asked for, as events that are not for you are left out.',
  params: z.object({ id: typedCaseId }),
  query: z.strictObject(pageQuery),
  answers: { 200: { description: 'One page', schema: pageOf(timelineEntrySchema) } },
  async handle({ parts, query: { cursor, limit } }, { reader, found: { state } }) {
    const list = `timeline:${state.id}`;
    const page = openPage(list, { limit, ...(cursor !== undefined && { cursor }) }, parts.sealKey);
    const entries = await parts.register.timeline(state.id, reader, page);
    const events = entries.items.map(({ event }) => event);
    const known = await findKnownCases(parts.register, reader, [state.id, events]);
    const { items, ...rest } = sealPage(list, entries, parts.sealKey, (entry) => {
      // The register hands out only texts that are this reader's to read.
      const texts = Object.entries(entry.notes).map(
        ([id, text]) => [id, { party: reader.party, text }] as const,
      );
      return eventViewFor(reader, entry, new Map(texts), known);
    });
    return { status: 200, body: { items: items.filter((item) => item !== undefined), ...rest } };
  },
});
