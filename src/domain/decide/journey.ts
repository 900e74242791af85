/** Rules of the journey, handover and follow-up. Source: docs/rules.md, "What may happen at any time". */
import { pendingRevisionsOf } from '../facts/agreement';
import { followedUpSince, isInInterimCare, isSafePoint, openIncidentsOf, isVisited } from '../facts/care';
import {
  decidesAlone,
  isWithoutRecipient,
  namesNobody,
  recipientFacetsAskedOf,
  facetStateOf,
} from '../facts/adults';
import { unapprovedBy } from '../facts/alternates';
import { isOver } from '../facts/days';
import { hasSetOut, travelsWith } from '../facts/transfer';
import { atTheDoorSince, isHeardSince, unwillingSince } from '../facts/hearing';
import { isIdentifiedSince, mismatchSince } from '../facts/presence';
import { isReunited, passesAtSite, reunionBlockersOf } from '../facts/reunion';
import type { Confirmer, ReturnCase } from '../model/case';
import { reintegrationNeeds } from '../model/commands';
import type { IncidentKind } from '../model/commands';
import type { CaseEvent } from '../model/events';
import type { PlaceId } from '../model/ids';
import { recipientHashesOf } from '../facts/papers';
import { rejected } from '../model/rejections';
import type { GateBlocker, Rejection } from '../model/rejections';
import { isFacetSettledForReturn } from '../facts/stage-of';
import { addDuration, before } from '../calendar/time';
import { findParty } from '../model/mechanism';
import type { Facet } from '../model/verification';
import { happened } from './happened';
import { officialOf } from './rule-context';
import { takenWith } from './transfer';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, HandlerTable, Outcome } from './rule-context';

/** A withdrawal on the way that people have not yet decided about, or decided to wait in shelter. */
const isRecallOpen = (state: ReturnCase): boolean =>
  state.recall !== undefined && (!state.recall.decided || state.recall.decided === 'shelter');

/**
 * Whoever travels with the child, and nobody else of their organisation: another's call would silence the alarm
 * that the child's own escort has not been heard of.
 */
const isTheirEscort = (state: ReturnCase, context: RuleContext): boolean =>
  travelsWith(state, officialOf(context).official);

/** Another escort of their organisation: where that one is tells nothing of this child. */
function isStranger(state: ReturnCase, context: RuleContext): boolean {
  const { official, roles } = officialOf(context);
  return roles.includes('escort') && !travelsWith(state, official);
}

/**
 * A call of another escort is no sign of life of this child. The fold counts any escort's, as it did for older events;
 * so where it would be wrong the event says so.
 */
const noSign = (state: ReturnCase, context: RuleContext): { sign?: false } =>
  isStranger(state, context) ? { sign: false } : {};

/** What stops the journey of a child on the way; nothing when it stands already, or the child is not on the way. */
export const pausedOf = (state: ReturnCase, context: RuleContext, kind: IncidentKind): CaseEvent[] =>
  state.stage === 'transit' && !state.journey?.paused
    ? [{ type: 'JourneyPaused', kind, ...noSign(state, context) }]
    : [];

const unplannedStop = ({ legs, plan }: ReturnCase, place: PlaceId): { unplanned?: true } =>
  isSafePoint(legs, plan, place) ? {} : { unplanned: true };

const holdBlockers = (state: ReturnCase): GateBlocker[] =>
  state.holds.map(({ id }) => ({ blocker: 'hold-active', subject: id }));

/** Whoever comes to somebody, or home alone: heard and seen at the door. */
function doorBlockers(state: ReturnCase): GateBlocker[] {
  const door = atTheDoorSince(state);
  return [
    ...holdBlockers(state),
    ...(door && !isHeardSince(state, door) ? [{ blocker: 'child-unheard' } as const] : []),
    ...(door && !isIdentifiedSince(state, door) ? [{ blocker: 'child-unidentified' } as const] : []),
    ...(mismatchSince(state) ? [{ blocker: 'child-mismatch' } as const] : []),
  ];
}

const confirmerOf = (state: ReturnCase, context: RuleContext): Confirmer => {
  if (officialOf(context).party === state.plan?.receivingParty) return 'receiving';
  return state.stage === 'hosting' ? 'host' : 'escort';
};

/** At the site only where the plan lets care pass there; the host gives the child there, and the escort at the end of a way. */
function placeFault(state: ReturnCase, context: RuleContext): { rejection: Rejection } | undefined {
  const isAtSite = state.stage === 'hosting';
  if (isAtSite && !passesAtSite(state)) return rejected('wrong-stage');
  if (isAtSite && isReunited(state)) return rejected('already-done');
  const kind = findParty(context.mechanism, officialOf(context).party)?.kind;
  return kind === (isAtSite ? 'escort' : 'host') ? rejected('not-your-command') : undefined;
}

/** While the child is at the site: all that keeps it from leaving, but what is of the way, keeps it from being handed over. */
function reunited(state: ReturnCase, by: Confirmer, { mechanism, now }: RuleContext): Outcome {
  const blockers = reunionBlockersOf(state, mechanism, now);
  if (blockers.length > 0) return rejected('gate-closed', { blockers });
  return [
    { type: 'HandoverConfirmed', by },
    ...(state.handover.confirmedBy.length === 1
      ? [{ type: 'ReunitedAtSite', recipient: state.recipient.ref } as const]
      : []),
  ];
}

/** Before its date. */
const visitCountsFrom = 'P1D';

const hasLapsed = (state: ReturnCase, facet: Facet, { mechanism: rules, now }: RuleContext): boolean =>
  isOver('validUntil', facetStateOf(state, facet).attestation?.validUntil, now, { state, rules });

export const journeyRules: HandlerTable<
  | 'checkIn'
  | 'completeLeg'
  | 'reportIncident'
  | 'answerIncident'
  | 'pauseJourney'
  | 'resumeJourney'
  | 'divert'
  | 'reachSafePoint'
  | 'decideRecall'
  | 'arrive'
  | 'checkRecipientIdentity'
  | 'confirmHandover'
  | 'confirmOwnArrival'
  | 'placeInInterimCare'
  | 'reportVisit'
  | 'planReintegration'
  | 'resolveConcern'
> = {
  checkIn: (state, { place, at, note }, context) => {
    if (!isTheirEscort(state, context)) return rejected('not-your-command');
    return place !== undefined && !context.mechanism.places.includes(place)
      ? rejected('unknown-place', { field: 'place' })
      : [
          ...takenWith(state, at, context),
          omitUndefined({ type: 'CheckedIn', place, ...happened(state, at, context), note }),
        ];
  },

  completeLeg: (state, { leg, at }, context) => {
    if (!isTheirEscort(state, context)) return rejected('not-your-command');
    if (!state.legs.some(({ id }) => id === leg)) return rejected('unknown-leg', { field: 'leg' });
    if (state.journey?.completedLegs.includes(leg)) return rejected('already-done');
    return [...takenWith(state, at, context), { type: 'LegCompleted', leg, ...happened(state, at, context) }];
  },

  reportIncident: (state, { kind, at, note }, context) => [
    omitUndefined({
      type: 'IncidentReported',
      kind,
      ...noSign(state, context),
      ...happened(state, at, context),
      note,
    }),
  ],

  /* Two may see to it: whoever comes second hears that it is done. */
  answerIncident: (state, { incident, note }) =>
    openIncidentsOf(state).some(({ id }) => id === incident)
      ? [{ type: 'IncidentAnswered', incident, note }]
      : rejected('already-done'),

  pauseJourney: (state, { kind, at, note }, context) =>
    state.journey?.paused
      ? rejected('already-done')
      : [
          omitUndefined({
            type: 'JourneyPaused',
            kind,
            ...noSign(state, context),
            ...happened(state, at, context),
            note,
          }),
        ],

  resumeJourney: (state, { note }, context) => {
    if (!state.journey?.paused) return rejected('already-done');
    if (isRecallOpen(state)) return rejected('recall-open');
    const { clearance, emergencySince } = state.medical;
    const blockers: GateBlocker[] = [
      ...holdBlockers(state),
      ...(emergencySince ? [{ blocker: 'medical-emergency' } as const] : []),
      ...(clearance && !clearance.fit ? [{ blocker: 'medical-clearance-missing' } as const] : []),
    ];
    return blockers.length > 0
      ? rejected('gate-closed', { blockers })
      : [omitUndefined({ type: 'JourneyResumed', ...noSign(state, context), note })];
  },

  /* Never refused for how things stand: no hold, recall, withdrawal or lapsed paper keeps a child from safety. */
  divert: (state, { place, kind, at, note }, context) => {
    if (isStranger(state, context)) return rejected('not-your-command');
    if (!context.mechanism.places.includes(place)) return rejected('unknown-place', { field: 'place' });
    return [
      ...takenWith(state, at, context),
      ...pausedOf(state, context, kind),
      omitUndefined({
        type: 'Diverted',
        place,
        kind,
        ...unplannedStop(state, place),
        ...happened(state, at, context),
        note,
      }),
    ];
  },

  reachSafePoint: (state, { place, at, note }, context) => {
    if (isStranger(state, context)) return rejected('not-your-command');
    if (!context.mechanism.places.includes(place)) return rejected('unknown-place', { field: 'place' });
    return [
      ...takenWith(state, at, context),
      omitUndefined({
        type: 'SafePointReached',
        place,
        ...unplannedStop(state, place),
        ...happened(state, at, context),
        note,
      }),
    ];
  },

  decideRecall: (state, { outcome, note }) => {
    if (!isRecallOpen(state)) return rejected('nothing-to-decide');
    const decided = omitUndefined({ type: 'RecallDecided', outcome, note } as const);
    if (state.stage !== 'transit' && outcome === 'turn-back') return rejected('wrong-stage');
    const shelter: CaseEvent[] = state.journey?.paused ? [] : [{ type: 'JourneyPaused', kind: 'security' }];
    const consequences: Record<typeof outcome, CaseEvent[]> = {
      continue: [],
      // Who has not set out has no way back.
      'turn-back': [{ type: hasSetOut(state) ? 'TurnedBack' : 'JourneyEnded' }],
      shelter: state.stage === 'transit' ? shelter : [],
    };
    return [decided, ...consequences[outcome]];
  },

  arrive: (state, { at }, context) => {
    if (!isTheirEscort(state, context)) return rejected('not-your-command');
    if (state.journey?.turningBack) return rejected('not-on-the-way');
    if (isRecallOpen(state)) return rejected('recall-open');
    if (state.journey?.paused) return rejected('journey-paused');
    return [
      ...takenWith(state, at, context),
      { type: 'ArrivedAtHandover', ...happened(state, at, context) },
      // Nobody hands over a child that is with its carer: the way ends here.
      ...(isReunited(state) ? [{ type: 'FamilyHome' } as const] : []),
    ];
  },

  /* A paper the dossier does not know proves nobody; where it knows none of this person, a second one looks. */
  checkRecipientIdentity: (state, { matches, documentHash, note }, context) => {
    const { dossier } = context;
    if (namesNobody(state)) return rejected('nothing-to-decide');
    const fault = placeFault(state, context);
    if (fault) return fault;
    const known = recipientHashesOf(state, dossier);
    if (matches && known.length > 0 && !known.includes(documentHash))
      return rejected('unknown-document', { field: 'documentHash' });
    return [omitUndefined({ type: 'RecipientIdentified', matches, documentHash, note })];
  },

  confirmHandover: (state, _command, context) => {
    const fault = placeFault(state, context);
    if (fault) return fault;
    const by = confirmerOf(state, context);
    if (by === 'escort' && (isInInterimCare(state) || !isTheirEscort(state, context)))
      return rejected('not-your-command');
    if (!state.handover.identity) return rejected('identity-unchecked');
    if (!state.handover.identity.matches) return rejected('identity-mismatch');
    if (isRecallOpen(state)) return rejected('recall-open');
    // Before what not everybody may read: whether it can be said again must not tell of that.
    if (state.handover.confirmedBy.includes(by)) return rejected('already-done');
    if (state.stage === 'hosting') return reunited(state, by, context);
    // Judged at this instant: what was valid at departure may have lapsed on the way.
    const unproven = recipientFacetsAskedOf(state, context.mechanism).filter(
      (facet) => !isFacetSettledForReturn(state, facet) || hasLapsed(state, facet, context),
    );
    const blockers: GateBlocker[] = [
      ...doorBlockers(state),
      ...(unwillingSince(state) ? [{ blocker: 'child-unwilling' } as const] : []),
      ...(isWithoutRecipient(state) ? [{ blocker: 'recipient-unavailable' } as const] : []),
      ...unapprovedBy(state, context.mechanism).map(
        (subject) => ({ blocker: 'recipient-unapproved', subject }) as const,
      ),
      ...pendingRevisionsOf(state).map((subject) => ({ blocker: 'revision-unconfirmed', subject }) as const),
      ...unproven.map((subject) => ({ blocker: 'facet-unconfirmed', subject }) as const),
    ];
    if (blockers.length > 0)
      return rejected(unproven.length > 0 ? 'facets-unconfirmed' : 'gate-closed', { blockers });
    // Out of interim care nobody but the receiving authority gives the child; a second person has agreed.
    const both = state.handover.confirmedBy.length === 1 || isInInterimCare(state);
    return [
      { type: 'HandoverConfirmed', by },
      ...(both ? [{ type: 'HandedOver', recipient: state.recipient.ref } as const] : []),
    ];
  },

  confirmOwnArrival: (state, { note }, { mechanism }) => {
    if (isRecallOpen(state)) return rejected('recall-open');
    const blockers: GateBlocker[] = [
      ...(decidesAlone(state, mechanism) ? [] : [{ blocker: 'own-consent-missing' } as const]),
      ...doorBlockers(state),
    ];
    return blockers.length > 0
      ? rejected('gate-closed', { blockers })
      : [omitUndefined({ type: 'OwnArrivalConfirmed', note })];
  },

  placeInInterimCare: (state, { kind, place, note }, context) => {
    const { official, party } = officialOf(context);
    if (party !== state.plan?.receivingParty && !travelsWith(state, official))
      return rejected('not-your-command');
    if (!context.mechanism.places.includes(place)) return rejected('unknown-place', { field: 'place' });
    // Before its last leg the way leads to a safe point, not into care.
    const ahead = state.legs.filter(({ id }) => !state.journey?.completedLegs.includes(id));
    if (state.stage === 'transit' && ahead.length > 1) return rejected('wrong-stage');
    return [omitUndefined({ type: 'PlacedInInterimCare', kind, place, note })];
  },

  reportVisit: (state, { visit, outcome, alone, note }, { mechanism, now }) => {
    const offset = mechanism.followUpVisits[visit - 1];
    const since = followedUpSince(state);
    if (offset === undefined || since === undefined) return rejected('nothing-to-decide', { field: 'visit' });
    if (isVisited(state, visit)) return rejected('already-done');
    // Thirteen visits of one minute would be none. From the day before its date one counts.
    if (before(addDuration(since, offset), visitCountsFrom) > now)
      return rejected('visit-early', { field: 'visit' });
    return [omitUndefined({ type: 'VisitReported', visit, outcome, alone, note })];
  },

  planReintegration: (state, { type: _, owner, note, ...dates }, { mechanism, now }) => {
    if (!findParty(mechanism, owner)) return rejected('unknown-party', { field: 'owner' });
    const lines = reintegrationNeeds.flatMap((need) => {
      const { [need]: by } = dates;
      return by === undefined ? [] : [{ need, owner, by }];
    });
    if (lines.length === 0) return rejected('date-missing', { field: 'papers' });
    const past = lines.find(({ by }) => isOver('said', by, now, { state, rules: mechanism, party: owner }));
    return past
      ? rejected('date-past', { field: past.need })
      : [omitUndefined({ type: 'ReintegrationPlanned', lines, note })];
  },

  resolveConcern: (state, { concern, outcome, note }, context) => {
    const found = state.concerns?.find(({ id }) => id === concern);
    const { party } = officialOf(context);
    const isMediator = findParty(context.mechanism, party)?.kind === 'mediator';
    if (!found || (!isMediator && found.party !== party))
      return rejected('unknown-concern', { field: 'concern' });
    if (outcome === 'unfounded' && note === undefined) return rejected('note-required', { field: 'note' });
    return [omitUndefined({ type: 'ConcernResolved', concern, party: found.party, outcome, note })];
  },
};
