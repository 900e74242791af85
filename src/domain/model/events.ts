/**
 * Every event of one child's return, past tense: what the record keeps. No personal data and no free text.
 * An event, once released, is never changed in meaning; a new need is a new event type or an optional field.
 */
import type {
  CheckFinding,
  ClosureOutcome,
  ConcernOutcome,
  DuressOutcome,
  Command,
  HearingAnswer,
  HoldReason,
  Identification,
  IncidentKind,
  InterimCareKind,
  Leg,
  MajorityMilestone,
  RecallOutcome,
  ReintegrationLine,
  ReopenCaseReason,
  Stretch,
  TraceAnswer,
  TravelNeed,
  VisitOutcome,
  HoldGround,
} from './commands';
import type { Confirmer } from './case';
import type { ArrivalCheck, DayNote, DoseOutcome, TreatmentPlan, VisitorKind } from './hosting';
import type { Condition, DecisionLapseReason, ObjectionReason, RelayedAct, RelaySource } from './decisions';
import type {
  CaseId,
  CommandId,
  DocumentRef,
  NoteId,
  OfficialId,
  PartyId,
  PlaceId,
  RecipientRef,
  Sha256,
  SiteId,
} from './ids';
import type { Lapsing, PaperlessReason, Facet, Finding, ReopenReason } from './verification';
import type { BedKind } from './beds';
import type { KeptCredential, MovementId } from './escorts';
import type { MechanismRef, Office } from './mechanism';
import type { ObligationKind } from './obligation-kinds';
import type { Actor } from './parties';
import type { PlanContent, PlanLapseReason } from './plan';
import type { SecondPerson } from './proposals';
import type { AddressChannel, SnoozeReason, StalledNext, UnheardAlarm } from './reminding';
import type { Stage } from './stages';
import type { ChildMilestone, Milestone, WayOfTelling } from './telling';
import type { Instant, LastDay, LocalDate } from '../calendar/time';

interface EventPayloads {
  CaseOpened: {
    mechanism: MechanismRef;
    requestingParty: PartyId;
    holdingParty: PartyId;
    dossier: { version: number; hash: Sha256 };
    recipient: RecipientRef;
    whereaboutsKnown: boolean;
    medicallyUrgent: boolean;
    siblings: readonly CaseId[];
  };
  StageEntered: { stage: Stage };
  CaseAcknowledged: object;
  /** `there`: it was the other case that was said to be a duplicate of this one. */
  DuplicateFlagged: { other: CaseId; there?: true };
  DuplicateSettled: { other: CaseId; verdict: 'same' | 'distinct'; note?: NoteId };
  /** The other case was closed as the duplicate: this one goes on. */
  DuplicateClosed: { other: CaseId };
  FileAccepted: object;
  WhereaboutsReported: { evidence: readonly DocumentRef[]; note?: NoteId };
  /** `hold`: the one that waits for the court. */
  TraceAnswered: {
    answer: TraceAnswer;
    evidence?: readonly DocumentRef[];
    courtDate?: LocalDate;
    hold?: string;
    note?: NoteId;
  };
  TraceResumed: { note?: NoteId };
  /* `recipient`: of an alternate whom the plan names; absent of the recipient of that time. */
  FacetAttested: {
    facet: Facet;
    recipient?: RecipientRef;
    finding: Finding;
    dossierVersion: number;
    evidence: readonly DocumentRef[];
    withoutPapers?: PaperlessReason;
    validUntil?: LastDay;
    note?: NoteId;
  };
  AttestationUpheld: { facet: Facet; recipient?: RecipientRef; note?: NoteId };
  AttestationReturned: { facet: Facet; recipient?: RecipientRef; note?: NoteId };
  FacetReopened: { facet: Facet; recipient?: RecipientRef; reason: ReopenReason; note?: NoteId };
  /** `toBeApproved`: on the way, and the plan does not name them. `verified`: what was found of them beforehand and still holds. */
  RecipientNominated: {
    recipient: RecipientRef;
    toBeApproved?: true;
    verified?: readonly Facet[];
    note?: NoteId;
  };
  RecipientApproved: { party: PartyId; recipient: RecipientRef; note?: NoteId; relay?: string };
  RecipientUnavailable: { note?: NoteId };
  /** `heardAt`: before it was entered. */
  ChildHeard: { recipient?: RecipientRef; answer: HearingAnswer; heardAt?: Instant; note?: NoteId };
  ChildIdentified: { how: Identification; matches: boolean; note?: NoteId };
  BestInterestsDetermined: { outcome: 'return' | 'no-return'; determination: DocumentRef; note?: NoteId };
  DossierRevised: {
    dossier: { version: number; hash: Sha256 };
    facets: readonly Facet[];
    material: boolean;
    /** Judged by the table of fields; absent in records of before, whose "not material" is not relied on. */
    byTable?: true;
  };
  PlanProposed: { plan: PlanContent; hash: Sha256 };
  PlanLapsed: { planVersion: number; reason: PlanLapseReason };
  PlanApproved: {
    party: PartyId;
    planVersion: number;
    planHash: Sha256;
    sequence: number;
    conditions: readonly Pick<Condition, 'id' | 'note'>[];
    expiresAt: Instant;
    relay?: string;
  };
  PlanObjected: {
    party: PartyId;
    planVersion: number;
    planHash: Sha256;
    sequence: number;
    reason: ObjectionReason;
    note?: NoteId;
    relay?: string;
  };
  ApprovalWithdrawn: {
    party: PartyId;
    planVersion: number;
    planHash: Sha256;
    sequence: number;
    note?: NoteId;
    relay?: string;
  };
  DecisionLapsed: { party: PartyId; sequence: number; reason: DecisionLapseReason };
  DecisionRelayed: { relay: string; party: PartyId; decision: RelayedAct; source: RelaySource };
  RelayConfirmed: { relay: string; party: PartyId };
  RelayRejected: { relay: string; party: PartyId; note?: NoteId };
  RelayRepudiated: { relay: string; party: PartyId; note?: NoteId };
  ConditionSettled: {
    party: PartyId;
    condition: string;
    outcome: 'met' | 'waived';
    note?: NoteId;
    relay?: string;
  };
  MediationRecorded: { party: PartyId; note?: NoteId };
  RecallRaised: { party: PartyId };
  RecallDecided: { outcome: RecallOutcome; note?: NoteId };
  /** `findings`: what the border file asks for beyond these papers; absent where nothing, and in records of before. */
  TravelDocumentsConfirmed: {
    documents: readonly DocumentRef[];
    validUntil: LastDay;
    findings?: readonly CheckFinding[];
  };
  TravelDocumentsExpired: object;
  /** `needs`: what the child needs on the way; absent where nothing was named, and in records of before. */
  MedicallyCleared: {
    evidence?: readonly DocumentRef[];
    validUntil?: LocalDate;
    needs?: readonly TravelNeed[];
    note?: NoteId;
  };
  ClearanceWithheld: { note?: NoteId };
  ClearanceExpired: object;
  /* Of the site’s calendar; from the day on unless said, and open until somebody knows, as in records of before. */
  PlaceHeld: { site: SiteId; firstNight?: LocalDate; leavesOn?: LocalDate; bed?: BedKind };
  StayExtended: { site: SiteId; leavesOn: LocalDate };
  PlaceDeclined: { site: SiteId; note?: NoteId };
  PlaceReleased: { site: SiteId };
  CarerBedHeld: { site: SiteId; firstNight: LocalDate; leavesOn: LocalDate };
  CarerBedReleased: { site: SiteId };
  /**
   * `transfer`: on the way, the child is to pass to them. `perEscort`: so few children may travel with one escort, as this
   * one is small; absent where it is not, and in records of before. Of the credential what the newest mechanism said then.
   */
  EscortAssigned: { escort: OfficialId; transfer?: true; perEscort?: number } & KeptCredential;
  /** Before the child left: it is not over on the way. */
  EscortCredentialEnded: object;
  CrewConfirmed: { has: readonly TravelNeed[]; escorts: number; children: number; note?: NoteId };
  /** `granted`: legs whose check-ins may be rarer than the mechanism's, as two people agreed; `note` says why. */
  LegsPlanned: { legs: readonly Leg[]; granted?: readonly string[]; note?: NoteId };
  SafeConductGranted: {
    party: PartyId;
    stretches: readonly Stretch[];
    opens: Instant;
    until: Instant;
    relay?: string;
    note?: NoteId;
  };
  SafeConductWithdrawn: { party: PartyId; relay?: string; note?: NoteId };
  /** Of this party what had ended by then. */
  SafeConductLapsed: { party: PartyId };
  ArrivedAtSite: { site: SiteId };
  ArrivalChecked: ArrivalCheck & { note?: NoteId };
  WelfareNoted: { wellbeing: 'well' | 'concern'; note?: NoteId };
  /** Beside it, where more was said than that: of a child's health, so for fewer to read. */
  DayNoted: DayNote;
  /** `happenedAt`: where it was entered later. */
  VisitorRecorded: { kind: VisitorKind; happenedAt?: Instant; note?: NoteId };
  /** It is named after the version of this event. */
  TreatmentSet: TreatmentPlan;
  TreatmentEnded: { treatment: string; note?: NoteId };
  /** `due`: which of its times. `happenedAt`: where it was entered later. */
  DoseRecorded: {
    treatment: string;
    due: Instant;
    outcome: DoseOutcome;
    happenedAt?: Instant;
    note?: NoteId;
  };
  /**
   * `transfer`: whoever has the child gives it into the escort’s care; absent in records of before, where it was at once.
   * `movement`: with which it travels; kept where nobody may be under way with two.
   */
  Departed: { planVersion: number; planHash: Sha256; transfer?: true; movement?: MovementId };
  /* `onBehalf`: said for somebody whose hand it was and who could not. */
  CareGiven: { onBehalf?: true; note?: NoteId };
  CareTaken: { onBehalf?: true; happenedAt?: Instant; note?: NoteId };
  /* `happenedAt`: on the road, before it could be sent; absent where that was at once. */
  CheckedIn: { place?: PlaceId; happenedAt?: Instant; note?: NoteId };
  LegCompleted: { leg: string; happenedAt?: Instant };
  /* `sign`: false where it comes from an escort who does not travel with this child. */
  IncidentReported: { kind: IncidentKind; sign?: false; happenedAt?: Instant; note?: NoteId };
  /* By the mediator; the note says what is done about it. */
  IncidentAnswered: { incident: string; note: NoteId };
  JourneyPaused: { kind: IncidentKind; sign?: false; happenedAt?: Instant; note?: NoteId };
  JourneyResumed: { sign?: false; note?: NoteId };
  /* `unplanned`: no safe point of this journey's plan. */
  Diverted: {
    place: PlaceId;
    kind: IncidentKind;
    unplanned?: true;
    happenedAt?: Instant;
    note?: NoteId;
  };
  SafePointReached: {
    place: PlaceId;
    unplanned?: true;
    happenedAt?: Instant;
    note?: NoteId;
  };
  TurnedBack: object;
  /** Back at a safe point without a hosting site; the child is no longer on the way. */
  JourneyEnded: object;
  ArrivedAtHandover: { happenedAt?: Instant };
  MedicalEmergencyReported: { note?: NoteId };
  MedicalEmergencyResolved: { fitToTravel: boolean; note?: NoteId };
  RecipientIdentified: { matches: boolean; documentHash: Sha256; note?: NoteId };
  HandoverConfirmed: { by: Confirmer };
  HandedOver: { recipient: RecipientRef };
  /** At the site: the child is in the care of its carer, and the way home is theirs. */
  ReunitedAtSite: { recipient: RecipientRef };
  /** The family has come home, and the accompanied journey is over. */
  FamilyHome: object;
  CarerPapersConfirmed: {
    recipient: RecipientRef;
    documents: readonly DocumentRef[];
    permission: DocumentRef;
    validUntil: LastDay;
  };
  /** An adult said that they are home; nobody took them. */
  OwnArrivalConfirmed: { note?: NoteId };
  /** The journey is over, and the child is with nobody it can stay with yet. */
  PlacedInInterimCare: { kind: InterimCareKind; place: PlaceId; note?: NoteId };
  VisitReported: { visit: number; outcome: VisitOutcome; alone?: boolean; note?: NoteId };
  /** `party` owed it. */
  ReintegrationPlanned: { lines: readonly ReintegrationLine[]; note?: NoteId };
  /* `language`: BCP 47. */
  FamilyTold: { of: Milestone; how: WayOfTelling; language: string; note?: NoteId };
  ChildTold: { of: ChildMilestone; how: WayOfTelling; language: string; note?: NoteId };
  ConcernResolved: { concern: string; party: PartyId; outcome: ConcernOutcome; note?: NoteId };
  HoldPlaced: { hold: string; party: PartyId; reason: HoldReason; reviewAt: Instant; note?: NoteId };
  HoldReviewed: { hold: string; reviewAt: Instant; note?: NoteId };
  /** `party` placed it. `by` the mediator where that party had left it unanswered. */
  HoldLifted: { hold: string; party?: PartyId; ground?: HoldGround; by?: 'mediator'; note?: NoteId };
  RequestWithdrawn: { note?: NoteId };
  RequestReinstated: { note?: NoteId };
  SiblingsLinked: { siblings: readonly CaseId[] };
  SiblingsUnlinked: { siblings: readonly CaseId[]; note?: NoteId };
  /** By a waiver that sibling may go without this child, which is to follow. */
  SiblingAhead: { sibling: CaseId };
  /** `siblings`: whom it speaks of. Absent in older records: those that this case named at the time. */
  SiblingUnityWaived: {
    determination: DocumentRef;
    waiver: DocumentRef;
    siblings?: readonly CaseId[];
    note?: NoteId;
  };
  UrgencyMarked: { medicallyUrgent: boolean; note?: NoteId };
  MajorityNoted: { daysLeft: MajorityMilestone };
  OwnConsentRecorded: { given: boolean; document: DocumentRef; note?: NoteId };
  MechanismMoved: { mechanism: MechanismRef };
  /** What is open is judged by this later version of the case's mechanism. */
  ClosingsNoted: { mechanismVersion: number };
  CaseClosed: { outcome: ClosureOutcome; evidence?: readonly DocumentRef[]; note?: NoteId };
  CaseReopened: { reason: ReopenCaseReason; note?: NoteId };

  FileChecked: { dossierVersion: number; planVersion: number; findings: readonly CheckFinding[] };
  PlanPutToSides: { planVersion: number };
  /** `sentAt`: when its first letter about this plan was taken by the side's channel. */
  PlanReachedSide: { party: PartyId; planVersion: number; sentAt: Instant };
  PlaceRequested: { site: SiteId; planVersion: number };
  EscortRequested: { party: PartyId; planVersion: number };
  LadderStepTaken: {
    obligation: string;
    kind: ObligationKind;
    /** Counts from 1 over the obligation's life. */
    step: number;
    act: 'remind' | 'escalate' | 'review';
    party: PartyId;
    office: Office;
    due: Instant;
  };
  CaseStalled: { since: Instant };
  /** Nothing has happened yet: it waits for its second person. */
  ActProposed: { proposal: string; act: Command; second: SecondPerson };
  /**
   * Of the party that proposed it; what the act led to follows in the same command. `second` says who was asked: they
   * read how it ended, too.
   */
  ProposalConfirmed: { proposal: string; party: PartyId; second: SecondPerson };
  /** By the second person, or taken back by who proposed. */
  ProposalRejected: { proposal: string; party: PartyId; second: SecondPerson; note?: NoteId };
  /** Told in time before it lapses. */
  ExpiryNoted: { lapsing: Lapsing; validUntil: LocalDate };

  ObligationAcknowledged: { obligation: string; until: Instant };
  ObligationSnoozed: { obligation: string; until: Instant; reason: SnoozeReason; note?: NoteId };
  StalledCaseReviewed: { next: StalledNext; reviewAt: Instant; note?: NoteId };
  AbsenceNoted: {
    absence: string;
    official: OfficialId;
    party: PartyId;
    deputy: OfficialId;
    until: Instant;
  };
  /** Somebody left for good; `by` takes over, if anybody does. */
  /** `escort`: whoever left was this child's escort, which everybody may know. */
  OfficialSubstituted: {
    official: OfficialId;
    party: PartyId;
    by?: OfficialId;
    escort?: true;
  } & KeptCredential;
  /** Whose case it is from now on; whoever was deputy before is so no longer unless named again. */
  OfficerAssigned: { officer: OfficialId; deputy?: OfficialId; note?: NoteId };
  /** They lost the role without which nobody has a case; the deputy has it, or nobody. */
  OfficerRelieved: { official: OfficialId };
  /** Letters no longer reach this official, or without one this party's webhook. */
  AddressFailed: { party: PartyId; official?: OfficialId; channel: AddressChannel; code: string };
  AddressMended: { party: PartyId; official?: OfficialId };
  /** A letter about the child's safety did not reach these; others are told in their place. */
  AlarmUndelivered: { receivers: readonly UnheardAlarm[] };
  /** They have it by now: the letter came through, or somebody told them. */
  AlarmPassedOn: { receivers: readonly Pick<UnheardAlarm, 'party' | 'official'>[]; note?: NoteId };
  /** Somebody who travels with the child wrote the word that says: I do not say this freely. Nobody near them is shown it. */
  DuressSignalled: { party: PartyId; official: OfficialId };
  DuressAnswered: { official: OfficialId; outcome: DuressOutcome; note?: NoteId };
}

export type EventType = keyof EventPayloads;
export type CaseEvent = {
  [Type in EventType]: { readonly type: Type } & Readonly<EventPayloads[Type]>;
}[EventType];
export type EventOf<Type extends EventType> = Extract<CaseEvent, { type: Type }>;

/** An event as the record keeps it. */
/** One event as the record keeps it, of a case or of any other kind of stream. */
export interface RecordedOf<Event> {
  /** The stream: a case, or a group by its own id. */
  readonly case: string;
  /** Counts the stream's events from 1; equals the stream's version after it. */
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly event: Event;
}
export interface RecordedEvent extends RecordedOf<CaseEvent> {
  readonly case: CaseId;
}

/** Events that are no progress of the case: they do not put off "stalled". docs/rules.md, "Default timeframes". */
export const unsubstantive = [
  'LadderStepTaken',
  'CaseStalled',
  'ExpiryNoted',
  'FileChecked',
  'PlanPutToSides',
  'PlanReachedSide',
  'PlaceRequested',
  'EscortRequested',
  'MajorityNoted',
  'MechanismMoved',
  'ClosingsNoted',
  'SiblingAhead',
  // Routine: a hosted or held case in which nothing else happens stands still.
  'WelfareNoted',
  'DayNoted',
  'VisitorRecorded',
  'ArrivalChecked',
  'TreatmentSet',
  'TreatmentEnded',
  'DoseRecorded',
  'HoldReviewed',
  // Of what has happened; the case is no further for it.
  'FamilyTold',
  'ChildTold',
  // Talk about work rather than work: a promise moves no case, and a stalled one stays stalled.
  'ObligationAcknowledged',
  'ObligationSnoozed',
  'StalledCaseReviewed',
  'AbsenceNoted',
  'OfficialSubstituted',
  'OfficerAssigned',
  'OfficerRelieved',
  'AddressFailed',
  'AddressMended',
  'AlarmUndelivered',
  'AlarmPassedOn',
  'DuressSignalled',
  'DuressAnswered',
  'ActProposed',
  'ProposalRejected',
  // What was confirmed is an event beside it.
  'ProposalConfirmed',
] as const satisfies readonly EventType[];
export const isSubstantive = (event: CaseEvent): boolean =>
  !(unsubstantive as readonly EventType[]).includes(event.type);

/**
 * What the process does and what is said about who does it: news, but no ground of a decision. A form that was opened
 * before a reminder went out is not stale after it.
 */
const asides: readonly EventType[] = [
  'VisitorRecorded',
  'DoseRecorded',
  'LadderStepTaken',
  'SiblingAhead',
  'CaseStalled',
  'PlanPutToSides',
  'PlanReachedSide',
  'PlaceRequested',
  'EscortRequested',
  'ObligationAcknowledged',
  'ObligationSnoozed',
  'StalledCaseReviewed',
  'AbsenceNoted',
  'OfficerAssigned',
  'OfficerRelieved',
  'AddressFailed',
  'AddressMended',
  'AlarmUndelivered',
  'AlarmPassedOn',
  'DuressSignalled',
  'DuressAnswered',
];
export const isAside = (event: CaseEvent): boolean => asides.includes(event.type);
