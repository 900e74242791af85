/** Whether a case could go over to other rules, asked before anybody decides so: `moveMechanism` itself, as the lead's. */
import type { Instant } from '../calendar/time';
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import type { Rejection } from '../model/rejections';
import { refusalFor } from './decide';

/** Why the case would not be moved to `target` now; undefined where it would. */
export function refusalToMove(
  state: ReturnCase,
  rules: MechanismRules,
  target: MechanismRules,
  now: Instant,
): Rejection | undefined {
  const mediator = rules.parties.find(({ kind }) => kind === 'mediator')?.id ?? '';
  return refusalFor(
    state,
    {
      // Nobody by name: what is asked is how the case stands, not who may.
      actor: { official: '', party: mediator, roles: ['lead'] },
      command: { type: 'moveMechanism', version: target.version },
    },
    // No plan is made, so none is hashed.
    { now, mechanism: rules, target, hashPlan: () => '' },
  );
}
