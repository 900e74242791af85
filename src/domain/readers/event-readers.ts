/**
 * Which events of a case each kind of party reads: an allow-list, exhaustive by the compiler. What a reader may not read
 * does not count for them either: the version of a case, as they are told it, is the number of events they may read.
 */
import type { Readership, ReturnCase } from '../model/case';
import type { EventType, RecordedEvent } from '../model/events';
import type { PartyId } from '../model/ids';
import type { PartyKind } from '../model/parties';
import type { SecondPerson } from '../model/proposals';
import { isLater } from '../model/verification';
import { file, sides, carers, nurses, ward, everyone } from './audiences';

export const eventReaders = {
  CaseOpened: sides,
  StageEntered: everyone,
  CaseAcknowledged: sides,
  DuplicateFlagged: file,
  DuplicateSettled: file,
  DuplicateClosed: file,
  FileAccepted: sides,
  CaseReopened: everyone,
  AlarmPassedOn: ['mediator'],
  DuressSignalled: ['mediator'],
  DuressAnswered: ['mediator'],
  AlarmUndelivered: ['mediator'],
  WhereaboutsReported: sides,
  TraceAnswered: sides,
  TraceResumed: sides,
  FacetAttested: sides,
  AttestationUpheld: sides,
  AttestationReturned: sides,
  FacetReopened: sides,
  RecipientNominated: everyone,
  RecipientApproved: everyone,
  RecipientUnavailable: everyone,
  // The answer; what the child said is a note of the interviewer’s.
  ChildHeard: everyone,
  ChildIdentified: everyone,
  // Whoever stands with the child at the door learns whether it may go on.
  BestInterestsDetermined: everyone,
  DossierRevised: sides,
  PlanProposed: everyone,
  PlanLapsed: everyone,
  PlanApproved: sides,
  PlanObjected: sides,
  ApprovalWithdrawn: sides,
  DecisionLapsed: sides,
  DecisionRelayed: sides,
  RelayConfirmed: sides,
  RelayRejected: sides,
  RelayRepudiated: sides,
  ConditionSettled: sides,
  MediationRecorded: sides,
  RecallRaised: everyone,
  RecallDecided: everyone,
  TravelDocumentsConfirmed: carers,
  TravelDocumentsExpired: carers,
  MedicallyCleared: carers,
  ClearanceWithheld: carers,
  ClearanceExpired: carers,
  PlaceHeld: carers,
  StayExtended: carers,
  PlaceDeclined: carers,
  PlaceReleased: carers,
  CarerBedHeld: carers,
  CarerBedReleased: carers,
  EscortAssigned: everyone,
  EscortCredentialEnded: everyone,
  // The receiving authority too: with what the child comes, it goes on needing at the door.
  CrewConfirmed: everyone,
  LegsPlanned: everyone,
  SafeConductGranted: carers,
  SafeConductWithdrawn: carers,
  SafeConductLapsed: carers,
  ArrivedAtSite: carers,
  WelfareNoted: carers,
  DayNoted: ward,
  ArrivalChecked: ward,
  VisitorRecorded: ward,
  TreatmentSet: nurses,
  TreatmentEnded: nurses,
  DoseRecorded: nurses,
  Departed: everyone,
  CareGiven: everyone,
  CareTaken: everyone,
  CheckedIn: everyone,
  LegCompleted: everyone,
  IncidentReported: everyone,
  IncidentAnswered: everyone,
  JourneyPaused: everyone,
  JourneyResumed: everyone,
  Diverted: everyone,
  SafePointReached: everyone,
  TurnedBack: everyone,
  JourneyEnded: everyone,
  ArrivedAtHandover: everyone,
  MedicalEmergencyReported: everyone,
  MedicalEmergencyResolved: everyone,
  RecipientIdentified: [...sides, 'receiving', 'escort'],
  HandoverConfirmed: [...sides, 'receiving', 'escort'],
  HandedOver: everyone,
  OwnArrivalConfirmed: everyone,
  ReunitedAtSite: everyone,
  FamilyHome: everyone,
  CarerPapersConfirmed: carers,
  PlacedInInterimCare: everyone,
  VisitReported: [...file, 'receiving'],
  // And whoever owed it.
  ReintegrationPlanned: [...file, 'receiving'],
  // Whoever may tell a family reads what it was told; where the child is now, nobody asks.
  FamilyTold: [...file, 'receiving'],
  ChildTold: everyone,
  ConcernResolved: file,
  HoldPlaced: everyone,
  HoldReviewed: everyone,
  HoldLifted: everyone,
  RequestWithdrawn: everyone,
  RequestReinstated: everyone,
  // Its host keeps siblings together, and is told whose they are.
  SiblingsLinked: [...sides, 'host'],
  SiblingsUnlinked: [...sides, 'host'],
  // Which sibling goes ahead is told where that is decided.
  SiblingAhead: ['mediator'],
  SiblingUnityWaived: sides,
  UrgencyMarked: everyone,
  MajorityNoted: sides,
  OwnConsentRecorded: sides,
  MechanismMoved: everyone,
  ClosingsNoted: everyone,
  CaseClosed: everyone,
  FileChecked: file,
  PlanPutToSides: sides,
  // And that side: another may not know how its letters go.
  PlanReachedSide: ['mediator'],
  PlaceRequested: [...sides, 'host'],
  EscortRequested: [...sides, 'escort'],
  LadderStepTaken: ['mediator'],
  // Since whatever was done last, that a side may not read too.
  CaseStalled: file,
  ActProposed: ['mediator'],
  ProposalConfirmed: ['mediator'],
  ProposalRejected: ['mediator'],
  ExpiryNoted: sides,
  ObligationAcknowledged: ['mediator'],
  ObligationSnoozed: ['mediator'],
  StalledCaseReviewed: ['mediator'],
  AbsenceNoted: ['mediator'],
  OfficialSubstituted: ['mediator'],
  OfficerAssigned: ['mediator'],
  OfficerRelieved: ['mediator'],
  AddressFailed: ['mediator'],
  AddressMended: ['mediator'],
} as const satisfies Record<EventType, readonly PartyKind[]>;

/** What waits for a second person is between who proposed it, who may confirm it, and the mediator. */
const proposals: readonly EventType[] = ['ActProposed', 'ProposalConfirmed', 'ProposalRejected'];
/** What a party's own people said of its own duties, who stands in for whom there, what came there: theirs to read, too. */
const ownAffairs: readonly EventType[] = [
  'PlanReachedSide',
  'ObligationAcknowledged',
  'ObligationSnoozed',
  'AbsenceNoted',
  'OfficialSubstituted',
];

/** Whether a party reads that it worries somebody: who saw it, and whoever reads the file. */
export const readsConcern = ({ kind, party }: ReadingParty, concern: { readonly party: PartyId }): boolean =>
  concern.party === party || (file as readonly PartyKind[]).includes(kind);

const readersOfProposal = ({ offices, told = [] }: SecondPerson): readonly PartyKind[] => [
  ...offices.map(({ kind }) => kind),
  ...told,
];

/** Whether a party of this kind reads the proposal, whoever made it. */
export const readsProposal = (kind: PartyKind, { second }: { readonly second: SecondPerson }): boolean =>
  readersOfProposal(second).includes(kind);

/** Who is told what, as far as the tables ask. */
export interface ReadingParty {
  readonly party: PartyId;
  readonly kind: PartyKind;
}
interface Readers {
  readonly kinds: readonly PartyKind[];
  /** Whatever their kind. */
  readonly parties: readonly PartyId[];
}

/** Everybody who reads this event. */
function readersOf({ actor, event }: Pick<RecordedEvent, 'actor' | 'event'>): Readers {
  const isOfEscort = event.type === 'OfficialSubstituted' && event.escort === true;
  const kinds: readonly PartyKind[] = isOfEscort ? everyone : eventReaders[event.type];
  const sender = 'party' in actor ? [actor.party] : [];
  const named = 'party' in event && event.party !== undefined ? [event.party] : [];
  if (ownAffairs.includes(event.type)) return { kinds, parties: named.length > 0 ? named : sender };
  // Who is to say whether the home suits the child reads what becomes of it.
  if ('facet' in event && isLater(event.facet)) return { kinds: [...kinds, 'receiving'], parties: [] };
  if (event.type === 'ConcernResolved') return { kinds, parties: named };
  if (!proposals.includes(event.type)) return { kinds, parties: [] };
  const asked = 'second' in event ? readersOfProposal(event.second) : [];
  return { kinds: [...new Set([...kinds, ...asked])], parties: [...new Set([...sender, ...named])] };
}

const isAmong = ({ kinds, parties }: Readers, { kind, party }: ReadingParty): boolean =>
  kinds.includes(kind) || parties.includes(party);

/** Whether a kind of party reads events of this type, whoever they come from. */
export const readsEventsOf = (kind: PartyKind, type: EventType): boolean =>
  (eventReaders[type] as readonly PartyKind[]).includes(kind);

export const readsEvent = (reader: ReadingParty, recorded: Pick<RecordedEvent, 'actor' | 'event'>): boolean =>
  isAmong(readersOf(recorded), reader);

/** Names the readers of an event; events of the same readers have the same. */
const keyOf = ({ kinds, parties }: Readers): string =>
  `${[...kinds].sort().join('+')}|${[...parties].sort().join('+')}`;
function readersNamed(key: string): Readers {
  const [kinds = '', parties = ''] = key.split('|');
  return { kinds: kinds.split('+') as PartyKind[], parties: parties.split('+') };
}

export function withReaders(known: Readership = {}, recorded: RecordedEvent): Readership {
  const key = keyOf(readersOf(recorded));
  return { ...known, [key]: (known[key] ?? 0) + 1 };
}

/** The version of the case as this reader is told it: as many events as they may read. Of the mediator's, all. */
export const versionFor = (
  reader: ReadingParty,
  { readership = {} }: Pick<ReturnCase, 'readership'>,
): number =>
  Object.entries(readership).reduce(
    (sum, [key, count]) => (isAmong(readersNamed(key), reader) ? sum + count : sum),
    0,
  );
