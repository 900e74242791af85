import { z } from 'zod';
import { caseIdSchema, commandSchema } from '../../contracts/commands';
import { commandAnswerSchema, commandStatusSchema } from '../../contracts/http-answers';
import { defineRoute } from '../define-route';
import { prepareCommand } from '../prepare-command';
import { counting, sendCommand as send } from '../send-command';

/** The one door for every command of a case. */
export const sendCommand = defineRoute({
  id: 'sendCommand',
  method: 'post',
  path: '/v1/cases/{id}/commands',
  summary: 'Do something in a case',
  description:
    'The body names what by its type. With Prefer: respond-async the command is kept and signalled, and the ' +
    'answer is 202 with the address of its status.',
  params: z.object({ id: caseIdSchema }),
  body: commandSchema,
  writes: { mayRespondAsync: true, takesVersion: true },
  answers: {
    200: { description: 'Recorded', schema: commandAnswerSchema },
    202: {
      description: 'Kept; Location tells what became of it. Also when nobody answered in time',
      schema: commandStatusSchema,
    },
  },
  handle: ({ parts, body, headers }, { reader, found }) =>
    counting(parts, body.type, async () => {
      const prepared = await prepareCommand({ parts, reader, found, headers }, body);
      if ('answer' in prepared) return prepared.answer;
      return send({
        parts,
        reader,
        envelope: prepared.envelope,
        respondAsync: headers.respondAsync,
        seenVersion: found.state.version,
      });
    }),
});
