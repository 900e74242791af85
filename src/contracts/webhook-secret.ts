/**
 * Secrets that a party's webhook is signed with, as Standard Webhooks writes them. They follow from the seal key, so
 * that nothing stored can be used to forge a notice; whoever raises the generation has another one.
 */
import { createHmac } from 'node:crypto';
import type { PartyId } from '../domain/model/ids';

export interface WebhookKey {
  readonly mechanism: string;
  readonly party: PartyId;
  /** Counts from 1. */
  readonly generation: number;
}
/** After a rotation both secrets count for so long, so that the receiver may take its time. */
export const rotationOverlapHours = 24;

/** `whsec_` and 32 bytes in base64. Never in a log, nor in an answer but the one to whoever asked for it. */
export const webhookSecretOf = (sealKey: string, { mechanism, party, generation }: WebhookKey): string =>
  `whsec_${createHmac('sha256', sealKey).update(`webhook:${mechanism}:${party}:${generation}`).digest('base64')}`;
