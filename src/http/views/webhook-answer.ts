/** Which generation of a webhook's secret counts, as the API answers it. */
import { rotationOverlapHours } from '../../contracts/webhook-secret';
import { addDuration } from '../../domain/calendar/time';
import type { Instant } from '../../domain/calendar/time';
import type { SecretGeneration } from '../../record/letters/webhook-secrets';

export function generationAnswerOf(
  current: SecretGeneration,
): SecretGeneration & { readonly previousUntil?: Instant } {
  const { since } = current;
  if (since === undefined) return current;
  const previousUntil = addDuration(since, `PT${rotationOverlapHours}H`);
  return { ...current, ...(previousUntil > new Date().toISOString() && { previousUntil }) };
}
