import { absenceBodySchema, absenceSchema } from '../../contracts/http/officials';
import { absenceAnswerOf, absenceProblem } from '../views/absence-answer';
import { defineRoute } from '../define-route';
import { commandIdOf } from '../commands/derived-ids';

export const declareAbsence = defineRoute({
  id: 'declareAbsence',
  method: 'post',
  path: '/v1/absences',
  summary: 'Say that you are away, and who stands in',
  description:
    'For yourself; for a colleague who fell ill, when you have every role of theirs or are a lead of your party. ' +
    'While it lasts the deputy has the roles that the mechanism lends and hears what you would hear. ' +
    'You may still sign in and act.',
  body: absenceBodySchema,
  writes: { takesVersion: false },
  answers: {
    201: { description: 'Declared', schema: absenceSchema },
    200: { description: 'Declared before by this very request', schema: absenceSchema },
  },
  async handle({ parts, body, headers }, { reader }) {
    const { official = reader.official, deputy, from, until } = body;
    const result = await parts.record.absences.declare({
      mechanism: reader.mechanism,
      by: reader.official,
      request: commandIdOf(reader, headers.idempotencyKey),
      official,
      deputy,
      until,
      ...(from !== undefined && { from }),
    });
    if ('fault' in result) throw absenceProblem(result.fault);
    return {
      status: result.outcome === 'repeated' ? 200 : 201,
      body: absenceAnswerOf(result.absence),
    };
  },
});
