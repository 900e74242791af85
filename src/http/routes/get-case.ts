import { z } from 'zod';
import { typedCaseId } from '../../contracts/commands';
import { caseViewSchema } from '../../contracts/http-answers';
import { allowedCommandsOf } from '../../domain/allowed-commands';
import type { ReturnCase } from '../../domain/case';
import { gateBlockersOf } from '../../domain/gate';
import { obligationsOf } from '../../domain/obligations';
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import type { ApiParts } from '../api-parts';
import { mayBeSuggested } from '../../register/reader';
import { caseViewFor, noteIdsIn, readsField } from '../case-view';
import type { NoteTexts } from '../case-view';
import { defineRoute } from '../define-route';
import { dossierViewFor } from '../dossier-view';
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
    const dossier = await dossierFor(parts, reader, state);
    const obligations = obligationsOf(state, rules, now);
    const seesWholeProcess = readsField(reader.kind, 'facets');
    const likely = mayBeSuggested(reader) ? await parts.register.likelyDuplicates.of(state.id) : [];
    const seesGate = seesWholeProcess && state.plan && !state.journey;
    const siblings = seesGate ? await parts.register.links.siblings(state.id, now) : [];
    const process = {
      ...caseViewFor(reader, state, await notesOf(parts, state)),
      obligations: obligations.filter(({ party }) => seesWholeProcess || party === reader.party),
      ...(seesGate && { gate: gateBlockersOf(state, rules, now, siblings) }),
    };
    const known = await findKnownCases(parts.register, reader, process);
    return {
      status: 200,
      headers: { etag: `"${state.version}"` },
      body: {
        ...(withoutHiddenCases(process, known) as object),
        ...(dossier && { dossier }),
        ...(likely.length > 0 && { likelyDuplicates: likely }),
        allowed: allowedCommandsOf(state, actorOf(reader), rules),
      },
    };
  },
});

async function dossierFor({ register }: ApiParts, reader: Reader, state: ReturnCase) {
  const kept = await register.findDossier(state.id, state.dossier.version);
  if (!kept) return undefined;
  return dossierViewFor(reader.kind, kept.dossier, state.recipient.ref);
}

async function notesOf({ register }: ApiParts, state: ReturnCase): Promise<NoteTexts> {
  const ids = noteIdsIn(state);
  const notes = ids.length === 0 ? [] : await register.findNotes(state.id, ids);
  return new Map(notes.map((note) => [note.id, note]));
}
