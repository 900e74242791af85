/**
 * Every command of one child's return, imperative. Free text never stands in a command: it is deposited as a
 * note first, because commands travel through Temporal. Who may send which, and when: `command-table.ts`.
 */
import { isWithdrawal } from './decisions';
import type { BedKind } from './beds';
import type { ArrivalCheck, DayNote, DoseOutcome, TreatmentPlan, VisitorKind } from './hosting';
import type { ObjectionReason, RelayedAct, RelaySource } from './decisions';
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
import type { PaperKind } from './dossier-facts';
import type { MechanismRef } from './mechanism';
import type { Actor } from './parties';
import type { PaperlessReason, Facet, Finding } from './verification';
import type { PlanTerms } from './plan';
import type { ChildMilestone, Milestone, WayOfTelling } from './telling';
import type { AddressChannel, SnoozeReason, StalledNext, UnheardAlarm } from './reminding';
import type { Duration, Instant, LastDay, LocalDate } from '../calendar/time';

export const closureOutcomes = [
  'reunited',
  'home-alone',
  'no-return',
  'refused',
  'withdrawn',
  'already-home',
  'placed-in-care',
  'deceased',
  'duplicate',
  'other',
] as const;
export type ClosureOutcome = (typeof closureOutcomes)[number];

/** Why a closed case is opened again. */
export const reopenCaseReasons = [
  'closed-in-error',
  'new-information',
  'child-in-danger',
  'request-renewed',
  'other',
] as const;
export type ReopenCaseReason = (typeof reopenCaseReasons)[number];

export const holdReasons = [
  'safety',
  'health',
  'legal',
  'identity',
  'child-wish',
  'family',
  'security',
  'other',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** What made the hold needless; asked for where the child itself is its reason. */
export const holdGrounds = [
  'child-heard',
  'examined',
  'papers-compared',
  'danger-over',
  'placed-in-error',
  'other',
] as const;
export type HoldGround = (typeof holdGrounds)[number];

export const incidentKinds = [
  'delay',
  'route-blocked',
  'vehicle',
  'documents',
  'lost-documents',
  'turned-back',
  'companion-detained',
  'media',
  'health',
  'security',
  'other',
] as const;
export type IncidentKind = (typeof incidentKinds)[number];
/** Of them those that somebody must see to at once; the others are news for whoever reads the case. */
export const troubles = [
  'vehicle',
  'lost-documents',
  'turned-back',
  'companion-detained',
  'health',
  'security',
] as const satisfies readonly IncidentKind[];
export const isTrouble = (kind: IncidentKind): boolean =>
  (troubles as readonly IncidentKind[]).includes(kind);

export const recallOutcomes = ['continue', 'turn-back', 'shelter'] as const;
/** What people decide after a side withdrew while the child is on the way. */
export type RecallOutcome = (typeof recallOutcomes)[number];

export const visitOutcomes = ['well', 'concern', 'not-met'] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

/** What a child says about living with the recipient. */
export const hearingAnswers = ['willing', 'unsure', 'unwilling', 'too-young'] as const;
export type HearingAnswer = (typeof hearingAnswers)[number];

/** By what somebody who sees a child knows that it is this one. `video`: shown to its family. */
export const identifications = ['photograph', 'features', 'family-knows', 'video'] as const;
export type Identification = (typeof identifications)[number];

/** How a concern about the child ended. */
export const concernOutcomes = ['referred', 'safety-plan', 'moved-to-care', 'unfounded'] as const;
export type ConcernOutcome = (typeof concernOutcomes)[number];

/** What a child needs on the way, or a plan calls for: who travels along, and what is in the car. */
export const travelNeeds = ['medic', 'interpreter', 'companion', 'stretcher', 'oxygen', 'medicine'] as const;
export type TravelNeed = (typeof travelNeeds)[number];
/** What may be missing of a crew; `escort-ratio`: too few escorts for the children who travel together. */
export const crewParts = [...travelNeeds, 'escort-ratio'] as const;
export type CrewPart = (typeof crewParts)[number];

/** What a child that has come home may need. */
export const reintegrationNeeds = [
  'papers',
  'school',
  'medical',
  'status',
  'housing',
  'psychological',
] as const;
export type ReintegrationNeed = (typeof reintegrationNeeds)[number];

/** One thing that a child needs, who sees to it, and by when. */
export interface ReintegrationLine {
  readonly need: ReintegrationNeed;
  readonly owner: PartyId;
  readonly by: LocalDate;
}

/** Who takes a child in while nobody it can stay with is there. */
export const interimCareKinds = ['foster-family', 'centre', 'hospital', 'relative-not-verified'] as const;
export type InterimCareKind = (typeof interimCareKinds)[number];

/** What the holding side answers where it can't say that the child is found. Source: docs/rules.md, "Tracing". */
export const traceAnswers = [
  'not-found',
  'not-here',
  'of-age',
  'returned',
  'with-parent-here',
  'does-not-wish',
  'under-proceedings',
  'deceased',
] as const;
export type TraceAnswer = (typeof traceAnswers)[number];

/** How a silent alarm ended: they are safe and free, help was called, or the word was written by mistake. */
export const duressOutcomes = ['safe-now', 'help-called', 'by-mistake'] as const;
export type DuressOutcome = (typeof duressOutcomes)[number];

/** Days left before the 18th birthday at which officials are told; 0 is the birthday. */
export const majorityMilestones = [180, 90, 30, 0] as const;
export type MajorityMilestone = (typeof majorityMilestones)[number];

/** One stretch of the journey. */
export interface Leg {
  readonly id: string;
  readonly from: PlaceId;
  readonly to: PlaceId;
  readonly departAt: Instant;
  readonly arriveAt: Instant;
  /** It ends where the child may wait in safety. */
  readonly safePoint?: true;
  /** Longest time between two check-ins on this leg: the mechanism's when absent, and no longer than that. */
  readonly checkInEvery?: Duration;
}

/** From where to where, as a leg goes. */
export type Stretch = Pick<Leg, 'from' | 'to'>;

/** Facts the checks of a dossier report: codes and references, never the personal data they speak of. */
export interface CheckFinding {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'blocking';
  readonly document?: DocumentRef;
  readonly recipient?: RecipientRef;
  /** Which written form of the recipient's name, or without one of the child's, counted from 1. */
  readonly form?: number;
  /* At a border: for which paper and where; days for which it holds, and for which it would have to. */
  readonly paper?: PaperKind;
  readonly place?: PlaceId;
  readonly holds?: number;
  readonly needed?: number;
}

interface CommandPayloads {
  openCase: {
    requestingParty: PartyId;
    holdingParty: PartyId;
    dossier: { version: number; hash: Sha256 };
    recipient: RecipientRef;
    whereaboutsKnown: boolean;
    medicallyUrgent: boolean;
    siblings: readonly CaseId[];
  };
  acknowledgeCase: object;
  /** Whose case it is at the mediator’s; without a deputy nobody is one any longer. */
  assignOfficer: { officer: OfficialId; deputy?: OfficialId; note?: NoteId };
  flagDuplicate: { other: CaseId };
  settleDuplicate: { other: CaseId; verdict: 'same' | 'distinct'; note?: NoteId };
  acceptFile: object;
  reportWhereabouts: { evidence: readonly DocumentRef[]; note?: NoteId };
  /** `courtDate`: of proceedings, when the court sits next. */
  answerTrace: {
    answer: TraceAnswer;
    evidence?: readonly DocumentRef[];
    courtDate?: LocalDate;
    note?: NoteId;
  };
  /** The mediator contests the answer, or asks to look further; the note says why and where. */
  traceFurther: { note?: NoteId };
  /* `recipient`: of an alternate whom the plan names; without one, of the present recipient. */
  attestFacet: {
    facet: Facet;
    recipient?: RecipientRef;
    finding: Finding;
    evidence: readonly DocumentRef[];
    /** Why it is confirmed without any paper, where the facet allows that. */
    withoutPapers?: PaperlessReason;
    validUntil?: LastDay;
    note?: NoteId;
  };
  reviewAttestation: {
    facet: Facet;
    recipient?: RecipientRef;
    verdict: 'upheld' | 'returned';
    note?: NoteId;
  };
  reopenFacet: { facet: Facet; recipient?: RecipientRef; note?: NoteId };
  nominateRecipient: { recipient: RecipientRef; dossierVersion: number; note?: NoteId };
  /** A deciding side agrees to a person whom the plan does not name, nominated while the child is on the way. */
  approveRecipient: { recipient: RecipientRef; note?: NoteId };
  reportRecipientUnavailable: { note?: NoteId };
  /** Alone with an interviewer; without a recipient of an adult who goes home to nobody. `heardAt`: where it is entered later. Of one too young the note says what was observed. */
  recordHearing: { recipient?: RecipientRef; answer: HearingAnswer; heardAt?: Instant; note?: NoteId };
  /** By whoever sees the child: whether it is this one. Papers are another question, that of the facet `identity`. */
  identifyChild: { how: Identification; matches: boolean; note?: NoteId };
  determineBestInterests: { outcome: 'return' | 'no-return'; determination: DocumentRef; note?: NoteId };
  reviseDossier: { dossier: { version: number; hash: Sha256 }; facets: readonly Facet[]; material: boolean };
  proposePlan: { terms: PlanTerms };
  approvePlan: {
    planVersion: number;
    planHash: Sha256;
    conditions: readonly { id: string; note: NoteId }[];
  };
  objectToPlan: {
    planVersion: number;
    planHash: Sha256;
    reason: ObjectionReason;
    note?: NoteId;
  };
  withdrawApproval: { note?: NoteId };
  relayDecision: { relay: string; party: PartyId; decision: RelayedAct; source: RelaySource };
  confirmRelay: { relay: string };
  rejectRelay: { relay: string; note?: NoteId };
  repudiateRelay: { relay: string; note?: NoteId };
  settleCondition: { condition: string; outcome: 'met' | 'waived'; note?: NoteId };
  recordMediation: { party: PartyId; note?: NoteId };
  confirmTravelDocuments: { documents: readonly DocumentRef[]; validUntil: LastDay };
  /** Of the carer who comes to the site: their papers, and what permits them to come and to leave with the child. */
  confirmCarerPapers: {
    documents: readonly DocumentRef[];
    permission: DocumentRef;
    validUntil: LastDay;
  };
  /** By the mediator: with an outside doctor's certificate as evidence, and a second person. */
  clearMedically: {
    fit: boolean;
    evidence?: readonly DocumentRef[];
    validUntil?: LocalDate;
    /** What the child needs on the way, found by whoever clears it. */
    needs?: readonly TravelNeed[];
    note?: NoteId;
  };
  /**
   * `bed`: the child needs one of this kind. `together`: siblings that wait for the same site get beds with this child, or
   * none does.
   */
  confirmPlace: { firstNight?: LocalDate; leavesOn?: LocalDate; bed?: BedKind; together?: readonly CaseId[] };
  extendStay: { leavesOn: LocalDate };
  /** For a relative who comes to the site to fetch the child. Said again, it is for other nights. */
  holdCarerBed: { firstNight?: LocalDate; leavesOn: LocalDate };
  releaseCarerBed: object;
  declinePlace: { note?: NoteId };
  assignEscort: { escort: OfficialId };
  /** Who and what is ready for this journey; `children`: how many travel together. */
  confirmCrew: { has: readonly TravelNeed[]; escorts: number; children: number; note?: NoteId };
  planLegs: { legs: readonly Leg[]; note?: NoteId };
  /** A deciding side will not stop the child on these legs, in these hours. */
  grantSafeConduct: { legs: readonly string[]; opens: Instant; until: Instant; note?: NoteId };
  withdrawSafeConduct: { note?: NoteId };
  /** Where the child is, whatever was planned; without a site the one that was asked for a place. */
  recordArrival: { site?: SiteId };
  /** The note is for the child's own words. */
  checkArrival: ArrivalCheck & { note?: NoteId };
  writeWelfareNote: { wellbeing: 'well' | 'concern'; note?: NoteId } & DayNote;
  /** Somebody came to see the child; `at`: when, where it is entered later. */
  recordVisitor: { kind: VisitorKind; at?: Instant; note?: NoteId };
  /** From the first day on, today unless said. Changed by ending it and setting another: no dose is read by two plans. */
  setTreatment: Omit<TreatmentPlan, 'firstDay'> & { firstDay?: LocalDate };
  endTreatment: { treatment: string; note?: NoteId };
  /** `at`: when, where it is entered later. Said again, it was otherwise than said before. */
  recordDose: { dose: string; outcome: DoseOutcome; at?: Instant; note?: NoteId };
  /** Permission to leave. The journey begins when the escort has the child. */
  depart: object;
  /* The two hands of a transfer of care: who had the child, and who has it now. */
  giveIntoCare: { note?: NoteId };
  takeIntoCare: { at?: Instant; note?: NoteId };
  /* `at`, of what happens on the road: when it happened, where it was given without a connection and sent later. */
  checkIn: { place?: PlaceId; at?: Instant; note?: NoteId };
  completeLeg: { leg: string; at?: Instant };
  reportIncident: { kind: IncidentKind; at?: Instant; note?: NoteId };
  pauseJourney: { kind: IncidentKind; at?: Instant; note?: NoteId };
  /** The mediator has seen it: the note says what is done about it. */
  answerIncident: { incident: string; note: NoteId };
  resumeJourney: { note?: NoteId };
  /** Off the planned way, to where the child is safe; the journey waits. */
  divert: { place: PlaceId; kind: IncidentKind; at?: Instant; note?: NoteId };
  reachSafePoint: { place: PlaceId; at?: Instant; note?: NoteId };
  decideRecall: { outcome: RecallOutcome; note?: NoteId };
  arrive: { at?: Instant };
  reportMedicalEmergency: { note?: NoteId };
  resolveMedicalEmergency: { fitToTravel: boolean; note?: NoteId };
  checkRecipientIdentity: { matches: boolean; documentHash: Sha256; note?: NoteId };
  confirmHandover: object;
  /** At the door, in their own words: an adult who came home and whom nobody is to take. */
  confirmOwnArrival: { note?: NoteId };
  /** Where the child can't be handed over: who takes it in, and in which place. */
  placeInInterimCare: { kind: InterimCareKind; place: PlaceId; note?: NoteId };
  /** `alone`: whether the child was spoken with alone. */
  reportVisit: { visit: number; outcome: VisitOutcome; alone?: boolean; note?: NoteId };
  /** What the child needs in its new home, by whom, and by when each; what was said before of the same is replaced. */
  planReintegration: { owner: PartyId; note?: NoteId } & Partial<Record<ReintegrationNeed, LocalDate>>;
  /* `language`: BCP 47, as the dossier has it. What is kept is that somebody was told, by whom and how. */
  tellFamily: { of: Milestone; how: WayOfTelling; language: string; note?: NoteId };
  tellChild: { of: ChildMilestone; how: WayOfTelling; language: string; note?: NoteId };
  resolveConcern: { concern: string; outcome: ConcernOutcome; note?: NoteId };
  placeHold: { hold: string; reason: HoldReason; reviewBy?: LocalDate; note?: NoteId };
  reviewHold: { hold: string; reviewBy: LocalDate; note?: NoteId };
  liftHold: { hold: string; ground?: HoldGround; note?: NoteId };
  withdrawRequest: { note?: NoteId };
  reinstateRequest: { note?: NoteId };
  linkSiblings: { siblings: readonly CaseId[] };
  /** They are no siblings after all; `note` says why. */
  unlinkSiblings: { siblings: readonly CaseId[]; note: NoteId };
  waiveSiblingUnity: { determination: DocumentRef; waiver: DocumentRef; note?: NoteId };
  markUrgent: { medicallyUrgent: boolean; note?: NoteId };
  recordOwnConsent: { given: boolean; document: DocumentRef; note?: NoteId };
  moveMechanism: { version: number };
  closeCase: { outcome: ClosureOutcome; evidence?: readonly DocumentRef[]; note?: NoteId };
  reopenCase: { reason: ReopenCaseReason; note?: NoteId };
  /* The second person's word on an act that one alone may not do. */
  confirmProposal: { proposal: string };
  rejectProposal: { proposal: string; note?: NoteId };
  /* About an obligation, named by its key. */
  acknowledgeObligation: { obligation: string; until: Instant };
  snoozeObligation: { obligation: string; until: Instant; reason: SnoozeReason; note?: NoteId };
  reviewStalledCase: { next: StalledNext; reviewBy: LocalDate; note?: NoteId };
  /** An official's address; without one, the party's webhook. */
  mendAddress: { party: PartyId; official?: OfficialId };
  /** They were told of an alarm some other way: by telephone, or in person. */
  passOnAlarm: { party: PartyId; official: OfficialId; note?: NoteId };
  /** What was found of somebody who signalled that they did not speak freely. */
  answerDuress: { official: OfficialId; outcome: DuressOutcome; note?: NoteId };

  /* The system's own, through the same door. */
  observeTime: object;
  recordChecks: { dossierVersion: number; planVersion: number; findings: readonly CheckFinding[] };
  putPlanToSides: { planVersion: number };
  notePlanReached: { party: PartyId; planVersion: number; sentAt: Instant };
  requestPlace: { planVersion: number };
  requestEscort: { planVersion: number };
  noteClosings: { mechanismVersion: number };
  noteMajority: { daysLeft: MajorityMilestone };
  /** A bed beside the sibling's, held by one word for all of them. */
  holdWithSibling: { sibling: CaseId; firstNight?: LocalDate; leavesOn?: LocalDate };
  /** What another case said of this one: a link binds both. */
  noteSiblings: { siblings: readonly CaseId[] };
  noteUnlinked: { siblings: readonly CaseId[] };
  /** That sibling may go without this child, which follows. */
  noteSiblingAhead: { sibling: CaseId };
  noteDuplicate: { other: CaseId; verdict?: 'same' | 'distinct'; closed?: true };
  noteAbsence: { absence: string; official: OfficialId; party: PartyId; deputy: OfficialId; until: Instant };
  noteSubstitution: { official: OfficialId; party: PartyId; by?: OfficialId };
  /** Case officer or deputy no more: still there, without the role. */
  noteOfficerRelieved: { official: OfficialId };
  noteAddressFault: { party: PartyId; official?: OfficialId; channel: AddressChannel; code: string };
  noteAddressMended: { party: PartyId; official?: OfficialId };
  noteAlarmUndelivered: { receivers: readonly UnheardAlarm[] };
  noteAlarmDelivered: { receivers: readonly Pick<UnheardAlarm, 'party' | 'official'>[] };
  noteDuress: { party: PartyId; official: OfficialId };
}

export type CommandType = keyof CommandPayloads;
export type Command = {
  [Type in CommandType]: { readonly type: Type } & Readonly<CommandPayloads[Type]>;
}[CommandType];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;

/** One command as it travels: through HTTP's edge, Temporal and into the record. No personal data. */
export interface CommandEnvelope extends Envelope<Command> {
  readonly case: CaseId;
}

/** What a command of any kind of stream travels in. */
export interface Envelope<AnyCommand extends { readonly type: string }> {
  readonly id: CommandId;
  /** The stream: a case, or a group by its own id. The name is older than groups. */
  readonly case: string;
  readonly actor: Actor;
  readonly command: AnyCommand;
  /** The version the sender saw. Refused as stale when the case moved on; ignored for holds and withdrawals. */
  readonly expectedVersion?: number;
  /** The same, as the sender is told it: the number of events they may read. `event-readers.ts`. */
  readonly expectedSeen?: number;
  /** Absent from seals of release 0.1 and of the system's own commands. */
  readonly sealing?: Sealing;
  /** The edge's seal over the rest; the record refuses an official's command without a valid one. */
  readonly seal?: string;
}

/** What a seal says of itself. */
export interface Sealing {
  /** The version of the mechanism by which the edge found the sender in office. */
  readonly mechanism: MechanismRef;
  /** Which key sealed it, so that a seal whose key was taken out of use is known from a wrong one. */
  readonly key?: string;
  /** Not recorded from this instant on. A hold or a withdrawal is, as long as its sender is in office. */
  readonly until: Instant;
}

/** Commands that are never refused for stage, staleness or an unreachable engine. docs/rules.md, never-rule 3. */
export const unrefusable = [
  'placeHold',
  'withdrawApproval',
  'withdrawSafeConduct',
  'withdrawRequest',
  'repudiateRelay',
] as const satisfies readonly CommandType[];
type ToldApart = { readonly type: string; readonly decision?: { readonly act?: string } };
export const isUnrefusable = ({ type, decision }: ToldApart): boolean =>
  (unrefusable as readonly string[]).includes(type) ||
  (type === 'relayDecision' && isWithdrawal(decision?.act));

/** What keeps a child from going on: never turned away for asking too often, nor behind what can wait. */
const alarms: readonly string[] = [
  'reportMedicalEmergency',
  'pauseJourney',
  'divert',
  'reachSafePoint',
] satisfies CommandType[];
export const isUrgent = (command: ToldApart): boolean =>
  isUnrefusable(command) || alarms.includes(command.type);
