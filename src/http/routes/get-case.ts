import { z } from 'zod';
import { typedCaseId } from '../../contracts/commands';
import { caseViewSchema } from '../../contracts/http-answers';
import { allowedCommandsOf } from '../../domain/allowed-commands';
import type { ReturnCase } from '../../domain/case';
import { blockersFor } from '../../domain/blocker-readers';
import { versionFor } from '../../domain/event-readers';
import { readsObligation } from '../../domain/obligation-readers';
import { gateBlockersOf } from '../../domain/gate';
import { obligationsOf } from '../../domain/obligations';
import { actorOf } from '../../auth/official-directory';
import type { ApiParts } from '../api-parts';
import { mayBeSuggested } from '../../register/reader';
import { caseViewFor, noteIdsIn, readsField } from '../case-view';
import type { NoteTexts } from '../case-view';
import { defineRoute } from '../define-route';
import { dossierViewFor, papersFor } from '../dossier-view';
import { findKnownCases, withoutHiddenCases } from '../other-cases';

export const getCase = defineRoute({
  id: 'getCase',
  method: 'get',
  path: '/v1/cases/{id}',
  summary: 'One case, as far as it is for you',
  params: z.object({ id: typedCaseId }),
  answers: { 200: { description: 'The case; ETag is its version', schema: caseViewSchema } },
  async handle({ parts }, { reader, found: { state, rules } }) {
    const now = new Date().toISOString();
    const kept = (await parts.register.findDossier(state.id, state.dossier.version))?.dossier;
    const seesWholeProcess = readsField(reader.kind, 'facets');
    const likely = mayBeSuggested(reader) ? await parts.register.likelyDuplicates.of(state.id) : [];
    const seesGate = seesWholeProcess && state.plan && !state.journey;
    const siblings = seesGate ? await parts.register.links.siblings(state.id, now) : [];
    const process = {
      ...caseViewFor(reader, state, {
        notes: await notesOf(parts, state),
        papers: kept ? papersFor(reader.kind, kept, state.recipient.ref) : new Set(),
      }),
      obligations: obligationsOf(state, rules, now).filter((owed) => readsObligation(reader, owed)),
      ...(seesGate && { gate: blockersFor(reader.kind, gateBlockersOf(state, rules, now, siblings)) }),
    };
    const known = await findKnownCases(parts.register, reader, process);
    return {
      status: 200,
      headers: { etag: `"${versionFor(reader, state)}"` },
      body: {
        ...(withoutHiddenCases(process, known) as object),
        ...(kept && { dossier: dossierViewFor(reader.kind, kept, state.recipient.ref) }),
        ...(likely.length > 0 && { likelyDuplicates: likely }),
        allowed: allowedCommandsOf(state, actorOf(reader), rules),
      },
    };
  },
});

async function notesOf({ register }: ApiParts, state: ReturnCase): Promise<NoteTexts> {
  const ids = noteIdsIn(state);
  const notes = ids.length === 0 ? [] : await register.findNotes(state.id, ids);
  return new Map(notes.map((note) => [note.id, note]));
}
