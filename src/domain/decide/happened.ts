/** When something happened on the road, as the record can believe it. */
import type { ReturnCase } from '../model/case';
import type { Instant } from '../calendar/time';
import type { RuleContext } from './rule-context';

/**
 * Not after now, and not before what was last heard. A telephone’s clock may be wrong, and a sign of life is not refused
 * for that; it only never counts for longer.
 */
export function happened(
  { journey }: ReturnCase,
  at: Instant | undefined,
  { now }: RuleContext,
): { happenedAt?: Instant } {
  if (at === undefined || !journey || at >= now) return {};
  return { happenedAt: at < journey.lastSignAt ? journey.lastSignAt : at };
}
