import { z } from 'zod';
import { typedCaseId, commandSchema } from '../../contracts/commands';
import { commandAnswerSchema } from '../../contracts/http/answers';
import { nearestFormOf } from '../../contracts/nearest-form';
import { defineRoute } from '../define-route';
import { heedDuress } from '../commands/duress';
import { prepareCommand } from '../commands/prepare-command';
import { counting, sendCommand as send } from '../commands/send-command';

/** The one route for every command of a case. */
export const sendCommand = defineRoute({
  id: 'sendCommand',
  method: 'post',
  path: '/v1/cases/{id}/commands',
  summary: 'Do something in a case',
  description:
    'The body names what by its type. The answer is the record’s; the case’s process follows it. A hold, a withdrawal ' +
    'or an emergency is not refused for its form: it is recorded in the nearest form there is, and `adjusted` says how.',
  params: z.object({ id: typedCaseId }),
  body: commandSchema,
  writes: { takesVersion: true },
  answers: {
    200: { description: 'Recorded', schema: commandAnswerSchema },
  },
  nearest: nearestFormOf,
  handle: ({ parts, body, headers, adjusted, params: { id } }, { reader }) =>
    counting(parts, body.type, async () => {
      const prepared = await prepareCommand({ parts, reader, headers }, id, body);
      await heedDuress(parts, reader, { command: prepared.envelope.id, case: id, notes: prepared.notes });
      return send({ parts, reader, adjusted, ...prepared });
    }),
});
