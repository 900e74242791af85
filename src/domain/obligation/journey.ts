/** What is owed on the way, at handover and after. */
import type { ReturnCase } from '../case';
import type { MechanismRules } from '../mechanism';
import { addDuration } from '../time';
import type { Instant } from '../time';
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
          due: addDuration(journey.lastSignAt, currentInterval(state, rules)),
          commands: ['checkIn', 'completeLeg', 'arrive', 'reportIncident'],
        })),
    ...(journey.paused && !(recall?.decided === 'shelter')
      ? owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], {
          kind: 'resume-journey',
          since: journey.paused.since,
          commands: ['resumeJourney', 'decideRecall'],
        })
      : []),
    ...(recall && (!recall.decided || recall.decided === 'shelter')
      ? owedBy(state, rules, 'mediator', ['lead'], {
          kind: 'decide-recall',
          subject: recall.party,
          since: recall.since,
          commands: ['decideRecall'],
        })
      : []),
  ];
};

/** Of the first leg not completed; the mechanism's when it says nothing. */
function currentInterval(state: ReturnCase, rules: MechanismRules): string {
  const leg = state.legs.find(({ id }) => !state.journey?.completedLegs.includes(id));
  return leg?.checkInEvery ?? rules.checkInEvery;
}

export const handoverDrafts: DraftSource = (state, rules) => {
  const arrivedAt = state.journey?.arrivedAt;
  if (!arrivedAt || state.handover.at) return [];
  const { identity, confirmedBy } = state.handover;
  if (!identity?.matches)
    return owedBy(state, rules, 'receiving', ['receiver'], {
      kind: 'check-recipient-identity',
      since: latest(arrivedAt, identity?.at),
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

/** The next visit, and every earlier one that is still outstanding. */
export const visitDrafts: DraftSource = (state, rules, now) => {
  const handedOverAt = state.handover.at;
  if (!handedOverAt) return [];
  const outstanding = rules.followUpVisits
    .map((offset, index) => ({ visit: index + 1, due: addDuration(handedOverAt, offset) }))
    .filter(({ visit }) => !state.visits.some((done) => done.visit === visit));
  return outstanding
    .filter(({ due }, index) => index === 0 || due <= now)
    .flatMap(({ visit, due }) => visitDraft(state, rules, visit, handedOverAt, due));
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
