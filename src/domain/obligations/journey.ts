/** What is owed on the way, at handover and after. */
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';
import { checkInDueOf } from '../facts/watch';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

export const journeyDrafts: DraftSource = (state, rules) => {
  const { journey, recall } = state;
  if (!journey || state.handover.at) return [];
  return [
    ...(journey.arrivedAt
      ? []
      : owedBy(state, rules, 'escort', ['escort'], {
          kind: 'check-in',
          since: journey.lastSignAt,
          due: checkInDueOf(state, rules, journey.lastSignAt),
          commands: ['checkIn', 'completeLeg', 'arrive', 'reportIncident'],
        })),
    // Whoever travelled with the child has left their organisation: somebody else is to be there.
    ...(state.escort || state.handover.confirmedBy.includes('escort')
      ? []
      : owedBy(state, rules, 'escort', ['dispatcher', 'duty-officer'], {
          kind: 'assign-escort',
          since: latest(journey.departedAt, state.escortRequest?.at),
          commands: ['assignEscort'],
        })),
    ...(journey.arrivedAt || state.medical.clearance?.fit !== false
      ? []
      : owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
          kind: 'clear-medically',
          since: state.medical.clearance.at,
          commands: ['clearMedically'],
        })),
    ...(journey.paused && !(recall?.decided === 'shelter')
      ? owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], {
          kind: 'resume-journey',
          since: journey.paused.since,
          commands: ['resumeJourney'],
        })
      : []),
    ...(recall && (!recall.decided || recall.decided === 'shelter')
      ? owedBy(state, rules, 'mediator', ['lead'], {
          kind: 'decide-recall',
          subject: recall.party,
          since: recall.decidedAt ?? recall.since,
          commands: ['decideRecall'],
        })
      : []),
  ];
};

export const handoverDrafts: DraftSource = (state, rules) => {
  const arrivedAt = state.journey?.arrivedAt;
  const { nominatedAt, unavailableSince } = state.recipient;
  // Without a recipient there is nobody to look at: then somebody else is to be nominated.
  if (!arrivedAt || state.handover.at || unavailableSince) return [];
  const { identity, confirmedBy } = state.handover;
  if (!identity?.matches)
    return owedBy(state, rules, 'receiving', ['receiver'], {
      kind: 'check-recipient-identity',
      since: latest(arrivedAt, nominatedAt, identity?.at),
      commands: ['checkRecipientIdentity', 'reportRecipientUnavailable'],
    });
  const confirm = { kind: 'confirm-handover', since: identity.at, commands: ['confirmHandover'] } as const;
  return [
    ...(confirmedBy.includes('receiving')
      ? []
      : owedBy(state, rules, 'receiving', ['receiver'], { ...confirm, subject: 'receiving' })),
    ...(confirmedBy.includes('escort')
      ? []
      : owedBy(state, rules, 'escort', ['escort'], { ...confirm, subject: 'escort' })),
  ];
};

/** Each visit is owed from the day the one before it was due: those begun and outstanding, and the next. */
export const visitDrafts: DraftSource = (state, rules, now) => {
  const handedOverAt = state.handover.at;
  if (!handedOverAt) return [];
  const dues = rules.followUpVisits.map((offset) => addDuration(handedOverAt, offset));
  const outstanding = dues
    .map((due, index) => ({ visit: index + 1, since: dues[index - 1] ?? handedOverAt, due }))
    .filter(({ visit }) => !state.visits.some((done) => done.visit === visit));
  const begun = outstanding.filter(({ since }) => since <= now);
  return [...begun, ...outstanding.slice(begun.length, begun.length + 1)].flatMap(({ visit, since, due }) =>
    visitDraft(state, rules, visit, since, due),
  );
};

const visitDraft = (
  state: ReturnCase,
  rules: MechanismRules,
  visit: number,
  since: Instant,
  due: Instant,
): Draft[] =>
  owedBy(state, rules, 'receiving', ['receiver'], {
    kind: 'report-visit',
    subject: `visit-${visit}`,
    since,
    due,
    commands: ['reportVisit'],
  });
