import { z } from 'zod';
import { absenceSchema } from '../../contracts/http/officials';
import { absenceAnswerOf } from '../views/absence-answer';
import { defineRoute } from '../define-route';

export const listAbsences = defineRoute({
  id: 'listAbsences',
  method: 'get',
  path: '/v1/absences',
  summary: 'Who of your party is, was or will be away, and who stands in; the latest first',
  answers: {
    200: { description: 'At most 500', schema: z.object({ items: z.array(absenceSchema) }) },
  },
  async handle({ parts }, { reader }) {
    const absences = await parts.record.absences.listFor(reader.mechanism, reader.party);
    return { status: 200, body: { items: absences.map((absence) => absenceAnswerOf(absence)) } };
  },
});
