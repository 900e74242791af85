import { z } from 'zod';
import { typedCaseId } from '../../contracts/commands';
import { factsOf, ofAgeOnOf } from '../../contracts/dossier/facts';
import { caseViewSchema } from '../../contracts/http/answers';
import { credentialsOf } from '../../contracts/mechanism/mechanism';
import { byFit } from '../../domain/facts/escorts';
import { allowedCommandsOf } from '../../domain/facts/allowed-commands';
import type { ReturnCase } from '../../domain/model/case';
import { versionFor } from '../../domain/readers/event-readers';
import { officerRoles } from '../../domain/model/command-table';
import { hasAnyRole } from '../../domain/model/parties';
import type { Role } from '../../domain/model/parties';
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import type { ApiParts } from '../api-parts';
import { mayBeSuggested } from '../../record/store/reader';
import { caseProcessFor, seesGate } from '../views/case-process';
import { noteIdsIn, readsField } from '../views/case-view';
import type { NoteTexts } from '../views/case-view';
import { defineRoute } from '../define-route';
import { dossierViewFor, mayRead, papersFor, readsWholeDossier } from '../views/dossier-view';
import { findKnownCases, withoutHiddenCases } from '../views/other-cases';

export const getCase = defineRoute({
  id: 'getCase',
  method: 'get',
  path: '/v1/cases/{id}',
  summary: 'One case, as far as it is for you',
  params: z.object({ id: typedCaseId }),
  answers: { 200: { description: 'The case; ETag is its version', schema: caseViewSchema } },
  async handle({ parts }, { reader, found: { state, rules } }) {
    const now = new Date().toISOString();
    const kept = (await parts.record.findDossier(state.id, state.dossier.version))?.dossier;
    const mechanism = await parts.getMechanism();
    const credentialOf = credentialsOf(mechanism);
    const idsWith = (wanted: readonly Role[]): string[] =>
      mechanism.officials
        .filter(({ party, active, roles }) => party === reader.party && active && hasAnyRole(roles, wanted))
        .map(({ id }) => id);
    const likely = mayBeSuggested(reader) ? await parts.record.likelyDuplicates.of(state.id) : [];
    const siblings = seesGate(reader, state) ? await parts.record.links.siblings(state.id, now) : [];
    const family = [state.id, ...siblings.map((sibling) => sibling.case)];
    const underWay = seesGate(reader, state)
      ? await parts.record.underWayAtDeparture(state, rules, family)
      : undefined;
    const process = caseProcessFor(
      reader,
      {
        ...{ state, rules, now, ofAgeOn: kept && ofAgeOnOf(kept), siblings },
        past: await parts.record.pastOf(state.id),
        dossier: kept && factsOf(kept, state.dossier.version),
        escorts: byFit(idsWith(['escort']), {
          credentialOf,
          languages: mayRead(reader.kind, 'child.languages') ? (kept?.child.languages ?? []) : [],
          needs: readsField(reader.kind, 'medical') ? (state.medical.clearance?.needs ?? []) : [],
        }),
        officers: idsWith(officerRoles),
        newestMechanism: mechanism.version,
        credentialOf,
        underWay,
      },
      {
        notes: await notesOf(parts, state),
        papers: kept ? papersFor(reader.kind, kept, state.recipient.ref) : new Set(),
      },
    );
    const group = await parts.record.groups.ofCase(reader, state.id);
    const known = await findKnownCases(parts.record, reader, process);
    return {
      status: 200,
      headers: { etag: `"${versionFor(reader, state)}"` },
      body: {
        ...withoutHiddenCases(process, known),
        ...(kept && { dossier: dossierViewFor(reader.kind, kept, state.recipient.ref) }),
        ...(group !== undefined && { group }),
        ...(await proposedFor(parts, reader, state)),
        ...(likely.length > 0 && { likelyDuplicates: likely }),
        allowed: allowedCommandsOf(state, actorOf(reader), rules),
      },
    };
  },
});

/** What a second person is asked to confirm, to whoever reads the whole of a dossier: each under its proposal. */
async function proposedFor({ record }: ApiParts, reader: Reader, { id, proposals = [] }: ReturnCase) {
  if (!readsWholeDossier(reader.kind)) return {};
  const waiting = await Promise.all(
    proposals.map(async ({ id: proposal, act }) => {
      const dossier =
        act.type === 'reviseDossier' ? await record.findStagedDossier(id, act.dossier.hash) : undefined;
      return dossier ? [{ proposal, dossier }] : [];
    }),
  );
  const proposedDossiers = waiting.flat();
  const [oldest] = proposedDossiers;
  return oldest && { proposedDossier: oldest.dossier, proposedDossiers };
}

async function notesOf({ record }: ApiParts, state: ReturnCase): Promise<NoteTexts> {
  const ids = noteIdsIn(state);
  const notes = ids.length === 0 ? [] : await record.findNotes(state.id, ids);
  return new Map(notes.map((note) => [note.id, note]));
}
