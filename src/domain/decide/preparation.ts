/** Rules of preparation and hosting. Source: domain.md, "Stages of one return"; never-rule 5 is the record's. */
import { findLivePlan } from '../agreement';
import { isOver } from '../days';
import { gateBlockersOf } from '../gate';
import type { PlaceId } from '../ids';
import { rejected } from '../rejections';
import type { Leg } from '../commands';
import { given } from './handling';
import type { HandlerTable, Outcome } from './handling';

function legFault(
  legs: readonly Leg[],
  places: readonly PlaceId[],
  handoverPlace: PlaceId,
): Outcome | undefined {
  if (new Set(legs.map(({ id }) => id)).size !== legs.length)
    return rejected('duplicate-id', { field: 'legs' });
  for (const [index, leg] of legs.entries()) {
    if (!places.includes(leg.from) || !places.includes(leg.to))
      return rejected('unknown-place', { field: `legs.${index}` });
    const before = legs[index - 1];
    const follows = !before || (before.to === leg.from && before.arriveAt <= leg.departAt);
    if (leg.arriveAt <= leg.departAt || !follows)
      return rejected('legs-disordered', { field: `legs.${index}` });
  }
  return legs.at(-1)?.to === handoverPlace ? undefined : rejected('legs-disordered', { field: 'legs' });
}

export const preparationRules: HandlerTable<
  | 'confirmTravelDocuments'
  | 'clearMedically'
  | 'requestPlace'
  | 'confirmPlace'
  | 'declinePlace'
  | 'requestEscort'
  | 'assignEscort'
  | 'planLegs'
  | 'recordArrival'
  | 'writeWelfareNote'
  | 'depart'
> = {
  confirmTravelDocuments: (state, { documents, validUntil }, { now, mechanism }) =>
    isOver('validUntil', validUntil, now, { state, rules: mechanism })
      ? rejected('date-past', { field: 'validUntil' })
      : [{ type: 'TravelDocumentsConfirmed', documents, validUntil }],

  clearMedically: (state, { fit, validUntil, note }, { now, mechanism }) => {
    if (isOver('validUntil', validUntil, now, { state, rules: mechanism }))
      return rejected('date-past', { field: 'validUntil' });
    if (fit) return [given({ type: 'MedicallyCleared', validUntil, note })];
    return [
      given({ type: 'ClearanceWithheld', note }),
      ...(state.stage === 'transit' && !state.journey?.paused
        ? [{ type: 'JourneyPaused', kind: 'health' } as const]
        : []),
    ];
  },

  requestPlace: (state, { planVersion }) => {
    const plan = findLivePlan(state);
    if (plan?.version !== planVersion || plan.site === null || state.placeRequest || state.stay)
      return rejected('already-done');
    return [{ type: 'PlaceRequested', site: plan.site, planVersion }];
  },

  confirmPlace: (state) => {
    const site = findLivePlan(state)?.site;
    if (!site || !state.placeRequest) return rejected('no-place-asked');
    return state.stay ? rejected('already-done') : [{ type: 'PlaceHeld', site }];
  },

  declinePlace: (state, { note }) => {
    const site = findLivePlan(state)?.site;
    if (!site || !state.placeRequest) return rejected('no-place-asked');
    if (state.placeRequest.declined) return rejected('already-done');
    return [
      ...(state.stay?.status === 'held' ? [{ type: 'PlaceReleased', site } as const] : []),
      given({ type: 'PlaceDeclined', site, note }),
    ];
  },

  requestEscort: (state, { planVersion }) => {
    const plan = findLivePlan(state);
    if (plan?.version !== planVersion || state.escortRequest) return rejected('already-done');
    return [{ type: 'EscortRequested', party: plan.escortParty, planVersion }];
  },

  assignEscort: (state, { escort }) =>
    state.escort?.official === escort ? rejected('already-done') : [{ type: 'EscortAssigned', escort }],

  planLegs: (state, { legs }, { mechanism }) => {
    const plan = state.plan;
    if (!plan) return rejected('no-plan');
    const fault = legFault(legs, mechanism.places, plan.handoverPlace);
    return fault ?? [{ type: 'LegsPlanned', legs }];
  },

  recordArrival: (state) => {
    if (state.stage === 'transit') {
      if (!state.journey?.turningBack) return rejected('wrong-stage');
      const site = state.plan?.site;
      return [site ? { type: 'ArrivedAtSite', site } : { type: 'JourneyEnded' }];
    }
    if (state.stay?.status !== 'held') return rejected('no-place-asked');
    return [{ type: 'ArrivedAtSite', site: state.stay.site }];
  },

  writeWelfareNote: (state, { wellbeing, note }) =>
    state.stay?.status === 'occupied'
      ? [given({ type: 'WelfareNoted', wellbeing, note })]
      : rejected('wrong-stage'),

  depart: (state, _command, { mechanism, now, siblings }) => {
    const blockers = gateBlockersOf(state, mechanism, now, siblings);
    const plan = findLivePlan(state);
    if (blockers.length > 0 || !plan) return rejected('gate-closed', { blockers });
    return [{ type: 'Departed', planVersion: plan.version, planHash: plan.hash }];
  },
};
