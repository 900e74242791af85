/** What the API answers, as schemas: the source of the OpenAPI document, and what tests hold answers against. */
import { adjustmentSchema } from '../nearest-form';
import { z } from 'zod';
import { closureOutcomes } from '../../domain/model/commands';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { roles } from '../../domain/model/parties';
import { careCodes } from '../../domain/facts/care';
import { stages } from '../../domain/model/stages';
import { caseIdSchema } from '../commands';
import { groupIdSchema, streamIdSchema } from '../group-commands';
import { childBriefSchema, inboxAboutSchema, inboxNotYouSchema, waitingOnSchema } from './briefs';
import { commandTypeSchema } from './command-types';
import { careSchema, caseStateShape } from './case';
import { blocker } from './case-parts';
import { dossierViewSchema } from './dossier';
import { instant } from './parts';
import { problemSchema } from './problem';

const version = z.int().min(0).meta({ description: 'Number of events of the case so far that you may read' });
const stage = z.enum(stages);
const commandTypes = z.array(commandTypeSchema);

export const receiptSchema = z
  .object({
    commandId: z.string(),
    case: streamIdSchema,
    fromVersion: version,
    toVersion: version,
    at: instant,
    bodyHash: z.string().meta({ description: 'SHA-256 of case, official, command and expected version' }),
  })
  .meta({ id: 'Receipt', description: 'That the record holds this command' });

const adjusted = z.array(adjustmentSchema).optional().meta({
  description: 'What of a hold, a withdrawal or an emergency was not taken as it was written',
});

export const commandAnswerSchema = z
  .object({
    outcome: z.enum(['recorded', 'repeated']).meta({
      description: 'repeated: the record had it before, and this is its first answer',
    }),
    case: caseIdSchema,
    version: version.meta({ description: 'Of the case now' }),
    stage,
    receipt: receiptSchema,
    allowed: commandTypes.meta({ description: 'Commands you may send now' }),
    proposal: z.string().optional().meta({
      description:
        'Nothing has happened yet: a second person confirms it with `confirmProposal` under this id',
    }),
    adjusted,
  })
  .meta({ id: 'CommandAnswer' });

export const commandStatusSchema = z
  .object({
    commandId: z.string(),
    case: streamIdSchema,
    status: z.enum(['accepted', 'recorded', 'refused']).meta({
      description: 'accepted: kept, not yet taken by the process',
    }),
    receipt: receiptSchema.optional(),
    problem: problemSchema.optional().meta({ description: 'Why it was refused' }),
  })
  .meta({ id: 'CommandStatus' });

export const sealedCommandSchema = z
  .object({
    workflowId: z.string(),
    signal: z.literal('command'),
    envelope: z
      .object({
        id: z.string(),
        case: caseIdSchema,
        actor: z.object({ official: z.string(), party: z.string(), roles: z.array(z.enum(roles)) }),
        command: z.looseObject({ type: z.string() }),
        expectedVersion: z.int().optional(),
        expectedSeen: z.int().optional(),
        sealing: z
          .object({
            mechanism: z.object({ id: z.string(), version: z.int() }),
            key: z.string().optional(),
            until: z.iso
              .datetime()
              .meta({ description: 'Not taken from then on; holds and withdrawals are' }),
          })
          .optional(),
        seal: z.string(),
      })
      .meta({ description: 'To be sent exactly as it is' }),
    temporal: z.array(z.string()).meta({ description: 'The command line that sends it, word by word' }),
    adjusted,
  })
  .meta({ id: 'SealedCommand' });

const obligation = {
  key: z.string(),
  kind: z.enum(obligationKinds),
  subject: z.string().optional(),
  party: z.string(),
  roles: z.array(z.enum(roles)).meta({ description: 'Empty: any official of the party' }),
  since: instant,
  due: instant,
  safety: z.boolean(),
  commands: commandTypes.meta({ description: 'Commands that meet it' }),
};
export const obligationSchema = z.strictObject(obligation).meta({ id: 'Obligation' });
export const inboxEntrySchema = z
  .object({
    case: caseIdSchema,
    stage,
    urgent: z.boolean(),
    ...obligation,
    overdue: z.boolean(),
    paused: z
      .object({
        kind: z.enum(['acknowledged', 'snoozed']),
        until: instant,
        by: z.string().optional().meta({ description: 'Official, when of your own party' }),
      })
      .optional()
      .meta({ description: 'Reminders wait until then' }),
    child: childBriefSchema.optional(),
    siblings: z.array(caseIdSchema).optional().meta({ description: 'Those that are yours' }),
    about: inboxAboutSchema.optional(),
    notYou: inboxNotYouSchema.optional(),
  })
  .meta({ id: 'InboxEntry' });
const upTo99 = z.int().max(99);
export const inboxCountsSchema = z
  .object({
    total: upTo99,
    overdue: upTo99,
    safety: upTo99,
    dueThisWeek: upTo99.meta({ description: 'Within seven days, and not overdue' }),
    paused: upTo99,
    delegated: upTo99.meta({ description: 'There only because a colleague is away' }),
    more: z
      .array(z.enum(['total', 'overdue', 'safety', 'dueThisWeek', 'paused', 'delegated']))
      .meta({ description: 'Those that end at 99 and are more: to be shown as 99+' }),
  })
  .meta({ id: 'InboxCounts', description: 'Counted up to 99' });

export const boardEntrySchema = z
  .object({
    case: caseIdSchema,
    version: version.optional().meta({ description: 'For the mediator; others read it in the case' }),
    mechanismVersion: z.int(),
    stage,
    stageSince: instant,
    openedAt: instant,
    requestingParty: z.string(),
    holdingParty: z.string(),
    waitingOn: z.array(z.string()).meta({ description: 'Parties that owe the case something now' }),
    primary: z
      .object({ kind: z.enum(obligationKinds), since: instant, due: instant, safety: z.boolean() })
      .optional()
      .meta({ description: 'What is due first' }),
    overdue: z.boolean().meta({ description: 'What is due first is overdue' }),
    stalledSince: instant.optional(),
    lapsesAt: instant
      .optional()
      .meta({ description: 'When an approval, finding, paper or date window ends first' }),
    urgent: z.boolean(),
    hosted: z.boolean().optional(),
    onHold: z.boolean(),
    careWith: z.enum(careCodes).optional().meta({ description: 'In whose care the child is' }),
    siblings: z.array(caseIdSchema).optional(),
    outcome: z.enum(closureOutcomes).optional(),
    child: childBriefSchema.optional(),
    waiting: z
      .array(waitingOnSchema)
      .meta({ description: 'What is owed now, the dangerous first, then what is due first' }),
  })
  .meta({ id: 'BoardEntry', description: 'Fields that are not for you are left out' });

const counted = z.int().min(0);
export const boardCountsSchema = z
  .object({
    total: counted,
    overdue: counted,
    stalled: counted.meta({ description: 'Zero where you do not read it' }),
    urgent: counted,
    onHold: counted,
    byStage: z.partialRecord(stage, counted),
  })
  .meta({ id: 'BoardCounts', description: 'Of all that the filter finds' });
const remindersSchema = z
  .strictObject({
    last: instant.optional().meta({ description: 'When the last one was due' }),
    next: instant,
    act: z.enum(['remind', 'escalate', 'review']).meta({ description: 'What the next one is' }),
  })
  .meta({
    id: 'Reminders',
    description:
      'For the mediator as they were sent and put off; for others as the ladder of the mechanism has them, and what ' +
      'their own people put off',
  });
const stationSchema = z
  .strictObject({
    stage,
    since: instant.meta({ description: 'Entered last; passed over, the instant of that' }),
    skipped: z.literal(true).optional(),
  })
  .meta({ id: 'Station' });
const offerSchema = z
  .strictObject({ type: commandTypeSchema, subjects: z.array(z.string()).optional() })
  .meta({
    id: 'Offer',
    description:
      'Subjects, where there is a choice: facets, relays, holds, conditions, proposals, legs, visits, other cases, ' +
      'recipients, escorts, parties, obligations by key, or outcomes',
  });

export const caseViewSchema = z
  .strictObject({
    ...caseStateShape,
    dossierVersion: z.int().optional(),
    dossierHash: z.string().optional().meta({ description: 'To who reads the whole dossier' }),
    dossier: dossierViewSchema.optional(),
    proposedDossier: dossierViewSchema.optional().meta({ description: 'The oldest of `proposedDossiers`' }),
    proposedDossiers: z
      .array(z.strictObject({ proposal: z.string(), dossier: dossierViewSchema }))
      .optional()
      .meta({
        description:
          'Revisions that wait for a second person, each with the id of its proposal; to who may read the whole dossier',
      }),
    obligations: z
      .array(
        obligationSchema
          .extend({ reminders: remindersSchema })
          .meta({ id: 'OwedObligation', description: 'An obligation, and the reminders about it' }),
      )
      .meta({ description: 'Who must do what by when' }),
    care: careSchema.optional(),
    group: groupIdSchema.optional().meta({ description: 'With which it travels, where you may know of it' }),
    stages: z.array(stationSchema).meta({ description: 'The way so far, in the order of the stages' }),
    offers: z.array(offerSchema).meta({
      description:
        'What would not be refused now for how things stand, and what it can be about. What only hinders it that is not ' +
        'yours to read is not told by leaving it out',
    }),
    likelyDuplicates: z
      .array(
        z.strictObject({
          case: caseIdSchema,
          grounds: z.array(z.enum(['same-name', 'same-number', 'same-zone'])),
        }),
      )
      .optional()
      .meta({
        description: 'Open cases that may be of the same child, for the mediator to look at and flag',
      }),
    allowed: commandTypes.meta({ description: 'Commands you may send now' }),
    gate: z
      .array(blocker)
      .optional()
      .meta({ description: 'What keeps the child from departing now, siblings included' }),
  })
  .meta({ id: 'CaseView', description: 'The state of the case; fields that are not for you are left out' });

export const pageOf = (entry: z.ZodType) =>
  z.object({
    items: z.array(entry),
    next: z.string().optional().meta({ description: 'Cursor of the next page; absent on the last' }),
  });

export const inboxSchema = (entry: z.ZodType) =>
  pageOf(entry).extend({
    counts: inboxCountsSchema
      .optional()
      .meta({ description: 'On the first page: of all that the filter finds, up to 99' }),
    changes: z.string().meta({ description: '`after` of the stream, so that nothing between is missed' }),
  });

const toldCount = z.int().nullable().meta({ description: 'null: from 1 to 4, and hidden' });
const spread = z.object({ medianMs: z.number(), p90Ms: z.number() }).optional();
export const figuresSchema = z
  .object({
    asOf: instant,
    from: instant,
    to: instant,
    suppressed: z.boolean().meta({ description: 'Small counts are hidden' }),
    open: z.object({
      total: toldCount,
      overdue: toldCount,
      stalled: toldCount,
      hosted: toldCount,
      urgent: toldCount,
      onHold: toldCount,
    }),
    stages: z.array(
      z.object({
        stage,
        open: toldCount.meta({ description: 'Cases in it now' }),
        openFor: spread,
        left: toldCount.meta({ description: 'Left within the period' }),
        took: spread,
      }),
    ),
    parties: z.array(
      z.object({
        party: z.string(),
        owes: toldCount.meta({ description: 'Obligations now' }),
        overdue: toldCount,
        owedFor: spread,
        met: toldCount.meta({ description: 'Met within the period' }),
        took: spread,
      }),
    ),
    waits: z.array(z.object({ party: z.string(), stage, met: toldCount, took: spread })),
    decisions: z.array(
      z.object({
        week: z.string().meta({ example: '2026-W48' }),
        party: z.string(),
        approve: toldCount,
        object: toldCount,
        withdraw: toldCount,
      }),
    ),
    closed: z.object({
      total: toldCount,
      outcomes: z.array(z.object({ outcome: z.enum(closureOutcomes), cases: toldCount })),
    }),
    children: z
      .object({
        interimCare: toldCount.meta({ description: 'Placed in interim care' }),
        unwilling: toldCount.meta({ description: 'Said no to their recipient' }),
        notMet: toldCount
          .optional()
          .meta({ description: 'Not met at a visit; not told to who reads no visits' }),
        otherThanAgreed: toldCount.meta({
          description: 'Handed over to somebody else than the plan of their departure named',
        }),
        diedWaiting: toldCount.meta({ description: 'Died before they were handed over' }),
      })
      .meta({ description: 'Children to whom it happened within the period' }),
  })
  .meta({ id: 'Figures' });
