import { webhookGenerationSchema } from '../../contracts/http/officials';
import { defineRoute } from '../define-route';
import { generationAnswerOf } from '../views/webhook-answer';

export const getWebhookSecret = defineRoute({
  id: 'getWebhookSecret',
  method: 'get',
  path: '/v1/webhook-secret',
  summary: 'Which secret your party’s webhook is signed with, and since when; never the secret',
  answers: { 200: { description: 'Its generation', schema: webhookGenerationSchema } },
  async handle({ parts }, { reader: { mechanism, party } }) {
    const [current, { parties }] = await Promise.all([
      parts.record.webhookSecrets.current(mechanism, party),
      parts.getMechanism(),
    ]);
    const url = parties.find(({ id }) => id === party)?.webhook?.url;
    return { status: 200, body: { ...generationAnswerOf(current), ...(url !== undefined && { url }) } };
  },
});
