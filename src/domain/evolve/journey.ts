/** Folds of preparation, hosting, transit, handover and follow-up. */
import type { Journey, ReturnCase, Stay } from '../model/case';
import { isTrouble } from '../model/commands';
import type { IncidentKind } from '../model/commands';
import type { RecordedEvent } from '../model/events';
import type { PlaceId } from '../model/ids';
import { omitUndefined } from '../model/omit-undefined';
import type { Actor } from '../model/parties';
import type { Instant } from '../calendar/time';
import type { FoldTable, Patch } from './fold-table';
import { leftSite } from './hosting';
import { transferAtDeparture } from './transfer';

const travelled = (state: ReturnCase, change: Partial<Journey>): Patch =>
  state.journey ? { journey: { ...state.journey, ...change } } : {};

const isClinician = (actor: Actor): boolean => 'official' in actor && actor.roles.includes('clinician');

/** From where a leg was travelled to its end. */
const leftBehind = ({ completedLegs }: Journey, legs: ReturnCase['legs']): PlaceId[] =>
  legs.filter(({ id }) => completedLegs.includes(id)).map(({ from }) => from);

/** Back from the way: its legs are travelled, the next journey plans its own and has its own crew. */
const journeyOver = ({ journey, legs, escort, travelDocuments, pastCrossings }: ReturnCase): Patch => ({
  journey: undefined,
  movement: undefined,
  recall: undefined,
  handover: { confirmedBy: [] },
  legs: journey ? [] : legs,
  ...(travelDocuments &&
    journey &&
    journey.completedLegs.length > 0 && {
      pastCrossings: [
        ...(pastCrossings ?? []),
        { documents: travelDocuments.documents, left: leftBehind(journey, legs) },
      ],
    }),
  ...(journey && escort?.crew && { escort: omitUndefined({ ...escort, crew: undefined }) }),
});

/** At a safe point it stays until it is heard of elsewhere. */
const heardAt = ({ journey }: ReturnCase, place: PlaceId | undefined, since: Instant): Partial<Journey> =>
  place === undefined || journey?.lastPlace?.place === place ? {} : { lastPlace: { place, since } };

/** From where it waited; it is known to be there no longer. */
const leaving = ({ journey }: ReturnCase): Partial<Journey> =>
  journey?.lastPlace ? { lastPlace: omitUndefined({ ...journey.lastPlace, isSafePoint: undefined }) } : {};

/** When it happened on the road; when it was recorded, where it could be sent at once. */
const instantOf = (event: { readonly happenedAt?: Instant }, recordedAt: Instant): Instant =>
  event.happenedAt ?? recordedAt;

/** Only who travels with the child can give a sign of life; a call from an office is none. */
const signOfLife = (state: ReturnCase, { at, actor, event }: RecordedEvent): Partial<Journey> =>
  !('sign' in event) &&
  'official' in actor &&
  actor.party === state.escort?.party &&
  actor.roles.includes('escort')
    ? { lastSignAt: 'happenedAt' in event ? instantOf(event, at) : at }
    : {};

/** Each by itself, also of the same kind: a telephone without a connection sends several at once. */
const troubled = ({ journey }: ReturnCase, kind: IncidentKind, since: Instant): Partial<Journey> => {
  const known = journey?.incidents ?? [];
  return isTrouble(kind) ? { incidents: [...known, { id: `${kind}-${known.length + 1}`, kind, since }] } : {};
};

/** Without an id, all of them. */
const seenTo = ({ journey }: ReturnCase, incident?: string): Partial<Journey> =>
  journey?.incidents
    ? {
        incidents: journey.incidents.map((each) =>
          incident === undefined || each.id === incident ? { ...each, over: true } : each,
        ),
      }
    : {};

/** Whoever saw it sees to it. */
const worried = ({ concerns = [] }: ReturnCase, id: string, { at, actor }: RecordedEvent): Patch =>
  'official' in actor
    ? { concerns: [...concerns.filter((each) => each.id !== id), { id, party: actor.party, since: at }] }
    : {};

/** Out of interim care the visits begin anew: it is another home. */
const home = (state: ReturnCase, end: { readonly at: Instant; readonly own?: true }): Patch => ({
  handover: { ...state.handover, ...end },
  recall: undefined,
  ...(state.interimCare && { visits: [], reintegration: undefined }),
});

export const journeyFolds: FoldTable<
  | 'TravelDocumentsConfirmed'
  | 'TravelDocumentsExpired'
  | 'MedicallyCleared'
  | 'ClearanceWithheld'
  | 'ClearanceExpired'
  | 'EscortCredentialEnded'
  | 'PlaceRequested'
  | 'PlaceHeld'
  | 'StayExtended'
  | 'PlaceDeclined'
  | 'PlaceReleased'
  | 'CarerBedHeld'
  | 'CarerBedReleased'
  | 'EscortRequested'
  | 'CrewConfirmed'
  | 'LegsPlanned'
  | 'ArrivedAtSite'
  | 'WelfareNoted'
  | 'Departed'
  | 'CheckedIn'
  | 'LegCompleted'
  | 'IncidentReported'
  | 'IncidentAnswered'
  | 'JourneyPaused'
  | 'JourneyResumed'
  | 'Diverted'
  | 'SafePointReached'
  | 'TurnedBack'
  | 'JourneyEnded'
  | 'RecallRaised'
  | 'RecallDecided'
  | 'ArrivedAtHandover'
  | 'RecipientIdentified'
  | 'HandoverConfirmed'
  | 'HandedOver'
  | 'OwnArrivalConfirmed'
  | 'ReunitedAtSite'
  | 'FamilyHome'
  | 'CarerPapersConfirmed'
  | 'PlacedInInterimCare'
  | 'VisitReported'
  | 'ReintegrationPlanned'
  | 'ConcernResolved'
> = {
  TravelDocumentsConfirmed: (_state, { documents, validUntil, findings }, { at }) => ({
    travelDocuments: { documents, validUntil, at, ...(findings && { findings }) },
  }),
  TravelDocumentsExpired: (state, _event, { at }) =>
    state.travelDocuments ? { travelDocuments: { ...state.travelDocuments, expiredAt: at } } : {},
  MedicallyCleared: (state, { validUntil, needs }, { at }) => ({
    medical: { ...state.medical, clearance: { fit: true, at, validUntil, ...(needs && { needs }) } },
  }),
  ClearanceWithheld: (state, _event, { at, actor }) => ({
    medical: {
      ...state.medical,
      clearance: { fit: false, at, ...(isClinician(actor) && { byClinician: true }) },
    },
  }),
  ClearanceExpired: (state, _event, { at }) =>
    state.medical.clearance
      ? { medical: { ...state.medical, clearance: { ...state.medical.clearance, expiredAt: at } } }
      : {},
  PlaceRequested: (_state, { planVersion }, { at }) => ({ placeRequest: { planVersion, at } }),
  PlaceHeld: (_state, { site, firstNight, leavesOn }, { at }) => ({
    stay: omitUndefined<Stay>({ site, status: 'held', since: at, firstNight, leavesOn }),
  }),
  StayExtended: ({ stay }, { leavesOn }) => (stay ? { stay: { ...stay, leavesOn } } : {}),
  PlaceDeclined: (state, _event, { at }) => ({
    placeRequest: { planVersion: state.plan?.version ?? 0, at, ...state.placeRequest, declined: true },
  }),
  CarerBedHeld: (_state, { site, firstNight, leavesOn }) => ({ carerBed: { site, firstNight, leavesOn } }),
  CarerBedReleased: () => ({ carerBed: undefined }),
  PlaceReleased: () => ({ stay: undefined, placeRequest: undefined, ...leftSite }),
  EscortCredentialEnded: ({ escort }, _event, { at }) =>
    escort ? { escort: { ...escort, credentialEndedAt: at } } : {},
  EscortRequested: (_state, { planVersion }, { at }) => ({ escortRequest: { planVersion, at } }),
  CrewConfirmed: ({ escort }, { has, escorts, children }, { at }) =>
    escort ? { escort: { ...escort, crew: { at, has, escorts, children } } } : {},
  LegsPlanned: (state, { legs, granted }, { at }) => ({
    legs,
    legsPlannedAt: at,
    ...((granted ?? state.grantedLegs) && { grantedLegs: granted }),
  }),
  ArrivedAtSite: (state, { site }, { at }) => ({
    // Until when is still so where it came to the place that was kept for it.
    stay: omitUndefined<Stay>({
      site,
      status: 'occupied',
      since: at,
      leavesOn: state.stay?.site === site ? state.stay.leavesOn : undefined,
    }),
    ...leftSite,
    ...journeyOver(state),
  }),
  WelfareNoted: (state, { wellbeing }, recorded) => ({
    ...(state.stay && { stay: { ...state.stay, lastNoteAt: recorded.at, lastWellbeing: wellbeing } }),
    ...(wellbeing === 'concern' && worried(state, `note-${recorded.version}`, recorded)),
  }),
  Departed: (state, { planVersion, transfer, movement }, { at }) => ({
    movement,
    journey: {
      departedAt: at,
      planVersion,
      lastSignAt: at,
      completedLegs: [],
      ...(transfer && { transfer: transferAtDeparture(state, at) }),
    },
    recall: undefined,
  }),
  CheckedIn: (state, event, { at }) =>
    travelled(state, {
      lastSignAt: instantOf(event, at),
      ...heardAt(state, event.place, instantOf(event, at)),
    }),
  LegCompleted: (state, event, { at }) => {
    const leg = state.legs.find(({ id }) => id === event.leg);
    return travelled(state, {
      lastSignAt: instantOf(event, at),
      completedLegs: [...(state.journey?.completedLegs ?? []), event.leg],
      ...heardAt(state, leg?.to, instantOf(event, at)),
    });
  },
  IncidentReported: (state, { kind }, recorded) =>
    travelled(state, { ...signOfLife(state, recorded), ...troubled(state, kind, recorded.at) }),
  IncidentAnswered: (state, { incident }) => travelled(state, seenTo(state, incident)),
  JourneyPaused: (state, event, recorded) =>
    travelled(state, {
      ...signOfLife(state, recorded),
      paused: { since: instantOf(event, recorded.at), kind: event.kind },
    }),
  // It goes on: no longer to where it was diverted, nor where it waited.
  JourneyResumed: (state, _event, recorded) =>
    travelled(state, {
      ...signOfLife(state, recorded),
      paused: undefined,
      diverted: undefined,
      ...leaving(state),
    }),
  Diverted: (state, event, recorded) =>
    travelled(state, {
      ...signOfLife(state, recorded),
      diverted: omitUndefined({
        place: event.place,
        since: instantOf(event, recorded.at),
        unplanned: event.unplanned,
      }),
      ...leaving(state),
    }),
  SafePointReached: (state, event, recorded) =>
    travelled(state, {
      ...signOfLife(state, recorded),
      lastPlace: { place: event.place, since: instantOf(event, recorded.at), isSafePoint: true },
    }),
  TurnedBack: (state) =>
    travelled(state, { turningBack: true, paused: undefined, diverted: undefined, ...leaving(state) }),
  JourneyEnded: journeyOver,
  RecallRaised: (_state, { party }, { at }) => ({ recall: { since: at, party } }),
  RecallDecided: (state, { outcome }, { at }) =>
    state.recall ? { recall: { ...state.recall, decided: outcome, decidedAt: at } } : {},
  ArrivedAtHandover: (state, event, { at }) =>
    travelled(state, {
      lastSignAt: instantOf(event, at),
      arrivedAt: instantOf(event, at),
      paused: undefined,
      diverted: undefined,
      // What was on the road is behind them.
      ...seenTo(state),
      ...heardAt(state, state.plan?.handoverPlace, instantOf(event, at)),
    }),
  RecipientIdentified: (state, { matches }, { at, actor }) => ({
    // Whoever confirmed before confirmed another look at the recipient.
    handover: {
      ...state.handover,
      confirmedBy: [],
      ...('official' in actor ? { identity: { matches, at, by: actor } } : {}),
    },
  }),
  HandoverConfirmed: (state, { by }) => ({
    handover: { ...state.handover, confirmedBy: [...state.handover.confirmedBy, by] },
  }),
  HandedOver: (state, _event, { at }) => home(state, { at }),
  ReunitedAtSite: (_state, { recipient }, { at }) => ({ reunion: { recipient, at } }),
  FamilyHome: (state, _event, { at }) => home(state, { at }),
  CarerPapersConfirmed: (_state, { recipient, documents, permission, validUntil }, { at }) => ({
    carerPapers: { recipient, documents, permission, validUntil, at },
  }),
  OwnArrivalConfirmed: (state, _event, { at }) => home(state, { at, own: true }),
  PlacedInInterimCare: (state, { kind, place }, { at }) => ({
    interimCare: { kind, place, since: at },
    handover: { confirmedBy: [] },
    reunion: undefined,
    ...travelled(state, { paused: undefined, transfer: undefined }),
  }),
  VisitReported: (state, { visit, outcome }, recorded) => ({
    visits: [...state.visits, { visit, outcome, at: recorded.at }],
    ...(outcome === 'concern' && worried(state, `visit-${visit}`, recorded)),
  }),
  // What was said before of the same need is replaced.
  ReintegrationPlanned: ({ reintegration }, { lines }, { at }) => ({
    reintegration: {
      since: at,
      lines: [
        ...(reintegration?.lines ?? []).filter(({ need }) => !lines.some((line) => line.need === need)),
        ...lines,
      ],
    },
  }),
  ConcernResolved: (state, { concern }) => ({
    concerns: (state.concerns ?? []).filter(({ id }) => id !== concern),
  }),
};
