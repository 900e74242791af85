import { z } from 'zod';
import { typedCaseId, commandSchema } from '../../contracts/commands';
import { commandAnswerSchema } from '../../contracts/http-answers';
import { defineRoute } from '../define-route';
import { prepareCommand } from '../prepare-command';
import { counting, sendCommand as send } from '../send-command';

/** The one door for every command of a case. */
export const sendCommand = defineRoute({
  id: 'sendCommand',
  method: 'post',
  path: '/v1/cases/{id}/commands',
  summary: 'Do something in a case',
  description: 'The body names what by its type. The answer is the record’s; the case’s process follows it.',
  params: z.object({ id: typedCaseId }),
  body: commandSchema,
  writes: { takesVersion: true },
  answers: {
    200: { description: 'Recorded', schema: commandAnswerSchema },
  },
  handle: ({ parts, body, headers, params: { id } }, { reader }) =>
    counting(parts, body.type, async () =>
      send({ parts, reader, ...(await prepareCommand({ parts, reader, headers }, id, body)) }),
    ),
});
