/**
 * What a task of the inbox is about, so that a person need not open the case to know it: out of the case as its reader
 * sees it, so that a row tells nothing that the case would not.
 */
import type { Reader } from '../../auth/official-directory';
import type { caseViewSchema } from '../../contracts/http/answers';
import type { AsGiven } from '../../contracts/http/as-given';
import type { InboxAbout, InboxNotYou } from '../../contracts/http/briefs';
import type { ReturnCase } from '../../domain/model/case';
import type { CaseId, PartyId } from '../../domain/model/ids';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { Facet } from '../../domain/model/verification';
import type { InboxEntry } from '../../record/reads/inbox-entries';
import type { CaseRecord } from '../../record/record';
import { caseViewFor, noteIdsIn, readsField } from './case-view';
import type { NoteTexts } from './case-view';
import { childBriefFor } from './child-brief';
import type { ChildBrief } from './child-brief';
import { papersFor } from './dossier-view';
import { findKnownCases } from './other-cases';
import type { KnownCases } from './other-cases';

/** The parts of a case’s view that tasks are about; fields the reader may not see are not there. */
type Seen = Partial<
  Pick<
    AsGiven<typeof caseViewSchema>,
    'decisions' | 'pendingRelays' | 'facets' | 'plan' | 'holds' | 'proposals' | 'journey'
  >
>;
type Tell = (seen: Seen, subject: string) => InboxAbout | undefined;

const planOf: Tell = ({ plan }) =>
  plan && { planVersion: plan.version, ...(plan.version > 1 && { replaces: plan.version - 1 }) };
const proposalOf: Tell = ({ proposals = [] }, subject) => {
  const proposal = proposals.find(({ id }) => id === subject);
  return proposal && { command: proposal.act.type, party: proposal.by.party };
};
const facetOf: Tell = ({ facets }, subject) => {
  const facet = subject as Facet;
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
  'answer-incident': ({ journey }, subject) => {
    const found = journey?.incidents?.find(({ id }) => id === subject);
    return found && { incident: found.kind };
  },
  'report-visit': (_seen, subject) => ({ visit: Number(/\d+$/.exec(subject)?.[0] ?? 1) }),
  'confirm-handover': placeOf,
  'check-recipient-identity': placeOf,
  'confirm-proposal': proposalOf,
  'confirm-urgent-proposal': proposalOf,
};

/** Why the reader, of all who owe it, would be refused: they are the first of the two people it takes. */
const attesterOfAlternate = (found: ReturnCase['alternateFacets'], subject: string): string | undefined => {
  const [ref = '', facet] = subject.split(':');
  const state = found?.[ref]?.[facet as Facet];
  return state?.status === 'attested' ? state.attestation?.by.official : undefined;
};

function notYouOf(
  { official }: Reader,
  { kind, subject = '' }: InboxEntry,
  { pendingRelays, facets, alternateFacets, proposals = [] }: ReturnCase,
): InboxNotYou | undefined {
  const proposer = () => proposals.find(({ id }) => id === subject)?.by.official;
  const attested: Readonly<Partial<Record<string, ReturnCase['facets'][Facet]>>> = facets;
  const first: Readonly<Partial<Record<ObligationKind, readonly [InboxNotYou, () => string | undefined]>>> = {
    'confirm-relay': ['own-relay', () => pendingRelays.find(({ id }) => id === subject)?.enteredBy.official],
    'review-attestation': ['own-attestation', () => attested[subject]?.attestation?.by.official],
    // Whoever heard the child does not weigh what the child said.
    'verify-alternate': ['own-attestation', () => attesterOfAlternate(alternateFacets, subject)],
    'determine-best-interests': ['own-attestation', () => facets['childs-view'].attestation?.by.official],
    'confirm-proposal': ['own-proposal', proposer],
    'confirm-urgent-proposal': ['own-proposal', proposer],
  };
  const [why, by] = first[kind] ?? [];
  return by?.() === official ? why : undefined;
}

/** An entry as an inbox shows it. */
export type DressedEntry = Omit<InboxEntry, 'siblings'> & {
  readonly siblings?: readonly CaseId[];
  readonly child?: ChildBrief;
  readonly about?: InboxAbout;
  readonly notYou?: InboxNotYou;
};
/** For one reader; what it needs is read already. */
export type Dresser = (reader: Reader) => (entry: InboxEntry) => DressedEntry;
export type DescribeEntries = (
  readers: readonly Reader[],
  entries: readonly InboxEntry[],
) => Promise<Dresser>;

/** Reads once what these entries are about, for however many readers: the child, the task, whether it is not for them. */
export const createEntryDescriber =
  (record: CaseRecord): DescribeEntries =>
  async (readers, entries) => {
    const now = new Date().toISOString();
    const ids = [...new Set(entries.map((entry) => entry.case))];
    const asked = [...new Set(entries.filter(isToBeTold).map((entry) => entry.case))];
    const [dossiers, loaded, known] = await Promise.all([
      record.newestDossiers(ids),
      Promise.all(asked.map((id) => record.load(id))),
      knownTo(record, readers, entries),
    ]);
    const told = new Map<CaseId, { readonly state: ReturnCase; readonly notes: NoteTexts }>();
    for (const found of loaded)
      if (found) told.set(found.state.id, { state: found.state, notes: await notesOf(record, found.state) });

    return (reader) => {
      const views = new Map<CaseId, Seen>();
      const viewOf = (state: ReturnCase, notes: NoteTexts): Seen => {
        const dossier = dossiers.get(state.id);
        const papers = dossier ? papersFor(reader.kind, dossier, state.recipient.ref) : new Set<string>();
        const view = views.get(state.id) ?? caseViewFor(reader, state, { notes, papers });
        views.set(state.id, view);
        return view;
      };
      const seesSiblings = readsField(reader.kind, 'siblings');
      return ({ siblings, ...entry }) => {
        const dossier = dossiers.get(entry.case);
        const child = dossier && childBriefFor(reader.kind, dossier, now);
        const found = told.get(entry.case);
        const about = found && tellers[entry.kind]?.(viewOf(found.state, found.notes), entry.subject ?? '');
        const notYou = found && notYouOf(reader, { siblings, ...entry }, found.state);
        const theirs = siblings.filter((id) => known.get(reader.party)?.has(id));
        return {
          ...entry,
          ...(child && { child }),
          ...(seesSiblings && theirs.length > 0 && { siblings: theirs }),
          ...(about && { about }),
          ...(notYou && { notYou }),
        };
      };
    };
  };

const isToBeTold = ({ kind }: InboxEntry): boolean =>
  tellers[kind] !== undefined || kind === 'determine-best-interests';

/** By party: of the siblings named those whose cases are theirs. */
async function knownTo(
  record: CaseRecord,
  readers: readonly Reader[],
  entries: readonly InboxEntry[],
): Promise<ReadonlyMap<PartyId, KnownCases>> {
  const siblings = entries.flatMap((entry) => entry.siblings);
  const byParty = new Map(readers.map((reader) => [reader.party, reader]));
  const known = await Promise.all(
    [...byParty].map(
      async ([party, reader]) => [party, await findKnownCases(record, reader, siblings)] as const,
    ),
  );
  return new Map(known);
}

async function notesOf(record: CaseRecord, { id, decisions, pendingRelays }: ReturnCase): Promise<NoteTexts> {
  const ids = noteIdsIn({ decisions, pendingRelays });
  const notes = ids.length === 0 ? [] : await record.findNotes(id, ids);
  return new Map(notes.map((note) => [note.id, note]));
}
