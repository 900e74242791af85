/** When time itself next has something to do in a case: the due instant of the workflow's one timer. */
import type { MechanismRules } from './mechanism';
import type { ReturnCase } from './case';
import type { Instant } from './time';

/** The earliest instant at which `observeTime` would yield events (may lie before `now`); undefined when never. */
export function nextInstantOf(
  _state: ReturnCase,
  _rules: MechanismRules,
  _now: Instant,
): Instant | undefined {
  throw new Error('being written');
}
