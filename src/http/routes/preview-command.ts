import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { commandSchema, typedCaseId } from '../../contracts/commands';
import { previewSchema } from '../../contracts/http/preview';
import { defineRoute } from '../define-route';
import { papersFor } from '../views/dossier-view';
import { findKnownCases } from '../views/other-cases';
import { prepareCommand } from '../commands/prepare-command';
import { previewFor, refusedPreview } from '../views/preview-view';
import { Problem } from '../problem';

/** The rules say themselves what follows, so that nobody writes consequences twice. */
export const previewCommand = defineRoute({
  id: 'previewCommand',
  method: 'post',
  path: '/v1/cases/{id}/preview',
  summary: 'What a command would lead to now; nothing is done',
  description:
    'Decided as the command itself would be, and shown as the timeline would show it. What other cases would do is not ' +
    'foreseen, and between this and the command anything may happen: only the command’s own answer counts.',
  params: z.object({ id: typedCaseId }),
  body: commandSchema,
  answers: { 200: { description: 'What would follow, or why it would be refused', schema: previewSchema } },
  async handle({ parts, body, params: { id } }, { reader, found: { state } }) {
    const headers = { idempotencyKey: randomUUID() };
    // Its notes are kept nowhere: what was typed and not sent is nobody's.
    const { envelope } = await prepareCommand({ parts, reader, headers }, id, body);
    const foreseen = await parts.record.preview(envelope);
    if (!foreseen) throw new Problem('case-not-found');
    if ('rejection' in foreseen) return { status: 200, body: refusedPreview(state, foreseen.rejection) };
    const kept = await parts.record.findDossier(state.id, state.dossier.version);
    const papers = kept ? papersFor(reader.kind, kept.dossier, state.recipient.ref) : new Set<string>();
    const known = await findKnownCases(parts.record, reader, [state.id, foreseen.events]);
    return { status: 200, body: previewFor(reader, foreseen, { notes: new Map(), papers, known }) };
  },
});
