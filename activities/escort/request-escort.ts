/**
 * Asks the plan's escort organisation for an escort. Its dispatcher names one by a command; legs and check-ins
 * are watched by the obligations `plan-legs` and `check-in`.
 */
import type { ActivityDeps } from '../deps';
import type { EffectOrder } from '../effect-order';
import { submitEffect } from '../submit-effect';

export const createEscortActivities = (deps: ActivityDeps) => ({
  requestEscort: (order: EffectOrder) =>
    submitEffect(deps, order, { type: 'requestEscort', planVersion: order.planVersion }),
});
