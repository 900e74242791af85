/** An event as its reader sees it; who reads which, `domain/event-readers.ts` says. */
import { readsEvent } from '../domain/event-readers';
import type { RecordedEvent } from '../domain/events';
import type { Reader } from '../auth/official-directory';
import { dress } from './case-view';
import type { Readable } from './case-view';
import { withoutHiddenCases } from './other-cases';
import type { KnownCases } from './other-cases';

<<<<<<< HEAD
=======
const file = ['mediator', 'requesting'] as const;
const sides = [...file, 'holding', 'consenting'] as const;
const carers = [...sides, 'host', 'escort'] as const;
const everyone = [...carers, 'receiving'] as const;

export const eventReaders = {
  CaseOpened: sides,
  StageEntered: everyone,
  CaseAcknowledged: sides,
  DuplicateFlagged: file,
  DuplicateSettled: file,
  DuplicateClosed: file,
  FileAccepted: sides,
  WhereaboutsReported: sides,
  FacetAttested: sides,
  AttestationUpheld: sides,
  AttestationReturned: sides,
  FacetReopened: sides,
  RecipientNominated: sides,
  RecipientUnavailable: everyone,
  BestInterestsDetermined: sides,
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
  PlaceDeclined: carers,
  PlaceReleased: carers,
  EscortAssigned: everyone,
  LegsPlanned: everyone,
  ArrivedAtSite: carers,
  WelfareNoted: carers,
  Departed: everyone,
  CheckedIn: everyone,
  LegCompleted: everyone,
  IncidentReported: everyone,
  JourneyPaused: everyone,
  JourneyResumed: everyone,
  TurnedBack: everyone,
  JourneyEnded: everyone,
  ArrivedAtHandover: everyone,
  MedicalEmergencyReported: everyone,
  MedicalEmergencyResolved: everyone,
  RecipientIdentified: [...sides, 'receiving', 'escort'],
  HandoverConfirmed: [...sides, 'receiving', 'escort'],
  HandedOver: everyone,
  VisitReported: [...file, 'receiving'],
  HoldPlaced: everyone,
  HoldReviewed: everyone,
  HoldLifted: everyone,
  RequestWithdrawn: everyone,
  SiblingsLinked: sides,
  SiblingUnityWaived: sides,
  UrgencyMarked: everyone,
  MajorityNoted: sides,
  OwnConsentRecorded: sides,
  MechanismMoved: sides,
  CaseClosed: everyone,
  CaseReopened: everyone,
  FileChecked: file,
  PlanPutToSides: sides,
  PlaceRequested: [...sides, 'host'],
  EscortRequested: [...sides, 'escort'],
  LadderStepTaken: ['mediator'],
  CaseStalled: sides,
  ActProposed: ['mediator'],
  ProposalConfirmed: ['mediator'],
  ProposalRejected: ['mediator'],
  ExpiryNoted: sides,
  ObligationAcknowledged: ['mediator'],
  ObligationSnoozed: ['mediator'],
  StalledCaseReviewed: ['mediator'],
  AbsenceNoted: ['mediator'],
  OfficialSubstituted: ['mediator'],
  AddressFailed: ['mediator'],
  AddressMended: ['mediator'],
  AlarmUndelivered: ['mediator'],
  AlarmPassedOn: ['mediator'],
} as const satisfies Record<EventType, readonly PartyKind[]>;

const readsEvent = (kind: PartyKind, type: EventType): boolean =>
  (eventReaders[type] as readonly PartyKind[]).includes(kind);

/** What waits for a second person is between who proposed it, who may confirm it, and the mediator. */
const proposals: readonly EventType[] = ['ActProposed', 'ProposalConfirmed', 'ProposalRejected'];

function isOfTheirProposal({ party, kind }: Reader, { actor, event }: RecordedEvent): boolean {
  if (!proposals.includes(event.type)) return false;
  const isSender = 'party' in actor && actor.party === party;
  const isProposer = 'party' in event && event.party === party;
  return isSender || isProposer || ('second' in event && mayBeAsked(kind, event));
}

/** What a party's own people said of its own duties, and who stands in for whom there: theirs to read, too. */
const ownAffairs: readonly EventType[] = [
  'ObligationAcknowledged',
  'ObligationSnoozed',
  'AbsenceNoted',
  'OfficialSubstituted',
];

function isOwnAffair({ party }: Reader, { actor, event }: RecordedEvent): boolean {
  if (!ownAffairs.includes(event.type)) return false;
  return 'party' in event ? event.party === party : 'party' in actor && actor.party === party;
}

>>>>>>> nine
/** One entry of the timeline, or undefined when this reader does not see it. */
export function eventViewFor(
  reader: Reader,
  recorded: RecordedEvent,
  {
    place,
    known,
    ...readable
  }: Readable & {
    /** How many events they may read up to this one. */
    readonly place: number;
    readonly known: KnownCases;
  },
): Record<string, unknown> | undefined {
  const { at, actor, event } = recorded;
  if (!readsEvent(reader, recorded)) return undefined;
  const [seen] = withoutHiddenCases([shapeEvent(event, reader)], known) as object[];
  if (!seen || saysNothing(event, seen)) return undefined;
  const shaped = dress(seen, reader, readable) as object;
  return { version: place, at, by: dress(actor, reader, readable), ...shaped };
}

/** A link of which the reader may know no end. */
const saysNothing = ({ type }: RecordedEvent['event'], seen: object): boolean =>
  type === 'SiblingsLinked' && 'siblings' in seen && (seen.siblings as readonly string[]).length === 0;

/**
 * The source of a relay stays between the mediator and the side it speaks for. Who confirmed a handover is told
 * apart from the official who sent it, which is every entry's `by`.
 */
function shapeEvent(event: RecordedEvent['event'], reader: Reader): object {
  if (event.type === 'HandoverConfirmed') return { type: event.type, confirmedBy: event.by };
  if (event.type !== 'DecisionRelayed') return event;
  if (reader.kind === 'mediator' || reader.party === event.party) return event;
  const { type, relay, party, decision } = event;
  return { type, relay, party, act: decision.act };
}
