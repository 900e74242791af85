/**
 * The state of one case as it is sent. A field that not everybody reads may be left out; who reads which,
 * `http/views/case-view.ts` says. `test/http/edge/answers-exact.test.ts` holds the fields equal to the domain's.
 */
import { z } from 'zod';
import {
  closureOutcomes,
  hearingAnswers,
  holdReasons,
  identifications,
  interimCareKinds,
  recallOutcomes,
  visitOutcomes,
} from '../../domain/model/commands';
import type { Care } from '../../domain/facts/care';
import { decisionActs, decisionLapseReasons, objectionReasons } from '../../domain/model/decisions';
import { planLapseReasons } from '../../domain/model/plan';
import { addressChannels, stalledNexts } from '../../domain/model/reminding';
import { stages } from '../../domain/model/stages';
import { facets, findings, reopenReasons } from '../../domain/model/verification';
import type { Facet } from '../../domain/model/verification';
import { caseIdSchema } from '../commands';
import { checkFinding, divertedSchema, lastPlaceSchema, majorityDays, unheardAlarm } from './case-parts';
import {
  by,
  count,
  date,
  incidentKind,
  instant,
  lastDay,
  leg,
  mechanismRef,
  note,
  officialBy,
  paper,
  papers,
  planContent,
  relayedAct,
  relaySource,
  secondPerson,
  text,
} from './parts';
import { proposedActSchema } from './proposed-act';

const facetState = z
  .strictObject({
    status: z.enum(['open', 'attested', 'settled']),
    since: instant,
    attestation: z
      .strictObject({
        finding: z.enum(findings),
        by: officialBy,
        at: instant,
        dossierVersion: count,
        evidence: papers,
        validUntil: lastDay.optional(),
        note,
      })
      .optional(),
    reviewer: officialBy.optional(),
    reopened: z.enum(reopenReasons).optional(),
  })
  .meta({ id: 'FacetState', description: 'open, attested by one, or settled by a second' });

const conditionState = z
  .strictObject({
    id: text,
    note,
    outcome: z
      .strictObject({
        settled: z.enum(['met', 'waived']),
        at: instant,
        by: officialBy,
        relay: text.optional(),
      })
      .optional()
      .meta({ description: 'Absent: open' }),
  })
  .meta({ id: 'ConditionState' });

const decision = z
  .strictObject({
    party: text,
    act: z.enum(decisionActs),
    planVersion: count,
    planHash: text,
    at: instant,
    by: officialBy,
    sequence: count,
    conditions: z.array(conditionState),
    expiresAt: instant.optional(),
    reason: z.enum(objectionReasons).optional(),
    note,
    relay: z
      .strictObject({ id: text, source: relaySource.optional(), confirmedBy: officialBy.optional() })
      .optional()
      .meta({ description: 'It was relayed; how, to the mediator and that side' }),
    lapsed: z
      .strictObject({ at: instant, reason: z.enum(decisionLapseReasons) })
      .meta({ id: 'LapseOfDecision' })
      .optional(),
  })
  .meta({ id: 'Decision', description: 'The latest of one side' });

const pendingRelay = z
  .strictObject({
    id: text,
    party: text,
    act: relayedAct,
    source: relaySource,
    enteredBy: officialBy,
    at: instant,
  })
  .meta({ id: 'PendingRelay', description: 'Waits for its second mediator' });

const hold = z
  .strictObject({
    id: text,
    party: text,
    by,
    reason: z.enum(holdReasons),
    placedAt: instant,
    reviewedAt: instant.optional(),
    reviewAt: instant,
    renewals: count.optional(),
    note,
  })
  .meta({ id: 'Hold' });

const journey = z
  .strictObject({
    departedAt: instant,
    planVersion: count,
    lastSignAt: instant,
    completedLegs: z.array(text),
    paused: z.strictObject({ since: instant, kind: incidentKind }).meta({ id: 'PauseOnTheRoad' }).optional(),
    turningBack: z.literal(true).optional(),
    arrivedAt: instant.optional(),
    lastPlace: lastPlaceSchema.optional(),
    diverted: divertedSchema.optional(),
  })
  .meta({ id: 'Journey' });

const proposal = z
  .strictObject({ id: text, act: proposedActSchema, second: secondPerson, by: officialBy, at: instant })
  .meta({ id: 'Proposal', description: 'An act that waits for its second person' });

const pause = z
  .strictObject({
    kind: z.enum(['acknowledged', 'snoozed']),
    by: officialBy,
    at: instant,
    until: instant,
    step: count,
    times: count,
  })
  .meta({ id: 'Pause' });

const returnPlan = z
  .strictObject({
    ...planContent,
    hash: text,
    proposedAt: instant,
    lapsed: z.strictObject({ at: instant, reason: z.enum(planLapseReasons) }).optional(),
  })
  .meta({ id: 'ReturnPlan', description: 'The newest version; it may have lapsed' });

const asked = { planVersion: count, at: instant };

const inCareOf = <With extends Care['with'], Shape extends z.ZodRawShape>(who: With, where: Shape) =>
  z.strictObject({ with: z.literal(who), since: instant, ...where });
/** Each who may have a child, with where it then is. */
export const careSchema = z
  .discriminatedUnion('with', [
    inCareOf('unknown', {}),
    inCareOf('present-carer', {}),
    inCareOf('host', { site: text }),
    inCareOf('escort', { place: text.optional(), isSafePoint: z.literal(true).optional() }),
    inCareOf('interim-care', { kind: z.enum(interimCareKinds), place: text }),
    inCareOf('recipient', {}),
  ])
  .meta({
    id: 'Care',
    description:
      'In whose care the child is and where; with an escort, where it was last heard to be. Absent of a closed case',
  });

/** The fields of the domain's `ReturnCase` that somebody reads. */
export const caseStateShape = {
  id: caseIdSchema,
  mechanism: mechanismRef,
  version: count.min(0).meta({ description: 'Number of events so far that you may read' }),
  stage: z.enum(stages),
  stageSince: instant,
  openedAt: instant,
  openedBy: by,
  lastProgressAt: instant.optional(),
  requestingParty: text,
  holdingParty: text,
  recipient: z.strictObject({
    ref: text,
    nominatedAt: instant.optional(),
    unavailableSince: instant.optional(),
  }),
  medicallyUrgent: z.boolean(),
  acknowledgedAt: instant.optional(),
  duplicates: z
    .array(
      z.strictObject({
        other: caseIdSchema,
        since: instant,
        verdict: z.enum(['same', 'distinct']).optional(),
        there: z.literal(true).optional(),
        closed: z.literal(true).optional(),
      }),
    )
    .optional(),
  fileAcceptedAt: instant.optional(),
  locatedAt: instant.optional(),
  facets: z
    .strictObject(
      Object.fromEntries(facets.map((facet) => [facet, facetState])) as Record<Facet, typeof facetState>,
    )
    .meta({ id: 'Facets' })
    .optional(),
  hearings: z
    .array(
      z.strictObject({ recipient: text, answer: z.enum(hearingAnswers), heardAt: instant, by: officialBy }),
    )
    .optional(),
  presence: z
    .strictObject({
      matches: z.boolean(),
      how: z.enum(identifications),
      at: instant,
      by: officialBy,
      mismatchSince: instant.optional(),
    })
    .optional(),
  bestInterests: z
    .strictObject({ outcome: z.enum(['return', 'no-return']), determination: paper, at: instant })
    .optional(),
  checks: z
    .strictObject({ dossierVersion: count, planVersion: count, findings: z.array(checkFinding) })
    .optional(),
  plan: returnPlan.optional(),
  planPutToSidesAt: instant.optional(),
  decisions: z.record(text, decision).optional().meta({ description: 'By side' }),
  pendingRelays: z.array(pendingRelay).optional(),
  relays: z
    .array(
      z.strictObject({
        id: text,
        party: text,
        documentHash: text.optional(),
        planVersion: count.optional(),
        repudiatedAt: instant.optional(),
      }),
    )
    .optional(),
  preparingSince: instant.optional(),
  lastMediationAt: z.record(text, instant).optional().meta({ description: 'By side' }),
  travelDocuments: z
    .strictObject({
      documents: papers,
      validUntil: lastDay,
      at: instant.optional(),
      expiredAt: instant.optional(),
    })
    .optional(),
  medical: z
    .strictObject({
      clearance: z
        .strictObject({
          fit: z.boolean(),
          byClinician: z.literal(true).optional(),
          at: instant,
          validUntil: date.optional(),
          expiredAt: instant.optional(),
        })
        .optional(),
      emergencySince: instant.optional(),
    })
    .optional(),
  placeRequest: z.strictObject({ ...asked, declined: z.literal(true).optional() }).optional(),
  stay: z
    .strictObject({
      site: text,
      status: z.enum(['held', 'occupied']),
      since: instant,
      lastNoteAt: instant.optional(),
      lastWellbeing: z.enum(['well', 'concern']).optional(),
    })
    .meta({ id: 'Stay' })
    .optional(),
  escortRequest: z.strictObject(asked).optional(),
  escort: z.strictObject({ official: text, party: text, since: instant }).optional(),
  legs: z.array(leg),
  grantedLegs: z.array(text).optional(),
  journey: journey.optional(),
  recall: z
    .strictObject({
      since: instant,
      party: text,
      decided: z.enum(recallOutcomes).optional(),
      decidedAt: instant.optional(),
    })
    .optional(),
  handover: z
    .strictObject({
      identity: z.strictObject({ matches: z.boolean(), at: instant, by: officialBy }).optional(),
      confirmedBy: z.array(z.enum(['receiving', 'escort'])),
      at: instant.optional(),
    })
    .optional(),
  interimCare: z.strictObject({ kind: z.enum(interimCareKinds), place: text, since: instant }).optional(),
  concerns: z.array(z.strictObject({ id: text, party: text, since: instant })).optional(),
  visits: z.array(z.strictObject({ visit: count, outcome: z.enum(visitOutcomes), at: instant })).optional(),
  holds: z.array(hold).meta({ description: 'Those that stand' }),
  requestWithdrawnAt: instant.optional(),
  siblings: z.array(caseIdSchema).optional().meta({ description: 'Those that are yours' }),
  siblingWaiver: z
    .strictObject({ determination: paper, waiver: paper, siblings: z.array(caseIdSchema) })
    .optional(),
  majority: z
    .strictObject({
      daysLeft: majorityDays,
      at: instant.optional(),
      ownConsent: z.boolean().optional(),
      consentAt: instant.optional(),
    })
    .optional(),
  pauses: z.record(text, pause).optional().meta({ description: 'By key of the obligation' }),
  proposals: z.array(proposal).optional().meta({ description: 'Absent when none is for you' }),
  stalledSince: instant.optional(),
  stalledReview: z.strictObject({ next: z.enum(stalledNexts), at: instant, reviewAt: instant }).optional(),
  addressFaults: z
    .array(
      z.strictObject({
        party: text,
        official: text.optional(),
        channel: z.enum(addressChannels),
        code: text,
        since: instant,
      }),
    )
    .optional(),
  unheardAlarms: z.array(unheardAlarm.extend({ since: instant })).optional(),
  closure: z.strictObject({ outcome: z.enum(closureOutcomes), at: instant }).optional(),
};
