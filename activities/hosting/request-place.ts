/**
 * Asks the host of the plan's site for a place. The host confirms or declines by a command of its own; a place is
 * given and given back in the record's transaction, never here.
 */
import type { ActivityDeps } from '../deps';
import type { EffectOrder } from '../effect-order';
import { submitEffect } from '../submit-effect';

export const createHostingActivities = (deps: ActivityDeps) => ({
  requestPlace: (order: EffectOrder) =>
    submitEffect(deps, order, { type: 'requestPlace', planVersion: order.planVersion }),
});
