/**
 * One copy of a mechanism's rules for all cases of a worker: each would otherwise keep its own, some tens of
 * kilobytes. Found by their whole content and frozen, so no workflow can see that it shares them, and a replay
 * finds the same whoever came first.
 */
import type { MechanismRules } from '../../src/domain/model/mechanism';

/** One entry for each mechanism version in use. */
const known = new Map<string, MechanismRules>();

export function sharedRules(rules: MechanismRules): MechanismRules {
  const content = JSON.stringify(rules);
  const found = known.get(content);
  if (found) return found;
  freeze(rules);
  known.set(content, rules);
  return rules;
}

function freeze(value: object): void {
  Object.freeze(value);
  for (const part of Object.values(value) as unknown[]) {
    if (typeof part === 'object' && part !== null) freeze(part);
  }
}
