import { z } from 'zod';
import { groupCommandSchema, typedGroupId } from '../../contracts/group-commands';
import { groupAnswerSchema } from '../../contracts/http/groups';
import { defineRoute } from '../define-route';
import { takeGroupCommand, tellProcesses } from '../commands/send-group-command';
import { groupAnswerOf } from '../views/group-view';

/** The one route for every command of a group. */
export const sendGroupCommand = defineRoute({
  id: 'sendGroupCommand',
  method: 'post',
  path: '/v1/groups/{id}/commands',
  summary: 'Do something in a group',
  description:
    'The body names what by its type. `departGroup` decides for every child by the rules of its own case, in one ' +
    'transaction: who may go, goes; who may not stays, with siblings, and the answer says why.',
  params: z.object({ id: typedGroupId }),
  body: groupCommandSchema,
  writes: { takesVersion: true },
  answers: { 200: { description: 'Recorded', schema: groupAnswerSchema } },
  async handle({ parts, body, headers, params: { id } }, { reader }) {
    const result = await takeGroupCommand({ parts, reader, headers }, id, body);
    tellProcesses(parts, result);
    return { status: 200, ...(await groupAnswerOf(parts, reader, result)) };
  },
});
