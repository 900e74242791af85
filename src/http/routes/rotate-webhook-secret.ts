import { webhookSecretOf } from '../../contracts/webhook-secret';
import { webhookSecretSchema } from '../../contracts/http/officials';
import { defineRoute } from '../define-route';
import { commandIdOf } from '../commands/derived-ids';
import { Problem } from '../problem';
import { generationAnswerOf } from '../views/webhook-answer';

export const rotateWebhookSecret = defineRoute({
  id: 'rotateWebhookSecret',
  method: 'post',
  path: '/v1/webhook-secret',
  summary: 'A new secret for your party’s webhook; the one before it counts for a day longer',
  description: 'Rotate a second time within a day, and the one before last no longer counts at once.',
  writes: { takesVersion: false },
  answers: { 201: { description: 'The secret, shown here only', schema: webhookSecretSchema } },
  async handle({ parts, headers }, { reader }) {
    const { mechanism, party, official: by } = reader;
    const request = commandIdOf(reader, headers.idempotencyKey);
    const raised = await parts.record.webhookSecrets.raise({ mechanism, party, by, request });
    if (!raised) throw new Problem('command-id-reused');
    const secret = webhookSecretOf(parts.sealKey, { mechanism, party, generation: raised.generation });
    return { status: 201, body: { secret, ...generationAnswerOf(raised) } };
  },
});
