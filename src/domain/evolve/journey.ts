/** Folds of preparation, hosting, transit, handover and follow-up. */
import type { Journey, ReturnCase } from '../case';
import type { FoldTable, Patch } from './fold-table';

const travelled = (state: ReturnCase, change: Partial<Journey>): Patch =>
  state.journey ? { journey: { ...state.journey, ...change } } : {};

export const journeyFolds: FoldTable<
  | 'TravelDocumentsConfirmed'
  | 'TravelDocumentsExpired'
  | 'MedicallyCleared'
  | 'ClearanceWithheld'
  | 'ClearanceExpired'
  | 'PlaceRequested'
  | 'PlaceHeld'
  | 'PlaceDeclined'
  | 'PlaceReleased'
  | 'EscortRequested'
  | 'EscortAssigned'
  | 'LegsPlanned'
  | 'ArrivedAtSite'
  | 'WelfareNoted'
  | 'Departed'
  | 'CheckedIn'
  | 'LegCompleted'
  | 'IncidentReported'
  | 'JourneyPaused'
  | 'JourneyResumed'
  | 'TurnedBack'
  | 'JourneyEnded'
  | 'RecallRaised'
  | 'RecallDecided'
  | 'ArrivedAtHandover'
  | 'RecipientIdentified'
  | 'HandoverConfirmed'
  | 'HandedOver'
  | 'VisitReported'
> = {
  TravelDocumentsConfirmed: (_state, { documents, validUntil }) => ({
    travelDocuments: { documents, validUntil },
  }),
  TravelDocumentsExpired: () => ({ travelDocuments: undefined }),
  MedicallyCleared: (state, { validUntil }, { at }) => ({
    medical: { ...state.medical, clearance: { fit: true, at, validUntil } },
  }),
  ClearanceWithheld: (state, _event, { at }) => ({
    medical: { ...state.medical, clearance: { fit: false, at } },
  }),
  ClearanceExpired: (state) => ({ medical: { ...state.medical, clearance: undefined } }),
  PlaceRequested: (_state, { planVersion }, { at }) => ({ placeRequest: { planVersion, at } }),
  PlaceHeld: (_state, { site }, { at }) => ({ stay: { site, status: 'held', since: at } }),
  PlaceDeclined: (state) =>
    state.placeRequest ? { placeRequest: { ...state.placeRequest, declined: true } } : {},
  PlaceReleased: () => ({ stay: undefined, placeRequest: undefined }),
  EscortRequested: (_state, { planVersion }, { at }) => ({ escortRequest: { planVersion, at } }),
  EscortAssigned: (state, { escort }, { at }) => ({
    escort: { official: escort, party: state.plan?.escortParty ?? '', since: at },
  }),
  LegsPlanned: (_state, { legs }) => ({ legs }),
  ArrivedAtSite: (_state, { site }, { at }) => ({
    stay: { site, status: 'occupied', since: at },
    journey: undefined,
    recall: undefined,
  }),
  WelfareNoted: (state, { wellbeing }, { at }) =>
    state.stay ? { stay: { ...state.stay, lastNoteAt: at, lastWellbeing: wellbeing } } : {},
  Departed: (_state, { planVersion }, { at }) => ({
    journey: { departedAt: at, planVersion, lastSignAt: at, completedLegs: [] },
    recall: undefined,
  }),
  CheckedIn: (state, _event, { at }) => travelled(state, { lastSignAt: at }),
  LegCompleted: (state, { leg }, { at }) =>
    travelled(state, { lastSignAt: at, completedLegs: [...(state.journey?.completedLegs ?? []), leg] }),
  IncidentReported: (state, _event, { at, actor }) =>
    'party' in actor && actor.party === state.escort?.party ? travelled(state, { lastSignAt: at }) : {},
  JourneyPaused: (state, { kind }, { at }) => travelled(state, { paused: { since: at, kind } }),
  JourneyResumed: (state, _event, { at }) => travelled(state, { paused: undefined, lastSignAt: at }),
  TurnedBack: (state) => travelled(state, { turningBack: true, paused: undefined }),
  JourneyEnded: () => ({ journey: undefined, recall: undefined }),
  RecallRaised: (_state, { party }, { at }) => ({ recall: { since: at, party } }),
  RecallDecided: (state, { outcome }) =>
    state.recall ? { recall: { ...state.recall, decided: outcome } } : {},
  ArrivedAtHandover: (state, _event, { at }) =>
    travelled(state, { lastSignAt: at, arrivedAt: at, paused: undefined }),
  RecipientIdentified: (state, { matches }, { at, actor }) => ({
    handover: { ...state.handover, ...('official' in actor ? { identity: { matches, at, by: actor } } : {}) },
  }),
  HandoverConfirmed: (state, { by }) => ({
    handover: { ...state.handover, confirmedBy: [...state.handover.confirmedBy, by] },
  }),
  HandedOver: (state, _event, { at }) => ({ handover: { ...state.handover, at }, recall: undefined }),
  VisitReported: (state, { visit, outcome }, { at }) => ({
    visits: [...state.visits, { visit, outcome, at }],
  }),
};
