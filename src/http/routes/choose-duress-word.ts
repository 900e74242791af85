import { duressWordSchema } from '../../contracts/http/officials';
import { defineRoute } from '../define-route';

/** The answer is the same whatever was chosen before: nobody who looks on learns whether there is a word. */
export const chooseDuressWord = defineRoute({
  id: 'chooseDuressWord',
  method: 'put',
  path: '/v1/duress-word',
  summary: 'Choose the word that, written in any note of yours, calls the mediator unseen',
  description:
    'An escort chooses it before the journey. Nobody can read it again. Whoever writes it is answered as always; the ' +
    'mediator’s duty officers are called at once.',
  body: duressWordSchema,
  answers: { 204: { description: 'Kept' } },
  async handle({ parts, body }, { reader }) {
    await parts.record.duressWords.choose(reader, body.word ?? undefined);
    return { status: 204 };
  },
});
