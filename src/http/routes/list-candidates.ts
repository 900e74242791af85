import { z } from 'zod';
import { candidatesSchema } from '../../contracts/http/groups';
import { defineRoute } from '../define-route';
import { childBriefsFor } from '../views/child-briefs';

export const listCandidates = defineRoute({
  id: 'listCandidates',
  method: 'get',
  path: '/v1/groups/candidates',
  summary: 'Who could travel together',
  description:
    'Proposed by the rules: siblings whole, windows and approvals that overlap, seats, escorts by ratio. Decided by the mediator. ' +
    '`apart` says why a child is on none of the lists.',
  query: z.object({
    seats: z.coerce.number().int().min(1).max(100).optional(),
    /** More makes the exact choice slow. */
    escorts: z.coerce.number().int().min(1).max(20).optional(),
    days: z.coerce.number().int().min(1).max(180).default(30),
    lists: z.coerce.number().int().min(1).max(20).default(5),
  }),
  answers: { 200: { description: 'The list with most children first', schema: candidatesSchema } },
  async handle({ parts, query: { seats, escorts, ...rest } }, { reader }) {
    const { lists, apart } = await parts.record.groups.candidates(reader.mechanism, {
      ...rest,
      ...(seats !== undefined && { seats }),
      ...(escorts !== undefined && { escorts }),
    });
    const named = [...lists.flatMap(({ members }) => members), ...apart].map((each) => each.case);
    const children = await childBriefsFor(parts, reader.kind, [...new Set(named)]);
    return {
      status: 200,
      body: {
        lists: lists.map(({ date, escorts, members }) => ({
          ...{ date, escorts },
          members: members.map(({ blockers, siblings, ...member }) => ({
            ...member,
            blockers: [...blockers],
            ...(siblings && { siblings: [...siblings] }),
          })),
        })),
        apart: apart.map(({ siblings, ...rest }) => ({
          ...rest,
          ...(siblings && { siblings: [...siblings] }),
        })),
        children: [...children].map(([id, child]) => ({ case: id, child })),
      },
    };
  },
});
