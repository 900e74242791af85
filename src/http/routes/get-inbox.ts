import { z } from 'zod';
import { givenInstant } from '../../contracts/dates';
import { typedCaseId } from '../../contracts/commands';
import { inboxEntrySchema, inboxSchema } from '../../contracts/http/answers';
import { inboxGroupEntrySchema } from '../../contracts/http/groups';
import { obligationKinds } from '../../domain/model/obligation-kinds';
import { stages } from '../../domain/model/stages';
import { inboxScopes } from '../../record/reads/inbox-entries';
import { readsField } from '../views/case-view';
import { officersMeant } from '../views/my-cases';
import { defineRoute } from '../define-route';
import { createEntryDescriber } from '../views/inbox-about';
import { streamCursor } from '../stream/inbox-stream';
import { openPage, pageQuery, sealPage, yesOrNo } from '../page-query';
import { omitUndefined } from '../../domain/model/omit-undefined';

export const scopeQuery = z
  .enum(inboxScopes)
  .default('all')
  .meta({
    description:
      '`mine`: what your own roles owe; `delegated`: only what a colleague who is away has lent you; `all`: both; ' +
      '`party`: whatever your party owes',
  });

export const mineQuery = yesOrNo.meta({
  description:
    'Cases of which you are case officer or deputy, or a colleague for whom you stand in. Has no effect but for the mediator',
});

const schema = inboxSchema(inboxEntrySchema).extend({
  groups: z
    .array(inboxGroupEntrySchema)
    .optional()
    .meta({
      description:
        'On the first page: what your office owes to groups, in the order in which it is due. With a filter that speaks of cases ' +
        '(`kind`, `stage`, `case`, `safety`, `paused`, `stalled`) none',
    }),
});

export const getInbox = defineRoute({
  id: 'getInbox',
  method: 'get',
  path: '/v1/inbox',
  summary: 'What your office owes: dangerous things first, then what is overdue, then what is due',
  query: z.strictObject({
    scope: scopeQuery,
    kind: z.enum(obligationKinds).optional(),
    stage: z.enum(stages).optional(),
    overdue: yesOrNo,
    safety: yesOrNo,
    paused: yesOrNo.meta({ description: 'Acknowledged or snoozed, and not over' }),
    stalled: yesOrNo,
    mine: mineQuery,
    case: typedCaseId.optional(),
    dueBefore: givenInstant.optional(),
    ...pageQuery,
  }),
  answers: { 200: { description: 'One page; the first has counts', schema } },
  async handle({ parts, query: { cursor, limit, mine, ...filter } }, { reader }) {
    const list = `inbox:${filter.scope}`;
    const page = openPage(list, { limit, ...(cursor !== undefined && { cursor }) }, parts.sealKey);
    // A filter over what a reader may not see would tell it by the answer.
    const stalled = readsField(reader.kind, 'stalledSince') ? filter.stalled : undefined;
    const officers = await officersMeant(parts, reader, mine);
    const inbox = await parts.record.inbox(reader, page, omitUndefined({ ...filter, stalled, officers }));
    const described = await createEntryDescriber(parts.record)([reader], inbox.items);
    return {
      status: 200,
      body: {
        ...sealPage(list, inbox, parts.sealKey, described(reader)),
        ...(inbox.groups && { groups: inbox.groups }),
        ...(inbox.counts && { counts: inbox.counts }),
        changes: streamCursor.seal(inbox.asOf, parts.sealKey),
      },
    };
  },
});
