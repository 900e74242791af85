import { groupListSchema } from '../../contracts/http/groups';
import { defineRoute } from '../define-route';

export const listGroups = defineRoute({
  id: 'listGroups',
  method: 'get',
  path: '/v1/groups',
  summary: 'Groups in which your party has a child',
  description: 'The latest departure first. Drafts are the mediator’s.',
  answers: { 200: { description: 'At most 500', schema: groupListSchema } },
  async handle({ parts }, { reader }) {
    const items = await parts.record.groups.list(reader);
    const isMediator = reader.kind === 'mediator';
    return {
      status: 200,
      body: {
        items: items.map(({ due, waitingOn, ...rest }) => {
          const isWaitedFor = isMediator || waitingOn.includes(reader.party);
          return {
            ...rest,
            waitingOn: isMediator ? [...waitingOn] : waitingOn.filter((party) => party === reader.party),
            ...(due !== null && isWaitedFor && { due }),
          };
        }),
      },
    };
  },
});
