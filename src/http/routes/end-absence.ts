import { z } from 'zod';
import { absenceSchema } from '../../contracts/http/officials';
import { absenceAnswerOf, absenceProblem } from '../views/absence-answer';
import { defineRoute } from '../define-route';
import { commandIdOf } from '../commands/derived-ids';

export const endAbsence = defineRoute({
  id: 'endAbsence',
  method: 'post',
  path: '/v1/absences/{id}/end',
  summary: 'End an absence before its time',
  description: 'By whoever may declare it. The deputy no longer has the lent roles within two seconds.',
  params: z.object({ id: z.uuid() }),
  writes: { takesVersion: false },
  answers: { 200: { description: 'Ended', schema: absenceSchema } },
  async handle({ parts, params: { id }, headers }, { reader }) {
    const result = await parts.record.absences.end({
      mechanism: reader.mechanism,
      by: reader.official,
      request: commandIdOf(reader, headers.idempotencyKey),
      id,
    });
    if ('fault' in result) throw absenceProblem(result.fault);
    return { status: 200, body: absenceAnswerOf(result.absence) };
  },
});
