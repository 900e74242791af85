/**
 * Puts the plan to every deciding side: from here on each owes a decision, and its deciders are written to. Then sees for
 * each side that it has reached it: until a letter about it is sent, the activity fails and is tried again, which is what an
 * operator reads in the UI. That a side is asked again before its approval lapses follows from the obligation
 * `renew-approval`.
 */
import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityDeps } from '../deps';
import type { EffectOrder } from '../effect-order';
import { submitEffect } from '../submit-effect';

export const createApprovalActivities = (deps: ActivityDeps) => ({
  putPlanToSides: (order: EffectOrder) =>
    submitEffect(deps, order, { type: 'putPlanToSides', planVersion: order.planVersion }),

  seePlanReachSide: async (order: EffectOrder) => {
    const { case: id, party = '', planVersion } = order;
    const sentAt = await deps.record.findPlanLetter(id, party, planVersion);
    if (sentAt === undefined)
      throw ApplicationFailure.create({
        type: 'plan-not-sent',
        message: `no letter about plan version ${planVersion} was sent to ${party} yet`,
      });
    return submitEffect(deps, order, { type: 'notePlanReached', party, planVersion, sentAt });
  },
});
