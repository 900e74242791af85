import { z } from 'zod';
import { commandStatusSchema } from '../../contracts/http/answers';
import { defineRoute } from '../define-route';
import { commandIdOf, isCommandOf, keyOf } from '../commands/derived-ids';
import { receiptFor } from '../commands/send-command';
import { detailsOf, Problem, rejectionProblem } from '../problem';

export const getCommand = defineRoute({
  id: 'getCommand',
  method: 'get',
  path: '/v1/commands/{id}',
  summary: 'What became of a command of yours',
  params: z.object({ id: z.string().max(200) }),
  answers: { 200: { description: 'Its status', schema: commandStatusSchema } },
  async handle({ parts, params: { id } }, { reader }) {
    if (!isCommandOf(reader, id)) throw new Problem('not-found');
    // By the key as it was sent, or as the answer gave it.
    const coded = commandIdOf(reader, keyOf(parts.sealKey, id.slice(reader.official.length + 1)));
    const found = (await parts.record.findCommand(coded)) ?? (await parts.record.findCommand(id));
    if (!found) throw new Problem('not-found');
    const { status, answer } = found;
    return {
      status: 200,
      body: {
        commandId: id,
        case: found.case,
        status,
        ...(answer && 'receipt' in answer && { receipt: await receiptFor(parts, reader, answer.receipt) }),
        ...(answer &&
          'rejection' in answer && { problem: detailsOf(rejectionProblem(answer.rejection), id) }),
      },
    };
  },
});
