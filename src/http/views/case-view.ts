/**
 * Which parts of a case each kind of party reads, and in which form: an allow-list, deny by default,
 * exhaustive by the compiler. Notes and people are shown by their own rules, wherever they stand.
 */
import type { z } from 'zod';
import type { AsGiven } from '../../contracts/http/as-given';
import type { caseStateShape } from '../../contracts/http/case';
import { textFields } from '../../contracts/http/notes';
import type { ReturnCase } from '../../domain/model/case';
import { readsConcern, readsProposal, versionFor } from '../../domain/readers/event-readers';
import type { Decision } from '../../domain/model/decisions';
import type { DocumentRef, NoteId, PartyId } from '../../domain/model/ids';
import type { PartyKind } from '../../domain/model/parties';
import type { Concern } from '../../domain/model/case';
import type { Proposal } from '../../domain/model/proposals';
import type { Reader } from '../../auth/official-directory';
import { readsWholeDossier } from './dossier-view';
import { file, sides, carers, nurses, ward, everyone, nobody } from '../../domain/readers/audiences';

/** What a reader may be told of a case's state. */
type CaseState = AsGiven<z.ZodObject<typeof caseStateShape>>;

export const caseReaders = {
  id: everyone,
  mechanism: everyone,
  version: everyone,
  stage: everyone,
  stageSince: everyone,
  openedAt: everyone,
  openedBy: everyone,
  // The instant of whatever was done last, that a reader may not read too.
  lastProgressAt: file,
  requestingParty: everyone,
  holdingParty: everyone,
  dossier: sides,
  dossierBasis: nobody,
  recipient: everyone,
  medicallyUrgent: everyone,
  acknowledgedAt: sides,
  officer: ['mediator'],
  officerLeftAt: nobody,
  duplicates: file,
  fileAcceptedAt: sides,
  locatedAt: sides,
  trace: sides,
  facets: sides,
  alternateFacets: sides,
  hearings: everyone,
  presence: everyone,
  bestInterests: sides,
  checks: file,
  plan: everyone,
  planPutToSidesAt: sides,
  planReached: sides,
  decisions: sides,
  decisionCounts: nobody,
  pendingRelays: sides,
  relays: sides,
  preparingSince: sides,
  lastMediationAt: sides,
  travelDocuments: carers,
  carerPapers: carers,
  pastCrossings: nobody,
  medical: carers,
  placeRequest: [...sides, 'host'],
  stay: carers,
  arrivalCheck: ward,
  dailyNote: ward,
  treatments: nurses,
  visitors: ward,
  carerBed: carers,
  escortRequest: [...sides, 'escort'],
  escort: everyone,
  legs: everyone,
  legsPlannedAt: everyone,
  grantedLegs: everyone,
  safeConducts: carers,
  safeConductEndedAt: nobody,
  safeConductSaid: nobody,
  journey: everyone,
  // It may be another child's reference.
  movement: nobody,
  recall: everyone,
  handover: [...sides, 'escort', 'receiving'],
  reunion: everyone,
  interimCare: everyone,
  reintegration: [...file, 'receiving'],
  familyTold: [...file, 'receiving'],
  childTold: everyone,
  concerns: everyone,
  visits: [...file, 'receiving'],
  holds: everyone,
  requestWithdrawnAt: everyone,
  // Of those whose cases are theirs: who is hosted together lies together.
  siblings: [...sides, 'host'],
  siblingWaiver: sides,
  siblingsAhead: ['mediator'],
  majority: sides,
  ladderSteps: nobody,
  pauses: ['mediator'],
  expiriesNoted: nobody,
  proposals: everyone,
  stalledSince: file,
  stalledReview: ['mediator'],
  addressFaults: ['mediator'],
  unheardAlarms: ['mediator'],
  duress: ['mediator'],
  closure: everyone,
  readership: nobody,
  closings: everyone,
  asides: nobody,
} as const satisfies Record<keyof ReturnCase, readonly PartyKind[]>;

export const readsField = (kind: PartyKind, field: keyof ReturnCase): boolean =>
  (caseReaders[field] as readonly PartyKind[]).includes(kind);

/** A note with who wrote it, as far as a reader's rule needs to know. */
export interface ReadableNote {
  readonly party: PartyId;
  readonly text: string;
  readonly inNameOf?: PartyId;
}
export type NoteTexts = ReadonlyMap<NoteId, ReadableNote>;
/** What a value refers to, as far as this reader may know of it. */
export interface Readable {
  readonly notes: NoteTexts;
  readonly papers: ReadonlySet<DocumentRef>;
}

/**
 * The case as this reader sees it, notes replaced by their text where the reader may read it. The reference to
 * the dossier stands in `dossierVersion` and `dossierHash`, since the dossier itself is answered beside it.
 */
export function caseViewFor(reader: Reader, state: ReturnCase, readable: Readable): CaseState {
  const { dossier, ...rest } = state;
  const seen = Object.entries(rest).filter(([key]) => readsField(reader.kind, key as keyof ReturnCase));
  const shaped = seen.map(([key, value]) => [key, shapeField(reader, key as keyof ReturnCase, value)]);
  return {
    // Shaped field by field: that the schema describes what comes of it is compared type by type in answers-exact.
    ...(redactFor(Object.fromEntries(shaped), reader, readable) as CaseState),
    version: versionFor(reader, state),
    ...(readsField(reader.kind, 'dossier') && { dossierVersion: dossier.version }),
    ...(readsWholeDossier(reader.kind) && { dossierHash: dossier.hash }),
  };
}

/** How a relay reached the mediator is between the mediator and that side; others see that it was relayed. */
function shapeField(reader: Reader, key: keyof ReturnCase, value: unknown): unknown {
  const maySeeSource = (party: PartyId): boolean => reader.kind === 'mediator' || reader.party === party;
  if (key === 'decisions') {
    const decisions = Object.entries(value as ReturnCase['decisions']);
    return Object.fromEntries(
      decisions.map(([party, decision]) => [
        party,
        decision.relay && !maySeeSource(party) ? { ...decision, relay: relayMark(decision.relay) } : decision,
      ]),
    );
  }
  if (key === 'planReached') {
    // How another side's letters go, and that one did not, is not theirs to know.
    const theirs = Object.entries(value ?? {}).filter(([party]) => maySeeSource(party));
    return theirs.length > 0 ? Object.fromEntries(theirs) : undefined;
  }
  if (key === 'pendingRelays' || key === 'relays')
    return (value as readonly { party: PartyId }[]).filter(({ party }) => maySeeSource(party));
  if (key === 'proposals') {
    const theirs = (value as readonly Proposal[]).filter(
      (proposal) =>
        reader.kind === 'mediator' ||
        proposal.by.party === reader.party ||
        readsProposal(reader.kind, proposal),
    );
    // An empty list would tell of those that are for others.
    return theirs.length > 0 ? theirs : undefined;
  }
  if (key === 'concerns') {
    const theirs = (value as readonly Concern[]).filter((concern) => readsConcern(reader, concern));
    return theirs.length > 0 ? theirs : undefined;
  }
  return value;
}
const relayMark = ({ id }: NonNullable<Decision['relay']>) => ({ id });

/**
 * Walks any JSON: an official of another party becomes the party alone, unless the mediator reads; a note
 * becomes its text if the reader's party wrote it or the mediator reads, and else is left out.
 */
export function redactFor(value: unknown, reader: Reader, readable: Readable, isShared = false): unknown {
  if (Array.isArray(value)) return value.map((entry) => redactFor(entry, reader, readable, isShared));
  if (typeof value !== 'object' || value === null) return value;
  if (isActor(value)) return actorFor(value, reader);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => {
      if (key === 'dossier' && isDossierRef(entry) && !readsWholeDossier(reader.kind))
        return [[key, { version: entry.version }]];
      if (isPaperField(key)) return papersIn(key, entry, readable);
      if (!textFields.includes(key))
        return [[key, redactFor(entry, reader, readable, sharedNotes[key]?.includes(reader.kind))]];
      const note = readable.notes.get(entry as NoteId);
      if (!note && key === 'reference' && !noteIdForm.test(String(entry))) return [[key, entry]];
      const isTheirs = note && (isShared || isReadable(note, reader));
      return isTheirs ? [[key, note.text]] : [];
    }),
  );
}

/** Fields of commands, events and the case that refer to papers of the dossier. */
const paperFields: readonly string[] = [
  'evidence',
  'documents',
  'determination',
  'waiver',
  'document',
  'sourceDocument',
];
const isPaperField = (key: string): boolean => paperFields.includes(key);

/** Of a list those that the reader may know of; a single one that they may not is left out. */
function papersIn(key: string, value: unknown, { papers }: Readable): [string, unknown][] {
  if (Array.isArray(value)) return [[key, value.filter((ref) => papers.has(ref as DocumentRef))]];
  return papers.has(value as DocumentRef) ? [[key, value]] : [];
}

/** As `derived-ids.ts` makes them; a reference of 0.1 was its own words. */
const noteIdForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * What was written to be read by others, too: a condition by whoever decides on the plan and whoever must meet it; what a
 * child is to get by whoever hosts it now, or takes it home.
 */
const sharedNotes: Readonly<Record<string, readonly PartyKind[]>> = { conditions: sides, treatments: nurses };

/** Its own, and what was written in its name. */
const isReadable = ({ party, inNameOf }: ReadableNote, reader: Reader): boolean =>
  reader.kind === 'mediator' || reader.party === party || reader.party === inNameOf;

/** A hash is of the whole: whoever may not read all of it gets none, as those of before have no salt. */
const isDossierRef = (value: unknown): value is { version: number; hash: string } =>
  typeof value === 'object' && value !== null && 'version' in value && 'hash' in value;

interface ActorLike {
  readonly official: string;
  readonly party: PartyId;
  readonly roles: readonly string[];
}
const isActor = (value: object): value is ActorLike =>
  'official' in value && 'party' in value && 'roles' in value;
const actorFor = ({ official, party }: ActorLike, reader: Reader): object =>
  reader.kind === 'mediator' || reader.party === party ? { party, official } : { party };

/** Every note a value refers to. */
export function noteIdsIn(value: unknown): NoteId[] {
  if (Array.isArray(value)) return value.flatMap(noteIdsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    textFields.includes(key) && typeof entry === 'string' ? [entry] : noteIdsIn(entry),
  );
}
