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
  traceAnswers,
  visitOutcomes,
} from '../../domain/model/commands';
import { transferSources } from '../../domain/model/transfer';
import type { Care } from '../../domain/facts/care';
import { decisionActs, decisionLapseReasons, objectionReasons } from '../../domain/model/decisions';
import { childMilestones, milestones, waysOfTelling } from '../../domain/model/telling';
import { doseOutcomes, visitorKinds } from '../../domain/model/hosting';
import { planLapseReasons } from '../../domain/model/plan';
import { addressChannels, stalledNexts } from '../../domain/model/reminding';
import { stages } from '../../domain/model/stages';
import { facets, findings, firstFacets, reopenReasons } from '../../domain/model/verification';
import type { Facet, FirstFacet } from '../../domain/model/verification';
import { caseIdSchema } from '../commands';
import { arrivalCheck, dayNote } from '../day-note';
import {
  checkFinding,
  divertedSchema,
  lastPlaceSchema,
  majorityDays,
  reintegrationLine,
  credential,
  travelNeedList,
  treatmentPlan,
  unheardAlarm,
} from './case-parts';
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

/** Of one milestone, the last time. */
const toldAs = { since: instant, at: instant, by: officialBy, how: z.enum(waysOfTelling), language: text };

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
    incidents: z
      .array(
        z
          .strictObject({ id: text, kind: incidentKind, since: instant, over: z.literal(true).optional() })
          .meta({ id: 'IncidentOnTheRoad' }),
      )
      .optional()
      .meta({
        description: 'Those that ask for an answer; `over` once there was one, or the child has arrived',
      }),
    turningBack: z.literal(true).optional(),
    arrivedAt: instant.optional(),
    takenAt: instant.optional().meta({ description: 'From when the present escort has the child' }),
    transfer: z
      .strictObject({
        since: instant,
        from: z.enum(transferSources),
        escort: text.optional().meta({ description: 'The escort who gives' }),
        given: officialBy.optional(),
        taken: officialBy.optional(),
      })
      .meta({ id: 'TransferOfCare', description: 'Open until both hands have said it' })
      .optional(),
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
    inCareOf('themselves', {}),
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
  closings: z.strictObject({ version: count, at: instant }).optional().meta({
    description: 'The later version of the mechanism by which it is judged what is open, and since when',
  }),
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
    approvedBy: z
      .array(text)
      .optional()
      .meta({ description: 'Nominated on the way, not in the plan: the sides that have agreed so far' }),
    relayed: z
      .array(z.strictObject({ party: text, relay: text }))
      .optional()
      .meta({ description: 'Of those, whose word was relayed' }),
  }),
  medicallyUrgent: z.boolean(),
  acknowledgedAt: instant.optional(),
  officer: z
    .strictObject({ official: text, deputy: text.optional(), since: instant })
    .optional()
    .meta({ id: 'CaseOfficer', description: 'Whose case it is at the mediator’s; the mediator’s to know' }),
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
  trace: z
    .strictObject({ since: instant, answer: z.enum(traceAnswers).optional(), hold: text.optional() })
    .optional()
    .meta({ description: 'What the holding side answered instead; without an answer it is asked anew' }),
  facets: z
    .strictObject(
      Object.fromEntries(firstFacets.map((facet) => [facet, facetState])) as Record<
        FirstFacet,
        typeof facetState
      >,
    )
    .extend({ suitability: facetState.optional() })
    .meta({ id: 'Facets' })
    .optional(),
  alternateFacets: z
    .record(
      text,
      z.strictObject(
        Object.fromEntries(facets.map((facet) => [facet, facetState.optional()])) as Record<
          Facet,
          z.ZodOptional<typeof facetState>
        >,
      ),
    )
    .optional()
    .meta({ description: 'The same of whom the plan names in the recipient’s place, by recipient' }),
  hearings: z
    .array(
      z.strictObject({
        recipient: text.optional(),
        answer: z.enum(hearingAnswers),
        heardAt: instant,
        by: officialBy,
      }),
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
  planReached: z
    .record(text, instant)
    .optional()
    .meta({ description: 'By side: when a letter about this plan first reached it. To a side its own' }),
  decisions: z.record(text, decision).optional().meta({ description: 'By side' }),
  pendingRelays: z.array(pendingRelay).optional(),
  relays: z
    .array(
      z.strictObject({
        id: text,
        party: text,
        documentHash: text.optional(),
        planVersion: count.optional(),
        recipient: text.optional(),
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
      findings: z.array(checkFinding).optional(),
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
          needs: travelNeedList.optional(),
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
      firstNight: date.optional(),
      leavesOn: date.optional(),
      lastNoteAt: instant.optional(),
      lastWellbeing: z.enum(['well', 'concern']).optional(),
    })
    .meta({ id: 'Stay' })
    .optional(),
  arrivalCheck: z
    .strictObject({ at: instant, ...arrivalCheck })
    .optional()
    .meta({ description: 'How the child came to the site; for the host and the mediator' }),
  dailyNote: z
    .strictObject({ at: instant, ...dayNote })
    .optional()
    .meta({ description: 'What the host last saw of the child’s day; for the host and the mediator' }),
  visitors: z
    .array(z.strictObject({ kind: z.enum(visitorKinds), at: instant }))
    .optional()
    .meta({ description: 'The last who came to see the child; for the host and the mediator' }),
  treatments: z
    .array(
      z
        .strictObject({
          id: text,
          ...treatmentPlan,
          since: instant,
          doses: z
            .array(z.strictObject({ due: instant, outcome: z.enum(doseOutcomes), at: instant }))
            .meta({ description: 'What became of those of the last days' }),
        })
        .meta({ id: 'Treatment' }),
    )
    .optional()
    .meta({ description: 'What the child is to get; for the host and the mediator' }),
  carerBed: z
    .strictObject({ site: text, firstNight: date, leavesOn: date })
    .optional()
    .meta({ description: 'For a relative who comes to the site to fetch the child' }),
  escortRequest: z.strictObject(asked).optional(),
  escort: z
    .strictObject({
      official: text,
      party: text,
      since: instant,
      perEscort: count.optional(),
      ...credential,
      credentialEndedAt: instant.optional(),
      crew: z.strictObject({ at: instant, has: travelNeedList, escorts: count, children: count }).optional(),
    })
    .optional(),
  legs: z.array(leg),
  legsPlannedAt: instant.optional(),
  grantedLegs: z.array(text).optional(),
  safeConducts: z
    .array(
      z.strictObject({
        party: text,
        from: text,
        to: text,
        opens: instant,
        until: instant,
        relay: text.optional(),
      }),
    )
    .optional()
    .meta({ description: 'On which stretches, and when, which side will not stop the child' }),
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
      confirmedBy: z.array(z.enum(['receiving', 'escort', 'host'])),
      at: instant.optional(),
      own: z.literal(true).optional().meta({ description: 'An adult’s own word: nobody took them' }),
    })
    .optional(),
  reunion: z
    .strictObject({ recipient: text, at: instant })
    .optional()
    .meta({ description: 'Handed over at the site; the way home is the family’s own' }),
  carerPapers: z
    .strictObject({ recipient: text, documents: papers, permission: text, validUntil: lastDay, at: instant })
    .optional()
    .meta({ description: 'Of whoever comes to the site for the child' }),
  interimCare: z.strictObject({ kind: z.enum(interimCareKinds), place: text, since: instant }).optional(),
  reintegration: z.strictObject({ since: instant, lines: z.array(reintegrationLine) }).optional(),
  familyTold: z
    .array(z.strictObject({ of: z.enum(milestones), ...toldAs }))
    .optional()
    .meta({ description: 'Of each milestone the last time that the family was told' }),
  childTold: z
    .array(z.strictObject({ of: z.enum(childMilestones), ...toldAs }))
    .optional()
    .meta({ description: 'Of each milestone the last time that the child was told' }),
  concerns: z.array(z.strictObject({ id: text, party: text, since: instant })).optional(),
  visits: z.array(z.strictObject({ visit: count, outcome: z.enum(visitOutcomes), at: instant })).optional(),
  holds: z.array(hold).meta({ description: 'Those that stand' }),
  requestWithdrawnAt: instant.optional(),
  siblings: z.array(caseIdSchema).optional().meta({ description: 'Those that are yours' }),
  siblingWaiver: z
    .strictObject({ determination: paper, waiver: paper, siblings: z.array(caseIdSchema) })
    .optional(),
  siblingsAhead: z
    .array(z.strictObject({ other: caseIdSchema, since: instant }))
    .optional()
    .meta({ description: 'Siblings who may go without this child, by a waiver: it is to follow them' }),
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
  duress: z
    .array(z.strictObject({ official: text, party: text, since: instant }))
    .describe('Who signalled that they do not speak freely; for the mediator alone')
    .optional(),
  closure: z.strictObject({ outcome: z.enum(closureOutcomes), at: instant }).optional(),
};
