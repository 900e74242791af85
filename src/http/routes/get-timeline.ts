import { z } from 'zod';
import { typedCaseId } from '../../contracts/commands';
import { pageOf } from '../../contracts/http/answers';
import { timelineEntrySchema } from '../../contracts/http/events';
import type { DocumentRef } from '../../domain/model/ids';
import { defineRoute } from '../define-route';
import { papersFor } from '../views/dossier-view';
import { eventViewFor } from '../views/event-view';
import { findKnownCases } from '../views/other-cases';
import { timelineOrders } from '../../record/reads/timeline';
import { openPage, pageQuery, sealPage } from '../page-query';

export const getTimeline = defineRoute({
  id: 'getTimeline',
  method: 'get',
  path: '/v1/cases/{id}/timeline',
  summary: 'What happened in a case',
  description: '`version` counts the events that you may read.',
  params: z.object({ id: typedCaseId }),
  query: z.strictObject({
    order: z.enum(timelineOrders).default('oldest').meta({ description: 'Which comes first' }),
    ...pageQuery,
  }),
  answers: { 200: { description: 'One page', schema: pageOf(timelineEntrySchema) } },
  async handle({ parts, query: { order, cursor, limit } }, { reader, found: { state } }) {
    // A cursor of the one order is no place in the other.
    const list = `timeline:${state.id}${order === 'newest' ? ':newest' : ''}`;
    const page = openPage(list, { limit, ...(cursor !== undefined && { cursor }) }, parts.sealKey);
    const kept = await parts.record.findDossier(state.id, state.dossier.version);
    const papers = kept ? papersFor(reader.kind, kept.dossier, state.recipient.ref) : new Set<DocumentRef>();
    const entries = await parts.record.timeline(state.id, reader, page, order);
    const events = entries.items.map(({ event }) => event);
    const known = await findKnownCases(parts.record, reader, [state.id, events]);
    const { items, ...rest } = sealPage(list, entries, parts.sealKey, (entry) => {
      // The record hands out only texts that are this reader's to read.
      const texts = Object.entries(entry.notes).map(
        ([id, text]) => [id, { party: reader.party, text }] as const,
      );
      return eventViewFor(reader, entry, { notes: new Map(texts), papers, known, place: entry.place });
    });
    return { status: 200, body: { items: items.filter((item) => item !== undefined), ...rest } };
  },
});
