/**
 * Every command of one child's return, imperative. Free text never stands in a command: it is deposited as a
 * note first, because commands travel through Temporal. Who may send which, and when: `command-table.ts`.
 */
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
import type { MechanismRef } from './mechanism';
import type { Actor } from './parties';
import type { PaperlessReason, Facet, Finding } from './verification';
import type { PlanTerms } from './plan';
import type { AddressChannel, SnoozeReason, StalledNext, UnheardAlarm } from './reminding';
import type { Duration, Instant, LastDay, LocalDate } from '../calendar/time';

export const closureOutcomes = [
  'reunited',
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

/** Who takes a child in while nobody it can stay with is there. */
export const interimCareKinds = ['foster-family', 'centre', 'hospital', 'relative-not-verified'] as const;
export type InterimCareKind = (typeof interimCareKinds)[number];

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

/** Facts the checks of a dossier report: codes and references, never the personal data they speak of. */
export interface CheckFinding {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'blocking';
  readonly document?: DocumentRef;
  readonly recipient?: RecipientRef;
  /** Which written form of the recipient's name, or without one of the child's, counted from 1. */
  readonly form?: number;
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
  flagDuplicate: { other: CaseId };
  settleDuplicate: { other: CaseId; verdict: 'same' | 'distinct'; note?: NoteId };
  acceptFile: object;
  reportWhereabouts: { evidence: readonly DocumentRef[]; note?: NoteId };
  attestFacet: {
    facet: Facet;
    finding: Finding;
    evidence: readonly DocumentRef[];
    /** Why it is confirmed without any paper, where the facet allows that. */
    withoutPapers?: PaperlessReason;
    validUntil?: LastDay;
    note?: NoteId;
  };
  reviewAttestation: { facet: Facet; verdict: 'upheld' | 'returned'; note?: NoteId };
  reopenFacet: { facet: Facet; note?: NoteId };
  nominateRecipient: { recipient: RecipientRef; dossierVersion: number; note?: NoteId };
  reportRecipientUnavailable: { note?: NoteId };
  /** Alone with an interviewer. `heardAt`: where it is entered later. Of one too young the note says what was observed. */
  recordHearing: { recipient: RecipientRef; answer: HearingAnswer; heardAt?: Instant; note?: NoteId };
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
  /** By the mediator: with an outside doctor's certificate as evidence, and a second person. */
  clearMedically: { fit: boolean; evidence?: readonly DocumentRef[]; validUntil?: LocalDate; note?: NoteId };
  confirmPlace: object;
  declinePlace: { note?: NoteId };
  assignEscort: { escort: OfficialId };
  planLegs: { legs: readonly Leg[]; note?: NoteId };
  /** Where the child is, whatever was planned; without a site the one that was asked for a place. */
  recordArrival: { site?: SiteId };
  writeWelfareNote: { wellbeing: 'well' | 'concern'; note?: NoteId };
  depart: object;
  /* `at`, of what happens on the road: when it happened, where it was given without a connection and sent later. */
  checkIn: { place?: PlaceId; at?: Instant; note?: NoteId };
  completeLeg: { leg: string; at?: Instant };
  reportIncident: { kind: IncidentKind; at?: Instant; note?: NoteId };
  pauseJourney: { kind: IncidentKind; at?: Instant; note?: NoteId };
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
  /** Where the child can't be handed over: who takes it in, and in which place. */
  placeInInterimCare: { kind: InterimCareKind; place: PlaceId; note?: NoteId };
  /** `alone`: whether the child was spoken with alone. */
  reportVisit: { visit: number; outcome: VisitOutcome; alone?: boolean; note?: NoteId };
  resolveConcern: { concern: string; outcome: ConcernOutcome; note?: NoteId };
  placeHold: { hold: string; reason: HoldReason; reviewBy?: LocalDate; note?: NoteId };
  reviewHold: { hold: string; reviewBy: LocalDate; note?: NoteId };
  liftHold: { hold: string; ground?: HoldGround; note?: NoteId };
  withdrawRequest: { note?: NoteId };
  reinstateRequest: { note?: NoteId };
  linkSiblings: { siblings: readonly CaseId[] };
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

  /* The system's own, through the same door. */
  observeTime: object;
  recordChecks: { dossierVersion: number; planVersion: number; findings: readonly CheckFinding[] };
  putPlanToSides: { planVersion: number };
  requestPlace: { planVersion: number };
  requestEscort: { planVersion: number };
  noteMajority: { daysLeft: MajorityMilestone };
  /** What another case said of this one: a link binds both. */
  noteSiblings: { siblings: readonly CaseId[] };
  noteDuplicate: { other: CaseId; verdict?: 'same' | 'distinct'; closed?: true };
  noteAbsence: { absence: string; official: OfficialId; party: PartyId; deputy: OfficialId; until: Instant };
  noteSubstitution: { official: OfficialId; party: PartyId; by?: OfficialId };
  noteAddressFault: { party: PartyId; official?: OfficialId; channel: AddressChannel; code: string };
  noteAddressMended: { party: PartyId; official?: OfficialId };
  noteAlarmUndelivered: { receivers: readonly UnheardAlarm[] };
  noteAlarmDelivered: { receivers: readonly Pick<UnheardAlarm, 'party' | 'official'>[] };
}

export type CommandType = keyof CommandPayloads;
export type Command = {
  [Type in CommandType]: { readonly type: Type } & Readonly<CommandPayloads[Type]>;
}[CommandType];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;

/** One command as it travels: through HTTP's edge, Temporal and into the record. No personal data. */
export interface CommandEnvelope {
  readonly id: CommandId;
  readonly case: CaseId;
  readonly actor: Actor;
  readonly command: Command;
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
  'withdrawRequest',
  'repudiateRelay',
] as const satisfies readonly CommandType[];
type ToldApart = { readonly type: string; readonly decision?: { readonly act?: string } };
export const isUnrefusable = ({ type, decision }: ToldApart): boolean =>
  (unrefusable as readonly string[]).includes(type) ||
  (type === 'relayDecision' && decision?.act === 'withdraw');

/** What keeps a child from going on: never turned away for asking too often, nor behind what can wait. */
const alarms: readonly string[] = [
  'reportMedicalEmergency',
  'pauseJourney',
  'divert',
  'reachSafePoint',
] satisfies CommandType[];
export const isUrgent = (command: ToldApart): boolean =>
  isUnrefusable(command) || alarms.includes(command.type);
