import { z } from 'zod';
import { typedGroupId } from '../../contracts/group-commands';
import { groupViewSchema } from '../../contracts/http/groups';
import { defineRoute } from '../define-route';
import { getGroupFor, groupViewFor } from '../views/group-view';

export const getGroup = defineRoute({
  id: 'getGroup',
  method: 'get',
  path: '/v1/groups/{id}',
  summary: 'One group, as far as it is for you',
  description:
    'Of its children those whose cases are yours. `checklist` is go or no-go, derived from the rules.',
  params: z.object({ id: typedGroupId }),
  answers: { 200: { description: 'The group', schema: groupViewSchema } },
  async handle({ parts, params: { id } }, { reader }) {
    const found = await getGroupFor(reader, id, parts);
    return {
      status: 200,
      headers: { etag: `"${found.group.version}"` },
      body: await groupViewFor(parts, reader, found),
    };
  },
});
