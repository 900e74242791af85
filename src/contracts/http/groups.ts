/** What the API answers about groups. */
import { z } from 'zod';
import { misfits } from '../../domain/group/candidates';
import { lineStates } from '../../domain/group/checklist';
import { groupCommandTable } from '../../domain/group/command-table';
import { groupDutyKinds } from '../../domain/group/duties';
import { abortReasons, dropReasons, listTerms, movementActs, relayedWords } from '../../domain/group/group';
import { groupStates, leftReasons } from '../../domain/model/groups';
import type { GroupCommandType, ListTerm } from '../../domain/group/group';
import { objectionReasons } from '../../domain/model/decisions';
import { modalities } from '../../domain/model/plan';
import { roles } from '../../domain/model/parties';
import { stages } from '../../domain/model/stages';
import { caseIdSchema } from '../commands';
import { groupIdSchema } from '../group-commands';
import { receiptSchema } from './answers';
import { childBriefSchema } from './briefs';
import { blocker } from './case-parts';
import { by, count, date, instant, note, officialBy, relaySource, text } from './parts';

const state = z.enum(groupStates);
const terms = z.array(z.enum(listTerms));
const blockers = z.array(blocker).meta({ description: 'Those that you may know of' });
const cases = z.array(caseIdSchema).meta({ description: 'Those that are yours' });
const commandTypes = z
  .array(z.enum(Object.keys(groupCommandTable) as [GroupCommandType, ...GroupCommandType[]]))
  .meta({ description: 'Commands you may send now' });
const left = z.strictObject({ case: caseIdSchema, reason: z.enum(leftReasons), blockers });
const parted = z.strictObject({ departed: cases, left: z.array(left) });
const since = instant.optional();
const stand = z.enum(['confirmed', 'disputed']).optional();

const ofList = { version: count, hash: text };
const relayedWord = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('confirmTerms'), ...ofList, terms }),
    z.strictObject({ type: z.literal('disputeTerms'), ...ofList, terms, note }),
    z.strictObject({
      type: z.literal('refuseMember'),
      member: caseIdSchema,
      reason: z.enum(objectionReasons),
      note,
    }),
    z.strictObject({ type: z.literal('sayGo'), ...ofList }),
    z.strictObject({ type: z.literal('sayNoGo'), note }),
  ])
  .meta({ id: 'RelayedWord' });
const pendingWord = z
  .strictObject({
    id: text,
    party: text,
    word: relayedWord,
    source: relaySource,
    enteredBy: officialBy,
    at: instant,
  })
  .meta({ id: 'PendingWord', description: 'Waits for its second mediator' });

const line = z
  .discriminatedUnion('line', [
    z.strictObject({ line: z.literal('list-frozen'), state: z.enum(lineStates), since }),
    z.strictObject({ line: z.literal('terms'), state: z.enum(lineStates), since, party: text, terms }),
    z.strictObject({
      line: z.literal('child'),
      state: z.enum(lineStates),
      since,
      case: caseIdSchema,
      blockers: blockers.describe('What keeps the child, and will at the hour of departure.'),
      lapses: blockers
        .describe('What does not keep it now, and will at the hour of departure if nobody does anything.')
        .optional(),
    }),
    z.strictObject({ line: z.literal('siblings'), state: z.enum(lineStates), since, cases }),
    z.strictObject({ line: z.literal('follows'), state: z.enum(lineStates), since, cases }),
    z.strictObject({ line: z.literal('go'), state: z.enum(lineStates), since, party: text }),
  ])
  .meta({ id: 'ChecklistLine' });

export const groupEventSchema = z
  .strictObject({
    version: count,
    at: instant,
    type: text,
    by,
    party: text.optional(),
    member: caseIdSchema.optional(),
    reason: text.optional(),
    terms: terms.optional(),
    list: count.optional().meta({ description: 'Version of the list it made' }),
    cases: cases.optional(),
    act: z
      .enum(movementActs)
      .optional()
      .meta({ description: 'What was said of these children, each in its own case' }),
    happenedAt: since,
    relay: text.optional().meta({ description: 'It was relayed, or is about this relay' }),
    word: z.enum(relayedWords).optional().meta({ description: 'What was relayed' }),
    source: relaySource.optional().meta({ description: 'To the mediator and the side it speaks for' }),
    note,
  })
  .meta({ id: 'GroupEvent' });

export const groupViewSchema = z
  .strictObject({
    id: groupIdSchema,
    state,
    version: count.meta({ description: 'Of the group, for If-Match' }),
    list: z.strictObject({
      version: count,
      hash: text.meta({ description: 'Of the whole list; what you confirm' }),
      since: instant,
      members: cases,
      departAt: instant,
      place: text,
      route: z.enum(modalities),
    }),
    children: z
      .array(
        z.strictObject({
          case: caseIdSchema,
          stage: z.enum(stages),
          travels: z.boolean(),
          safe: z.boolean(),
          child: childBriefSchema.optional(),
        }),
      )
      .meta({ description: 'Of the list, those that are yours; safe: with somebody it can stay with' }),
    dropped: z.array(
      z.strictObject({
        case: caseIdSchema,
        reason: z.enum(dropReasons),
        since: instant,
        party: text.optional(),
      }),
    ),
    stands: z
      .array(
        z.strictObject({
          party: text,
          since,
          terms: z
            .strictObject(
              Object.fromEntries(listTerms.map((term) => [term, stand])) as Record<ListTerm, typeof stand>,
            )
            .meta({ description: 'A term of which it has said nothing is absent' }),
          relayed: terms.optional().meta({ description: 'Terms of which it spoke by way of the mediator' }),
        }),
      )
      .meta({ description: 'What each of those who are asked has said of the present list' }),
    pendingRelays: z
      .array(pendingWord)
      .meta({ description: 'To the mediator, and to the side they speak for' }),
    relays: z
      .array(z.strictObject({ id: text, party: text, repudiatedAt: since }))
      .meta({ description: 'Every relay so far, to the same' }),
    foreseen: parted.optional().meta({
      description: 'Who would set out and who would stay as things are now, to who may let them go',
    }),
    checklist: z.array(line).meta({ description: 'Go or no-go; silence is no-go' }),
    duties: z
      .array(
        z.strictObject({
          kind: z.enum(groupDutyKinds),
          party: text,
          roles: z.array(z.enum(roles)),
          subject: text.optional(),
          since: instant,
          due: instant,
          commands: commandTypes,
        }),
      )
      .meta({ description: 'Who owes what by when; all for the mediator, to others their own' }),
    departure: z.strictObject({ at: instant, departed: cases, left: z.array(left) }).optional(),
    aborted: z.strictObject({ at: instant, reason: z.enum(abortReasons) }).optional(),
    completedAt: since,
    embargo: z
      .strictObject({ active: z.boolean(), breaches: z.array(z.strictObject({ party: text, at: instant })) })
      .meta({ description: 'While active nothing of the group is published' }),
    events: z.array(groupEventSchema),
    allowed: commandTypes,
  })
  .meta({ id: 'Group' });
export type GroupView = z.infer<typeof groupViewSchema>;

export const groupAnswerSchema = z
  .strictObject({
    outcome: z.enum(['recorded', 'repeated']),
    group: groupIdSchema,
    version: count,
    state,
    receipt: receiptSchema,
    allowed: commandTypes,
    departure: z
      .strictObject({ at: instant, departed: cases, left: z.array(left) })
      .optional()
      .meta({ description: 'Who set out and who stayed, and why' }),
    saidOf: cases.optional().meta({
      description: 'Of a command that is said of all: those of whom it is so now, each in its own case',
    }),
  })
  .meta({ id: 'GroupAnswer' });

export const inboxGroupEntrySchema = z
  .strictObject({
    group: groupIdSchema,
    state,
    departAt: instant,
    children: count.meta({ description: 'Those that are yours' }),
    key: text,
    kind: z.enum(groupDutyKinds),
    subject: text
      .optional()
      .meta({ description: 'The party whose word it is about, where that is not who owes it' }),
    party: text,
    roles: z.array(z.enum(roles)),
    since: instant,
    due: instant,
    overdue: z.boolean(),
    commands: z.array(z.enum(Object.keys(groupCommandTable) as [GroupCommandType, ...GroupCommandType[]])),
  })
  .meta({ id: 'InboxGroupEntry', description: 'What is owed to a group' });

export const groupListSchema = z.object({
  items: z.array(
    z
      .strictObject({
        id: groupIdSchema,
        state,
        departAt: instant,
        children: count.meta({ description: 'Those that are yours' }),
        waitingOn: z
          .array(text)
          .meta({ description: 'For the mediator all; to others, whether they are themselves' }),
        due: since,
      })
      .meta({ id: 'GroupBrief' }),
  ),
});

export const candidatesSchema = z
  .strictObject({
    lists: z.array(
      z.strictObject({
        date,
        escorts: count.meta({
          description:
            'At least so many escorts these children need between them, by the ratio of the mechanism. How small a child is counts once its escort is assigned, what it needs once it is cleared.',
        }),
        members: z.array(
          z.strictObject({
            case: caseIdSchema,
            blockers,
            until: date,
            approvedUntil: instant.optional(),
            escortUntil: date.optional().meta({
              description: 'Last day of its escort’s credential, where that ends before the window',
            }),
            siblings: cases.optional(),
          }),
        ),
      }),
    ),
    apart: z
      .array(z.strictObject({ case: caseIdSchema, why: z.enum(misfits), siblings: cases.optional() }))
      .meta({ description: 'Who is on none of the lists, and why' }),
    children: z
      .array(z.strictObject({ case: caseIdSchema, child: childBriefSchema }))
      .meta({ description: 'Everybody named here' }),
  })
  .meta({ id: 'Candidates' });
