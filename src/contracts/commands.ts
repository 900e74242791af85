/**
 * The commands of officials as an edge accepts them: one strict schema each, free text still in it as text.
 * `test/http/edge/contracts.test.ts` holds them equal to the domain's types. Not here: the system's own commands,
 * which no edge accepts, and the two that carry a dossier (`openCase`, `reviseDossier`), which have routes
 * of their own.
 */
import { z } from 'zod';
import { bedKinds } from '../domain/model/beds';
import {
  closureOutcomes,
  concernOutcomes,
  hearingAnswers,
  holdReasons,
  identifications,
  incidentKinds,
  interimCareKinds,
  recallOutcomes,
  reintegrationNeeds,
  traceAnswers,
  travelNeeds,
  duressOutcomes,
  reopenCaseReasons,
  visitOutcomes,
  holdGrounds,
} from '../domain/model/commands';
import type { CommandOf, CommandType, ReintegrationNeed } from '../domain/model/commands';
import type { movementActs } from '../domain/group/group';
import { doseOutcomes, treatmentKinds, visitorKinds } from '../domain/model/hosting';
import { objectionReasons, relayChannels } from '../domain/model/decisions';
import { paperlessReasons, facets, findings } from '../domain/model/verification';
import { childMilestones, milestones, waysOfTelling } from '../domain/model/telling';
import { companions, modalities } from '../domain/model/plan';
import { snoozeReasons, stalledNexts } from '../domain/model/reminding';
import { telling } from './field-errors';
import { calendarDate, givenDuration as duration, givenInstant as instant, lastDay } from './dates';
import { arrivalCheck, dayNote } from './day-note';
import { languageTag, lineOf, textOf } from './dossier/text';
import { findReference } from '../domain/model/reference';

/** Commands that only Homeward itself gives, through the process. */
export const systemCommands = [
  'observeTime',
  'recordChecks',
  'putPlanToSides',
  'notePlanReached',
  'requestPlace',
  'requestEscort',
  'holdWithSibling',
  'noteClosings',
  'noteMajority',
  'noteSiblings',
  'noteUnlinked',
  'noteSiblingAhead',
  'noteDuplicate',
  'noteAbsence',
  'noteSubstitution',
  'noteOfficerRelieved',
  'noteAddressFault',
  'noteAddressMended',
  'noteAlarmUndelivered',
  'noteAlarmDelivered',
  'noteDuress',
] as const satisfies readonly CommandType[];
/** Commands with a body of their own and thus a route of their own. */
export const commandsWithDossier = ['openCase', 'reviseDossier'] as const satisfies readonly CommandType[];

export const caseIdForm = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;
export const caseIdSchema = z
  .string()
  .regex(caseIdForm, { error: 'must be a case reference such as 7Q2M-4ZK9' })
  .meta({ description: 'Case reference', example: '7Q2M-4ZK9' });
/** As an edge takes one: however it was read out and typed. What comes out of it is the reference as it is kept. */
export const typedCaseId = z
  .string()
  .max(40)
  .transform((text, context) => {
    const id = findReference(text);
    if (id !== undefined) return id;
    context.addIssue({
      code: 'custom',
      message: 'must be a case reference such as 7Q2M-4ZK9',
      ...telling('invalid-format', { form: 'reference' }),
    });
    return z.NEVER;
  })
  .meta({
    description: 'Case reference; small letters, O for 0, I or L for 1 and any hyphen or none are understood',
    example: '7Q2M-4ZK9',
  });
/** Ids of the mechanism, and of holds, relays, conditions and legs, which are the sender's: `coded-ids.ts`. */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, {
  error: 'must be lower-case letters, digits and hyphens, at most 64',
});
const documentRef = z.string().regex(/^doc-[1-9]\d{0,3}$/, { error: 'must look like doc-1' });
const recipientRef = z.string().regex(/^recipient-[1-9]\d{0,2}$/, { error: 'must look like recipient-1' });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be a lower-case hexadecimal SHA-256' });
/** Free text, at the edge only: it is kept apart and the command carries a reference to it. */
const text = textOf(4000).meta({ description: 'Free text; kept apart from the events' });
const note = text.optional();
const evidence = z.array(documentRef).max(50);
const count = z.int().min(1).max(1_000_000);
const conditions = z.array(z.strictObject({ id, note: text })).max(50);
const plan = { planVersion: count, planHash: sha256 };
const objection = { reason: z.enum(objectionReasons), note };
const settlement = { condition: id, outcome: z.enum(['met', 'waived']) };

const conduct = {
  legs: z.array(id).min(1).max(50).meta({ description: 'On which the side will not stop the child' }),
  opens: instant,
  until: instant.meta({ description: 'When it ends by itself' }),
};
const relayedAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('approve'), ...plan, conditions }),
  z.strictObject({ act: z.literal('object'), ...plan, ...objection }),
  z.strictObject({ act: z.literal('withdraw'), note }),
  z.strictObject({ act: z.literal('settle-condition'), ...settlement }),
  z.strictObject({ act: z.literal('approve-recipient'), recipient: recipientRef, note }),
  z.strictObject({ act: z.literal('grant-safe-conduct'), ...conduct }),
  z.strictObject({ act: z.literal('withdraw-safe-conduct'), note }),
]);
export const relaySource = z.strictObject({
  channel: z.enum(relayChannels),
  reference: lineOf(80).meta({ description: 'The reference of the side’s own paper', example: '№ 12/34' }),
  dated: calendarDate,
  documentHash: sha256,
});
const needs = z.array(z.enum(travelNeeds)).max(travelNeeds.length);
const ofAlternate = recipientRef
  .optional()
  .meta({ description: 'An alternate of the plan; the present recipient unless given' });
const planTerms = z.strictObject({
  recipient: recipientRef.nullable().meta({ description: 'Null of an adult who goes home to nobody' }),
  alternates: z
    .array(recipientRef)
    .max(10)
    .optional()
    .meta({ description: 'With whom the child may stay where the recipient can’t take it, in this order' }),
  window: z.strictObject({ from: calendarDate, to: calendarDate }),
  modality: z.enum(modalities),
  site: id.nullable(),
  handoverPlace: id,
  escortParty: id,
  receivingParty: id,
  companions: z.array(z.enum(companions)).max(companions.length),
  carePasses: z
    .discriminatedUnion('where', [
      z.strictObject({ where: z.literal('at-site'), wayIn: id, wayOut: id }),
      z.strictObject({ where: z.enum(['at-border', 'at-home']) }),
    ])
    .optional()
    .meta({
      description:
        'Where the child passes into the care of its recipient; at the handover place unless given',
    }),
});
const leg = z
  .strictObject({
    id,
    from: id,
    to: id,
    departAt: instant,
    arriveAt: instant,
    safePoint: z.literal(true).optional().meta({ description: 'It ends where the child may wait in safety' }),
    checkInEvery: duration.optional(),
  })
  .meta({ id: 'PlannedLeg' });
/** `kind:subject:party@since`, as the inbox lists it. */
const obligation = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w:.@-]+$/, { error: 'must be the key of an obligation, as the inbox lists it' });
/** Given by the record: the act and the instant at which it was proposed. */
const proposalId = z
  .string()
  .regex(/^[a-zA-Z]{1,40}-\d{1,16}$/, { error: 'must be the id of a proposal, as the case lists it' })
  .meta({ example: 'closeCase-1772438400000' });
/** Given by the record: after which visit, or the version of the welfare note. */
const concernId = z
  .string()
  .regex(/^(visit|note)-[1-9]\d{0,6}$/, { error: 'must be the id of a concern, as the case lists it' })
  .meta({ example: 'visit-3' });
const incidentId = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*-[1-9]\d{0,6}$/, { error: 'must be the id of an incident, as the case lists it' })
  .meta({ example: 'security-1' });
/** Given by the record: the version of the case at which it was set. */
const treatmentId = z
  .string()
  .regex(/^treatment-[1-9]\d{0,6}$/, { error: 'must be the id of a treatment, as the case lists it' })
  .meta({ example: 'treatment-12' });
/** Given by the record: the treatment and the instant at which it is due. */
const doseId = z
  .string()
  .regex(/^treatment-[1-9]\d{0,6}-\d{1,16}$/, {
    error: 'must be the id of a dose, as the site’s day lists it',
  })
  .meta({ example: 'treatment-12-1772438400000' });
const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as 08:30' });
/** Of what happens on the road: when it happened, where it was given without a connection. Never after now. */
export const happenedAt = instant.optional().meta({
  description:
    'When it happened, if it could not be sent at once; taken as now where it lies ahead, and as the last sign of life where it lies before that',
});
/** Of a milestone: how it was told, and in which language. */
const toldAs = { how: z.enum(waysOfTelling), language: languageTag, note };
const travelIncident = { kind: z.enum(incidentKinds), at: happenedAt };
/** What is said of a journey, of one child or of all that travel together; without the note, which is of whoever says it. */
const onTheWay = {
  planLegs: { legs: z.array(leg).min(1).max(50) },
  takeIntoCare: { at: happenedAt },
  completeLeg: { leg: id, at: happenedAt },
  reportIncident: travelIncident,
  pauseJourney: travelIncident,
  resumeJourney: {},
  divert: { place: id, ...travelIncident },
  reachSafePoint: { place: id, at: happenedAt },
  arrive: { at: happenedAt },
} as const satisfies Record<(typeof movementActs)[number], z.ZodRawShape>;
const siblings = z.array(typedCaseId).max(20);

const command = <Type extends CommandType, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape }).meta({ id: type });

/** One door for every command of a case. */
export const commandSchema = z.discriminatedUnion('type', [
  command('acknowledgeCase', {}),
  command('assignOfficer', {
    officer: id.meta({ description: 'A case officer or lead of the mediator’s' }),
    deputy: id.optional().meta({ description: 'Another of them; without one nobody is deputy any longer' }),
    note,
  }),
  command('flagDuplicate', { other: typedCaseId }),
  command('settleDuplicate', { other: typedCaseId, verdict: z.enum(['same', 'distinct']), note }),
  command('acceptFile', {}),
  command('reportWhereabouts', { evidence, note }),
  command('answerTrace', {
    answer: z.enum(traceAnswers),
    evidence: evidence.optional(),
    courtDate: calendarDate.optional().meta({ description: 'Of proceedings: when the court sits next' }),
    note,
  }),
  command('traceFurther', { note }),
  command('attestFacet', {
    facet: z.enum(facets),
    recipient: ofAlternate,
    finding: z.enum(findings),
    evidence,
    withoutPapers: z.enum(paperlessReasons).optional(),
    validUntil: lastDay.optional(),
    note,
  }),
  command('reviewAttestation', {
    facet: z.enum(facets),
    recipient: ofAlternate,
    verdict: z.enum(['upheld', 'returned']),
    note,
  }),
  command('reopenFacet', { facet: z.enum(facets), recipient: ofAlternate, note }),
  command('nominateRecipient', { recipient: recipientRef, dossierVersion: count, note }),
  command('approveRecipient', { recipient: recipientRef, note }),
  command('reportRecipientUnavailable', { note }),
  command('recordHearing', {
    recipient: recipientRef
      .optional()
      .meta({ description: 'About whom; absent only of an adult who goes home to nobody' }),
    answer: z.enum(hearingAnswers),
    heardAt: instant.optional().meta({ description: 'When the child was heard, where it is entered later' }),
    note,
  }),
  command('identifyChild', { how: z.enum(identifications), matches: z.boolean(), note }),
  command('determineBestInterests', {
    outcome: z.enum(['return', 'no-return']),
    determination: documentRef,
    note,
  }),
  command('proposePlan', { terms: planTerms }),
  command('approvePlan', { ...plan, conditions }),
  command('objectToPlan', { ...plan, ...objection }),
  command('withdrawApproval', { note }),
  command('relayDecision', { relay: id, party: id, decision: relayedAct, source: relaySource }),
  command('confirmRelay', { relay: id }),
  command('rejectRelay', { relay: id, note }),
  command('repudiateRelay', { relay: id, note }),
  command('settleCondition', { ...settlement, note }),
  command('recordMediation', { party: id, note }),
  command('confirmTravelDocuments', { documents: evidence, validUntil: lastDay }),
  command('confirmCarerPapers', { documents: evidence, permission: documentRef, validUntil: lastDay }),
  command('clearMedically', {
    fit: z.boolean(),
    evidence: evidence.optional(),
    validUntil: calendarDate.optional().meta({
      description: 'At most 90 days ahead; without one it holds to the end of the second day after',
    }),
    needs: needs.optional().meta({ description: 'What the child needs on the way' }),
    note,
  }),
  command('confirmPlace', {
    firstNight: calendarDate
      .optional()
      .meta({ description: 'First night by the site’s calendar; tonight unless given' }),
    leavesOn: calendarDate.optional().meta({ description: 'Day of leaving; open until it is known' }),
    bed: z.enum(bedKinds).optional().meta({ description: 'The kind of bed the child needs' }),
    together: siblings
      .min(1)
      .optional()
      .meta({ description: 'Siblings that wait for the same site: all get beds, or none does' }),
  }),
  command('extendStay', { leavesOn: calendarDate.meta({ description: 'The new day of leaving' }) }),
  command('holdCarerBed', {
    firstNight: calendarDate
      .optional()
      .meta({ description: 'First night by the site’s calendar; tonight unless given' }),
    leavesOn: calendarDate.meta({ description: 'Day of leaving' }),
  }),
  command('releaseCarerBed', {}),
  command('declinePlace', { note }),
  command('assignEscort', { escort: id }),
  command('confirmCrew', {
    has: needs.meta({ description: 'Who travels along, and what is in the car' }),
    escorts: z.int().min(1).max(20),
    children: z.int().min(1).max(50).meta({ description: 'How many travel together' }),
    note,
  }),
  command('planLegs', { ...onTheWay.planLegs, note }),
  command('grantSafeConduct', { ...conduct, note }),
  command('withdrawSafeConduct', { note }),
  command('recordArrival', {
    site: id.optional().meta({ description: 'Where the child is; without it, where a place was asked for' }),
  }),
  command('checkArrival', { ...arrivalCheck, note }),
  command('writeWelfareNote', {
    wellbeing: z.enum(['well', 'concern']),
    ...dayNote,
    note,
  }),
  command('recordVisitor', {
    kind: z.enum(visitorKinds),
    at: instant.optional().meta({ description: 'When, where it is entered later' }),
    note: note.meta({ description: 'Who it was, and how it went; kept apart from the events' }),
  }),
  command('setTreatment', {
    kind: z.enum(treatmentKinds),
    times: z
      .array(timeOfDay)
      .min(1)
      .max(24)
      .meta({ description: 'By the clocks of the site', example: ['08:00', '20:00'] }),
    firstDay: calendarDate.optional().meta({ description: 'By the site’s calendar; today unless given' }),
    lastDay: calendarDate.optional().meta({ description: 'Open until it is known' }),
    note: text.meta({ description: 'What, how much and how; kept apart from the events' }),
  }),
  command('endTreatment', { treatment: treatmentId, note }),
  command('recordDose', {
    dose: doseId,
    outcome: z.enum(doseOutcomes),
    at: instant
      .optional()
      .meta({ description: 'When, where it is entered later; at most an hour before it is due' }),
    note,
  }),
  command('depart', {}),
  command('giveIntoCare', { note }),
  command('takeIntoCare', { ...onTheWay.takeIntoCare, note }),
  command('checkIn', { place: id.optional(), at: happenedAt, note }),
  command('completeLeg', onTheWay.completeLeg),
  command('reportIncident', { ...onTheWay.reportIncident, note }),
  command('answerIncident', {
    incident: incidentId,
    note: text.meta({ description: 'What is done about it' }),
  }),
  command('pauseJourney', { ...onTheWay.pauseJourney, note }),
  command('resumeJourney', { ...onTheWay.resumeJourney, note }),
  command('divert', { ...onTheWay.divert, note }),
  command('reachSafePoint', { ...onTheWay.reachSafePoint, note }),
  command('decideRecall', { outcome: z.enum(recallOutcomes), note }),
  command('arrive', onTheWay.arrive),
  command('reportMedicalEmergency', { note }),
  command('resolveMedicalEmergency', { fitToTravel: z.boolean(), note }),
  command('checkRecipientIdentity', { matches: z.boolean(), documentHash: sha256, note }),
  command('confirmHandover', {}),
  command('confirmOwnArrival', { note }),
  command('placeInInterimCare', { kind: z.enum(interimCareKinds), place: id, note }),
  command('reportVisit', {
    visit: z.int().min(1).max(1000),
    outcome: z.enum(visitOutcomes),
    alone: z.boolean().optional().meta({ description: 'Whether the child was spoken with alone' }),
    note,
  }),
  command('planReintegration', {
    owner: id.meta({ description: 'Party that sees to it' }),
    ...(Object.fromEntries(
      reintegrationNeeds.map((need) => [
        need,
        calendarDate.optional().meta({ description: 'By when it is seen to' }),
      ]),
    ) as Record<ReintegrationNeed, z.ZodOptional<typeof calendarDate>>),
    note,
  }),
  command('tellFamily', { of: z.enum(milestones), ...toldAs }),
  command('tellChild', { of: z.enum(childMilestones), ...toldAs }),
  command('resolveConcern', { concern: concernId, outcome: z.enum(concernOutcomes), note }),
  command('placeHold', { hold: id, reason: z.enum(holdReasons), reviewBy: calendarDate.optional(), note }),
  command('reviewHold', { hold: id, reviewBy: calendarDate, note }),
  command('liftHold', { hold: id, ground: z.enum(holdGrounds).optional(), note }),
  command('withdrawRequest', { note }),
  command('reinstateRequest', { note }),
  command('linkSiblings', { siblings: siblings.min(1) }),
  command('unlinkSiblings', { siblings: siblings.min(1), note: text }),
  command('waiveSiblingUnity', { determination: documentRef, waiver: documentRef, note }),
  command('markUrgent', { medicallyUrgent: z.boolean(), note }),
  command('recordOwnConsent', { given: z.boolean(), document: documentRef, note }),
  command('moveMechanism', { version: count }),
  command('closeCase', { outcome: z.enum(closureOutcomes), evidence: evidence.optional(), note }),
  command('reopenCase', { reason: z.enum(reopenCaseReasons), note }),
  command('confirmProposal', { proposal: proposalId }),
  command('rejectProposal', { proposal: proposalId, note }),
  command('acknowledgeObligation', { obligation, until: instant }),
  command('snoozeObligation', { obligation, until: instant, reason: z.enum(snoozeReasons), note }),
  command('reviewStalledCase', { next: z.enum(stalledNexts), reviewBy: calendarDate, note }),
  command('mendAddress', { party: id, official: id.optional() }),
  command('passOnAlarm', { party: id, official: id, note }),
  command('answerDuress', { official: id, outcome: z.enum(duressOutcomes), note }),
]);

/** A command as its sender writes it: every `note` is text, not yet a reference. */
const act = <const Type extends keyof typeof onTheWay>(type: Type) =>
  z.strictObject({ type: z.literal(type), ...onTheWay[type] });
/** One of them, said of all children of a movement. */
export const movementActSchema = z
  .discriminatedUnion('type', [
    ...([act('planLegs'), act('takeIntoCare'), act('completeLeg'), act('reportIncident')] as const),
    ...([
      act('pauseJourney'),
      act('resumeJourney'),
      act('divert'),
      act('reachSafePoint'),
      act('arrive'),
    ] as const),
  ])
  .meta({ id: 'MovementAct', example: { type: 'completeLeg', leg: 'leg-1' } });

export type EdgeCommand = z.output<typeof commandSchema>;
export type OfficialCommandType = Exclude<
  CommandType,
  (typeof systemCommands)[number] | (typeof commandsWithDossier)[number]
>;
/** The domain's commands that the door takes. */
export type OfficialCommand = CommandOf<OfficialCommandType>;

/** The dossier-free facts of an opening; the rest of `openCase` follows from the dossier itself. */
export const openingFactsSchema = z.strictObject({
  requestingParty: id,
  holdingParty: id,
  recipient: recipientRef,
  medicallyUrgent: z.boolean().default(false),
  siblings: siblings.default([]),
});
