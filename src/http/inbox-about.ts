/**
 * What a task of the inbox is about, so that a person need not open the case to know it: out of the case as its reader
 * sees it, so that a row tells nothing that the case would not.
 */
import type { Reader } from '../auth/official-directory';
import type { Dossier } from '../contracts/dossier';
import type { InboxAbout, InboxNotYou } from '../contracts/http-briefs';
import type { ReturnCase } from '../domain/case';
import type { CaseId } from '../domain/ids';
import type { ObligationKind } from '../domain/obligation-kinds';
import type { InboxEntry } from '../register/inbox-entries';
import type { ApiParts } from './api-parts';
import { caseViewFor, noteIdsIn } from './case-view';
import type { NoteTexts } from './case-view';
import { childBriefFor } from './child-brief';
import { papersFor } from './dossier-view';

/** The parts of a case’s view that tasks are about; fields the reader may not see are not there. */
type Seen = Partial<
  Pick<ReturnCase, 'decisions' | 'pendingRelays' | 'facets' | 'plan' | 'holds' | 'proposals'>
>;
type Tell = (seen: Seen, subject: string) => InboxAbout | undefined;

const planOf: Tell = ({ plan }) =>
  plan && { planVersion: plan.version, ...(plan.version > 1 && { replaces: plan.version - 1 }) };
const proposalOf: Tell = ({ proposals = [] }, subject) => {
  const proposal = proposals.find(({ id }) => id === subject);
  return proposal && { command: proposal.act.type, party: proposal.by.party };
};
const facetOf: Tell = ({ facets }, subject) => {
  const facet = subject as keyof NonNullable<Seen['facets']>;
  const attestation = facets?.[facet]?.attestation;
  return { facet, ...(attestation && { finding: attestation.finding, party: attestation.by.party }) };
};
const placeOf: Tell = ({ plan }) => plan && { place: plan.handoverPlace };

const tellers: Readonly<Partial<Record<ObligationKind, Tell>>> = {
  'decide-on-plan': planOf,
  'renew-approval': planOf,
  'confirm-relay': ({ pendingRelays = [] }, subject) => {
    const relay = pendingRelays.find(({ id }) => id === subject);
    if (!relay) return undefined;
    const { party, act, source, enteredBy } = relay;
    const { channel, reference } = source;
    return { party, act: act.act, channel, ...(reference && { reference }), enteredBy: enteredBy.official };
  },
  'settle-condition': ({ decisions = {} }, subject) => {
    const found = Object.values(decisions).flatMap(({ party, conditions }) =>
      conditions
        .filter(({ id }) => id === subject)
        .map(({ note }) => ({ party, ...(note !== undefined && { text: note }) })),
    );
    return found[0];
  },
  'attest-facet': facetOf,
  'review-attestation': facetOf,
  'resolve-refutation': facetOf,
  'mediate-objection': ({ decisions = {} }, subject) => {
    const decision = decisions[subject];
    if (!decision) return { party: subject };
    const { party, reason, note, planVersion } = decision;
    return { party, planVersion, ...(reason && { reason }), ...(note !== undefined && { text: note }) };
  },
  'review-hold': ({ holds = [] }, subject) => {
    const hold = holds.find(({ id }) => id === subject);
    return hold && { hold: hold.reason, party: hold.party };
  },
  'report-visit': (_seen, subject) => ({ visit: Number(/\d+$/.exec(subject)?.[0] ?? 1) }),
  'confirm-handover': placeOf,
  'check-recipient-identity': placeOf,
  'confirm-proposal': proposalOf,
  'confirm-urgent-proposal': proposalOf,
};

/** Why the reader, of all who owe it, would be refused: they are the first of the two people it takes. */
function notYouOf(
  { official }: Reader,
  { kind, subject = '' }: InboxEntry,
  state: ReturnCase,
): InboxNotYou | undefined {
  const first: Readonly<Partial<Record<ObligationKind, readonly [InboxNotYou, string | undefined]>>> = {
    'confirm-relay': ['own-relay', state.pendingRelays.find(({ id }) => id === subject)?.enteredBy.official],
    'review-attestation': [
      'own-attestation',
      state.facets[subject as keyof ReturnCase['facets']]?.attestation?.by.official,
    ],
    'confirm-proposal': ['own-proposal', state.proposals?.find(({ id }) => id === subject)?.by.official],
    'confirm-urgent-proposal': [
      'own-proposal',
      state.proposals?.find(({ id }) => id === subject)?.by.official,
    ],
  };
  const [why, by] = first[kind] ?? [];
  return by === official ? why : undefined;
}

/** The entries with the child, what each is about, and whether it is not for this very reader. */
export async function dressEntries({ register }: ApiParts, reader: Reader, entries: readonly InboxEntry[]) {
  const now = new Date().toISOString();
  const ids = [...new Set(entries.map((entry) => entry.case))];
  const dossiers = await register.newestDossiers(ids);
  const asked = [...new Set(entries.filter(({ kind }) => tellers[kind]).map((entry) => entry.case))];
  const loaded = await Promise.all(asked.map((id) => register.load(id)));
  const seen = new Map<CaseId, { readonly state: ReturnCase; readonly view: Seen }>();
  for (const found of loaded)
    if (found) seen.set(found.state.id, { state: found.state, view: await viewOf(found.state) });
  return entries.map((entry) => {
    const dossier = dossiers.get(entry.case);
    const child = dossier && childBriefFor(reader.kind, dossier, now);
    const found = seen.get(entry.case);
    const about = found && tellers[entry.kind]?.(found.view, entry.subject ?? '');
    const notYou = found && notYouOf(reader, entry, found.state);
    return { ...entry, ...(child && { child }), ...(about && { about }), ...(notYou && { notYou }) };
  });

  async function viewOf(state: ReturnCase): Promise<Seen> {
    const told = { decisions: state.decisions, pendingRelays: state.pendingRelays };
    const noteIds = noteIdsIn(told);
    const notes: NoteTexts =
      noteIds.length === 0
        ? new Map()
        : new Map((await register.findNotes(state.id, noteIds)).map((note) => [note.id, note]));
    const papers = papersOf(dossiers.get(state.id), state);
    return caseViewFor(reader, state, { notes, papers });
  }
  function papersOf(dossier: Dossier | undefined, state: ReturnCase) {
    return dossier ? papersFor(reader.kind, dossier, state.recipient.ref) : new Set<string>();
  }
}
