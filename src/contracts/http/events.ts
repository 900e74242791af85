/**
 * The entries of a timeline: one row per type of event, its fields as they are sent. Exhaustive by the compiler;
 * `test/http/edge/answers-exact.test.ts` holds each row equal to the event of the domain.
 */
import { z } from 'zod';
import { bedKinds } from '../../domain/model/beds';
import {
  closureOutcomes,
  holdReasons,
  identifications,
  majorityMilestones,
  recallOutcomes,
  traceAnswers,
  duressOutcomes,
  reopenCaseReasons,
  visitOutcomes,
  concernOutcomes,
  hearingAnswers,
  interimCareKinds,
  holdGrounds,
} from '../../domain/model/commands';
import { decisionLapseReasons, objectionReasons, relayedActs } from '../../domain/model/decisions';
import type { EventType } from '../../domain/model/events';
import { doseOutcomes, visitorKinds } from '../../domain/model/hosting';
import { lapsings, paperlessReasons, findings, reopenReasons } from '../../domain/model/verification';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { planLapseReasons } from '../../domain/model/plan';
import { addressChannels, snoozeReasons, stalledNexts } from '../../domain/model/reminding';
import { childMilestones, milestones, waysOfTelling } from '../../domain/model/telling';
import { stages } from '../../domain/model/stages';
import { caseIdSchema } from '../commands';
import { arrivalCheck, dayNote } from '../day-note';
import {
  by,
  condition,
  count,
  date,
  dossierRef,
  facet,
  incidentKind,
  instant,
  lastDay,
  leg,
  mechanismRef,
  note,
  office,
  paper,
  papers,
  planContent,
  relayedAct,
  relaySource,
  secondPerson,
  text,
} from './parts';
import {
  checkFinding,
  credential,
  reintegrationLine,
  travelNeedList,
  treatmentPlan,
  unheardAlarm,
} from './case-parts';
import { proposedActSchema } from './proposed-act';
import { unionByType } from './union';

const spoken = { party: text, planVersion: count, planHash: text, sequence: count };
const stretch = { from: text, to: text };
const relayed = { relay: text.optional() };
const sign = z
  .literal(false)
  .optional()
  .meta({ description: 'No sign of life: its sender does not travel along' });
const happenedAt = instant
  .optional()
  .meta({ description: 'On the road, before it could be sent; absent where that was at once' });
const onBehalf = z
  .literal(true)
  .optional()
  .meta({ description: 'Said for somebody whose hand it was and who could not' });
const unplanned = z.literal(true).optional().meta({ description: 'No safe point of this journey’s plan' });
const toldAs = { how: z.enum(waysOfTelling), language: text, note };
const cases = z.array(caseIdSchema).meta({ description: 'Those that are yours' });

export const eventShapes = {
  CaseOpened: {
    mechanism: mechanismRef,
    requestingParty: text,
    holdingParty: text,
    dossier: dossierRef,
    recipient: text,
    whereaboutsKnown: z.boolean(),
    medicallyUrgent: z.boolean(),
    siblings: cases,
  },
  StageEntered: { stage: z.enum(stages) },
  CaseAcknowledged: {},
  DuplicateFlagged: { other: caseIdSchema, there: z.literal(true).optional() },
  DuplicateSettled: { other: caseIdSchema, verdict: z.enum(['same', 'distinct']), note },
  DuplicateClosed: { other: caseIdSchema },
  FileAccepted: {},
  WhereaboutsReported: { evidence: papers, note },
  TraceAnswered: {
    answer: z.enum(traceAnswers),
    evidence: papers.optional(),
    courtDate: date.optional(),
    hold: text.optional().meta({ description: 'The one that waits for the court' }),
    note,
  },
  TraceResumed: { note },
  FacetAttested: {
    facet,
    recipient: text.optional(),
    finding: z.enum(findings),
    dossierVersion: count,
    evidence: papers,
    withoutPapers: z.enum(paperlessReasons).optional(),
    validUntil: lastDay.optional(),
    note,
  },
  AttestationUpheld: { facet, recipient: text.optional(), note },
  AttestationReturned: { facet, recipient: text.optional(), note },
  FacetReopened: { facet, recipient: text.optional(), reason: z.enum(reopenReasons), note },
  RecipientNominated: {
    recipient: text,
    toBeApproved: z
      .literal(true)
      .optional()
      .meta({ description: 'On the way, and the plan does not name them: every deciding side is asked' }),
    verified: z.array(facet).optional().meta({ description: 'Found of them beforehand, and still so' }),
    note,
  },
  RecipientApproved: { party: text, recipient: text, note, ...relayed },
  RecipientUnavailable: { note },
  ChildHeard: {
    recipient: text.optional(),
    answer: z.enum(hearingAnswers),
    heardAt: instant.optional(),
    note,
  },
  ChildIdentified: { how: z.enum(identifications), matches: z.boolean(), note },
  BestInterestsDetermined: { outcome: z.enum(['return', 'no-return']), determination: paper, note },
  DossierRevised: {
    dossier: dossierRef,
    facets: z.array(facet),
    material: z.boolean(),
    byTable: z.literal(true).optional(),
  },
  PlanProposed: { plan: z.strictObject(planContent).meta({ id: 'PlanContent' }), hash: text },
  PlanLapsed: { planVersion: count, reason: z.enum(planLapseReasons) },
  PlanApproved: { ...spoken, conditions: z.array(condition), expiresAt: instant, ...relayed },
  PlanObjected: { ...spoken, reason: z.enum(objectionReasons), note, ...relayed },
  ApprovalWithdrawn: { ...spoken, note, ...relayed },
  DecisionLapsed: { party: text, sequence: count, reason: z.enum(decisionLapseReasons) },
  DecisionRelayed: {
    relay: text,
    party: text,
    act: z.enum(relayedActs),
    decision: relayedAct.optional().meta({ description: 'To the mediator and the side it speaks for' }),
    source: relaySource.optional().meta({ description: 'To the mediator and the side it speaks for' }),
  },
  RelayConfirmed: { relay: text, party: text },
  RelayRejected: { relay: text, party: text, note },
  RelayRepudiated: { relay: text, party: text, note },
  ConditionSettled: {
    party: text,
    condition: text,
    outcome: z.enum(['met', 'waived']),
    note,
    relay: text.optional(),
  },
  MediationRecorded: { party: text, note },
  RecallRaised: { party: text },
  RecallDecided: { outcome: z.enum(recallOutcomes), note },
  TravelDocumentsConfirmed: {
    documents: papers,
    validUntil: lastDay,
    findings: z.array(checkFinding).optional(),
  },
  TravelDocumentsExpired: {},
  MedicallyCleared: {
    evidence: papers.optional(),
    validUntil: date.optional(),
    needs: travelNeedList.optional(),
    note,
  },
  ClearanceWithheld: { note },
  ClearanceExpired: {},
  PlaceHeld: {
    site: text,
    firstNight: date.optional(),
    leavesOn: date.optional(),
    bed: z.enum(bedKinds).optional(),
  },
  StayExtended: { site: text, leavesOn: date },
  PlaceDeclined: { site: text, note },
  PlaceReleased: { site: text },
  CarerBedHeld: { site: text, firstNight: date, leavesOn: date },
  CarerBedReleased: { site: text },
  EscortAssigned: {
    escort: text,
    transfer: z.literal(true).optional().meta({ description: 'On the way, the child is to pass to them' }),
    perEscort: count
      .optional()
      .meta({ description: 'How many children one escort may have in care, where few' }),
    ...credential,
  },
  EscortCredentialEnded: {},
  CrewConfirmed: { has: travelNeedList, escorts: count, children: count, note },
  LegsPlanned: { legs: z.array(leg), granted: z.array(text).optional(), note },
  SafeConductGranted: {
    party: text,
    stretches: z.array(z.strictObject(stretch)),
    opens: instant,
    until: instant,
    ...relayed,
    note,
  },
  SafeConductWithdrawn: { party: text, ...relayed, note },
  SafeConductLapsed: { party: text },
  ArrivedAtSite: { site: text },
  ArrivalChecked: { ...arrivalCheck, note },
  WelfareNoted: { wellbeing: z.enum(['well', 'concern']), note },
  DayNoted: dayNote,
  VisitorRecorded: { kind: z.enum(visitorKinds), happenedAt, note },
  TreatmentSet: treatmentPlan,
  TreatmentEnded: { treatment: text, note },
  DoseRecorded: { treatment: text, due: instant, outcome: z.enum(doseOutcomes), happenedAt, note },
  Departed: {
    planVersion: count,
    planHash: text,
    transfer: z.literal(true).optional().meta({ description: 'The child is to pass into the escort’s care' }),
  },
  CareGiven: { onBehalf, note },
  CareTaken: { onBehalf, happenedAt, note },
  CheckedIn: { place: text.optional(), happenedAt, note },
  LegCompleted: { leg: text, happenedAt },
  IncidentReported: { kind: incidentKind, sign, happenedAt, note },
  IncidentAnswered: { incident: text, note },
  JourneyPaused: { kind: incidentKind, sign, happenedAt, note },
  JourneyResumed: { sign, note },
  Diverted: { place: text, kind: incidentKind, unplanned, happenedAt, note },
  SafePointReached: { place: text, unplanned, happenedAt, note },
  TurnedBack: {},
  JourneyEnded: {},
  ArrivedAtHandover: { happenedAt },
  MedicalEmergencyReported: { note },
  MedicalEmergencyResolved: { fitToTravel: z.boolean(), note },
  RecipientIdentified: { matches: z.boolean(), documentHash: text, note },
  HandoverConfirmed: { confirmedBy: z.enum(['receiving', 'escort', 'host']) },
  HandedOver: { recipient: text },
  OwnArrivalConfirmed: { note },
  ReunitedAtSite: { recipient: text },
  FamilyHome: {},
  CarerPapersConfirmed: { recipient: text, documents: papers, permission: text, validUntil: lastDay },
  PlacedInInterimCare: { kind: z.enum(interimCareKinds), place: text, note },
  VisitReported: { visit: count, outcome: z.enum(visitOutcomes), alone: z.boolean().optional(), note },
  ReintegrationPlanned: { lines: z.array(reintegrationLine), note },
  FamilyTold: { of: z.enum(milestones), ...toldAs },
  ChildTold: { of: z.enum(childMilestones), ...toldAs },
  ConcernResolved: { concern: text, party: text, outcome: z.enum(concernOutcomes), note },
  HoldPlaced: { hold: text, party: text, reason: z.enum(holdReasons), reviewAt: instant, note },
  HoldReviewed: { hold: text, reviewAt: instant, note },
  HoldLifted: {
    hold: text,
    party: text.optional(),
    ground: z.enum(holdGrounds).optional(),
    liftedBy: z
      .literal('mediator')
      .optional()
      .meta({ description: 'In place of the party, which had left it unanswered' }),
    note,
  },
  RequestWithdrawn: { note },
  RequestReinstated: { note },
  SiblingsLinked: { siblings: cases },
  SiblingsUnlinked: { siblings: cases, note },
  SiblingAhead: { sibling: caseIdSchema.optional() },
  SiblingUnityWaived: { determination: paper, waiver: paper, siblings: cases.optional(), note },
  UrgencyMarked: { medicallyUrgent: z.boolean(), note },
  MajorityNoted: { daysLeft: z.literal(majorityMilestones) },
  OwnConsentRecorded: { given: z.boolean(), document: paper, note },
  MechanismMoved: { mechanism: mechanismRef },
  ClosingsNoted: { mechanismVersion: count },
  CaseClosed: { outcome: z.enum(closureOutcomes), evidence: papers.optional(), note },
  CaseReopened: { reason: z.enum(reopenCaseReasons), note },
  FileChecked: { dossierVersion: count, planVersion: count, findings: z.array(checkFinding) },
  PlanPutToSides: { planVersion: count },
  PlanReachedSide: { party: text, planVersion: count, sentAt: instant },
  PlaceRequested: { site: text, planVersion: count },
  EscortRequested: { party: text, planVersion: count },
  LadderStepTaken: {
    obligation: text,
    kind: z.enum(obligationKinds),
    step: count,
    act: z.enum(['remind', 'escalate', 'review']),
    party: text,
    office,
    due: instant,
  },
  CaseStalled: { since: instant },
  ActProposed: { proposal: text, act: proposedActSchema, second: secondPerson },
  ProposalConfirmed: { proposal: text, party: text, second: secondPerson },
  ProposalRejected: { proposal: text, party: text, second: secondPerson, note },
  ExpiryNoted: { lapsing: z.enum(lapsings), validUntil: date },
  ObligationAcknowledged: { obligation: text, until: instant },
  ObligationSnoozed: { obligation: text, until: instant, reason: z.enum(snoozeReasons), note },
  StalledCaseReviewed: { next: z.enum(stalledNexts), reviewAt: instant, note },
  AbsenceNoted: { absence: text, official: text, party: text, deputy: text, until: instant },
  OfficialSubstituted: {
    official: text,
    party: text,
    replacedBy: text.optional().meta({ description: 'Absent: nobody takes over' }),
    escort: z.literal(true).optional(),
    ...credential,
  },
  OfficerAssigned: { officer: text, deputy: text.optional(), note },
  OfficerRelieved: { official: text },
  AddressFailed: { party: text, official: text.optional(), channel: z.enum(addressChannels), code: text },
  AddressMended: { party: text, official: text.optional() },
  AlarmUndelivered: { receivers: z.array(unheardAlarm) },
  DuressSignalled: { party: text, official: text },
  DuressAnswered: { official: text, outcome: z.enum(duressOutcomes), note },
  AlarmPassedOn: { receivers: z.array(z.strictObject({ party: text, official: text })), note },
} satisfies Record<EventType, z.ZodRawShape>;

export const timelineEntrySchema = unionByType(eventShapes, {
  common: {
    version: count.meta({ description: 'Number of events up to this one that you may read' }),
    at: instant,
    by,
  },
  name: (type) => type,
}).meta({ id: 'TimelineEntry', description: 'One event, by its type' });
/** The same before it has a place in the timeline. */
export const foreseenEventSchema = unionByType(eventShapes, { common: { at: instant, by } });
