/** What lists say of a case beside its reference: which child, on whom it waits, where it is on the road. */
import { z } from 'zod';
import { holdReasons, incidentKinds } from '../../domain/model/commands';
import { doseOutcomes, treatmentKinds } from '../../domain/model/hosting';
import { objectionReasons, relayChannels, relayedActs } from '../../domain/model/decisions';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { facets, findings } from '../../domain/model/verification';
import { scripts } from '../dossier/dossier';
import { caseIdSchema } from '../commands';
import { divertedSchema, lastPlaceSchema } from './case-parts';
import { birthYearSchema } from './dossier';
import { instant, leg } from './parts';

export const childBriefSchema = z
  .strictObject({
    names: z.array(
      z.strictObject({
        script: z.enum(scripts),
        given: z.string().optional(),
        family: z.string().optional(),
      }),
    ),
    age: z
      .int()
      .optional()
      .meta({ description: 'In whole years, where the birth date is for you and exact' }),
    birthYear: birthYearSchema
      .optional()
      .meta({ description: 'Where only the year is for you, or the date is estimated' }),
  })
  .meta({ id: 'ChildBrief', description: 'As far as it is for you' });

export const inboxAboutSchema = z
  .strictObject({
    party: z.string(),
    planVersion: z.int(),
    replaces: z.int().meta({ description: 'The plan before it' }),
    facet: z.enum(facets),
    finding: z.enum(findings),
    act: z.enum(relayedActs).meta({ description: 'Of a relayed decision' }),
    channel: z.enum(relayChannels),
    reference: z.string(),
    enteredBy: z.string().meta({ description: 'Official' }),
    reason: z.enum(objectionReasons),
    hold: z.enum(holdReasons),
    incident: z.enum(incidentKinds),
    visit: z.int(),
    place: z.string(),
    command: z.string().meta({ description: 'What is proposed' }),
    text: z.string().meta({ description: 'A condition or a note, where it is for you' }),
  })
  .partial()
  .meta({ id: 'InboxAbout', description: 'What it is about, as far as it is for you' });
export type InboxAbout = z.infer<typeof inboxAboutSchema>;
export const inboxNotYouSchema = z
  .enum(['own-relay', 'own-attestation', 'own-proposal'])
  .meta({ description: 'You are the first of the two people it takes: somebody else must do it' });
export type InboxNotYou = z.infer<typeof inboxNotYouSchema>;

export const waitingOnSchema = z
  .strictObject({
    party: z.string(),
    kind: z.enum(obligationKinds),
    since: instant,
    due: instant,
    overdue: z.boolean(),
  })
  .meta({ id: 'WaitingOn', description: 'What a party owes the case now' });

export const partyWaitSchema = z
  .strictObject({
    party: z.string(),
    cases: z.int().meta({ description: 'Of your party, that wait for it' }),
    overdue: z.int().meta({ description: 'Of them, those with something overdue' }),
    longestSince: instant,
  })
  .meta({ id: 'PartyWait' });

export const doseSchema = z
  .strictObject({
    case: caseIdSchema,
    dose: z.string(),
    kind: z.enum(treatmentKinds),
    what: z.string().optional().meta({ description: 'In the clinician’s words' }),
    due: instant,
    late: z.boolean().meta({ description: 'An hour past its time, and nobody has said anything' }),
    outcome: z.enum(doseOutcomes).optional(),
    at: instant.optional(),
  })
  .meta({ id: 'Dose' });

export const journeySchema = z
  .strictObject({
    cases: z.array(
      z.strictObject({
        case: caseIdSchema,
        child: childBriefSchema.optional(),
        owedAtDoor: z
          .array(z.strictObject({ kind: z.enum(obligationKinds), party: z.string() }))
          .optional()
          .meta({
            description:
              'At the place of handover: what is owed before the child may go, as far as it is for you',
          }),
      }),
    ),
    group: z
      .string()
      .optional()
      .meta({ description: 'With which they set out: one sign of life is for all of them' }),
    doses: z.array(doseSchema).optional().meta({
      description:
        'What the children are to get until the day after tomorrow, and in the day before; absent where nothing is',
    }),
    legs: z.array(leg),
    completedLegs: z.array(z.string()),
    departedAt: instant,
    lastSignAt: instant,
    nextDue: instant.optional().meta({ description: 'When the next sign of life is due' }),
    paused: z.strictObject({ since: instant, kind: z.enum(incidentKinds) }).optional(),
    toBeTaken: z
      .literal(true)
      .optional()
      .meta({ description: 'The escort has not said yet that the child is with them' }),
    turningBack: z.literal(true).optional(),
    arrivedAt: instant.optional(),
    lastPlace: lastPlaceSchema.optional(),
    diverted: divertedSchema.optional(),
    escort: z
      .string()
      .optional()
      .meta({ description: 'Official, where the escort is of your party or you are the mediator' }),
    escortParty: z.string().optional(),
    handoverPlace: z.string().optional(),
    receivingParty: z.string().optional(),
  })
  .meta({ id: 'SharedJourney', description: 'Children who travel together: the same escort, the same legs' });
