/**
 * Puts the plan to every deciding side: from here on each owes a decision, and its deciders are written to. That
 * a side is asked again before its approval lapses follows from the obligation `renew-approval`.
 */
import type { ActivityDeps } from '../deps';
import type { EffectOrder } from '../effect-order';
import { submitEffect } from '../submit-effect';

export const createApprovalActivities = (deps: ActivityDeps) => ({
  putPlanToSides: (order: EffectOrder) =>
    submitEffect(deps, order, { type: 'putPlanToSides', planVersion: order.planVersion }),
});
