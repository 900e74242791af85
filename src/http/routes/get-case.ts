import { z } from 'zod';
import { typedCaseId } from '../../contracts/commands';
import type { Dossier } from '../../contracts/dossier';
import { caseViewSchema } from '../../contracts/http-answers';
import { allowedCommandsOf } from '../../domain/allowed-commands';
import type { ReturnCase } from '../../domain/case';
import { blockersFor } from '../../domain/blocker-readers';
import { versionFor } from '../../domain/event-readers';
import { readsObligation } from '../../domain/obligation-readers';
import { gateBlockersOf } from '../../domain/gate';
import { asOfAge, comesOfAgeOn, daysToMajority, milestoneOf } from '../../domain/majority';
import type { MechanismRules } from '../../domain/mechanism';
import { obligationsOf } from '../../domain/obligations';
import type { Instant, LocalDate } from '../../domain/time';
import { actorOf } from '../../auth/official-directory';
import type { Reader } from '../../auth/official-directory';
import type { ApiParts } from '../api-parts';
import { mayBeSuggested } from '../../register/reader';
import { caseViewFor, noteIdsIn, readsField } from '../case-view';
import type { NoteTexts } from '../case-view';
import { defineRoute } from '../define-route';
import { dossierViewFor, papersFor, readsWholeDossier } from '../dossier-view';
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
    const ofAgeOn = kept && ofAgeOnOf(kept);
    const judged = asOfAge(state, rules, now, ofAgeOn);
    const seesWholeProcess = readsField(reader.kind, 'facets');
    const likely = mayBeSuggested(reader) ? await parts.register.likelyDuplicates.of(state.id) : [];
    const seesGate = seesWholeProcess && state.plan && !state.journey;
    const siblings = seesGate ? await parts.register.links.siblings(state.id, now) : [];
    const process = {
      ...caseViewFor(reader, withDaysLeft(judged, rules, now, ofAgeOn), {
        notes: await notesOf(parts, state),
        papers: kept ? papersFor(reader.kind, kept, state.recipient.ref) : new Set(),
      }),
      obligations: obligationsOf(judged, rules, now).filter((owed) => readsObligation(reader, owed)),
      ...(seesGate && { gate: blockersFor(reader.kind, gateBlockersOf(judged, rules, now, siblings)) }),
    };
    const known = await findKnownCases(parts.register, reader, process);
    return {
      status: 200,
      headers: { etag: `"${versionFor(reader, state)}"` },
      body: {
        ...(withoutHiddenCases(process, known) as object),
        ...(kept && { dossier: dossierViewFor(reader.kind, kept, state.recipient.ref) }),
        ...(await proposedFor(parts, reader, state)),
        ...(likely.length > 0 && { likelyDuplicates: likely }),
        allowed: allowedCommandsOf(state, actorOf(reader), rules),
      },
    };
  },
});

const ofAgeOnOf = ({ child: { birthDate } }: Dossier): LocalDate =>
  comesOfAgeOn('exact' in birthDate ? birthDate.exact : birthDate.estimated.from);

/** The days as they are when they are read, for those who read the birth date all the same; not the last milestone. */
function withDaysLeft(
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
  ofAgeOn: LocalDate | undefined,
): ReturnCase {
  if (ofAgeOn === undefined || state.majority?.daysLeft === 0) return state;
  const daysLeft = daysToMajority(ofAgeOn, now, { state, rules });
  if (milestoneOf(daysLeft) === undefined) return state;
  // Wider than a milestone, and shown only.
  return { ...state, majority: { ...state.majority, daysLeft } as ReturnCase['majority'] & object };
}

/** What a second person is asked to confirm, to whoever reads the whole of a dossier: each under its proposal. */
async function proposedFor({ register }: ApiParts, reader: Reader, { id, proposals = [] }: ReturnCase) {
  if (!readsWholeDossier(reader.kind)) return {};
  const waiting = await Promise.all(
    proposals.map(async ({ id: proposal, act }) => ({
      proposal,
      dossier:
        act.type === 'reviseDossier' ? await register.findStagedDossier(id, act.dossier.hash) : undefined,
    })),
  );
  const proposedDossiers = waiting.filter(({ dossier }) => dossier !== undefined);
  const [oldest] = proposedDossiers;
  return oldest && { proposedDossier: oldest.dossier, proposedDossiers };
}

async function notesOf({ register }: ApiParts, state: ReturnCase): Promise<NoteTexts> {
  const ids = noteIdsIn(state);
  const notes = ids.length === 0 ? [] : await register.findNotes(state.id, ids);
  return new Map(notes.map((note) => [note.id, note]));
}
