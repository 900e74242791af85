/** What is owed on the way, at handover and after. */
import { decidesAlone, isWithoutRecipient } from '../facts/adults';
import { followedUpSince, isInInterimCare, isOnTheWay, isVisited, openIncidentsOf } from '../facts/care';
import type { ReturnCase } from '../model/case';
import { asksFor } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';
import { hasSetOut } from '../facts/transfer';
import { checkInDueOf } from '../facts/watch';
import { unwillingSince } from '../facts/hearing';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

export const journeyDrafts: DraftSource = (state, rules) => {
  const { journey, recall } = state;
  if (!journey || !isOnTheWay(state)) return [];
  return [
    // Until the escort has the child, who gives it still does; rules of before ask nobody to take it.
    ...(journey.arrivedAt || (!hasSetOut(state) && asksFor(rules, 'take-into-care'))
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
    // A pause, another way or an emergency has a duty of its own, and ends none of these: somebody must have seen each.
    ...openIncidentsOf(state).flatMap(({ id, since }) =>
      owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], {
        kind: 'answer-incident',
        subject: id,
        since,
        commands: ['answerIncident'],
      }),
    ),
    ...(journey.paused && !(recall?.decided === 'shelter')
      ? owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], {
          kind: 'resume-journey',
          since: journey.paused.since,
          commands: ['resumeJourney'],
        })
      : []),
    ...recallDrafts(state, rules),
  ];
};

/** Of a side that said no while the child was on the way: also where the child has been taken in since. */
const recallDrafts = (state: ReturnCase, rules: MechanismRules): Draft[] => {
  const { recall } = state;
  if (!recall || (recall.decided && recall.decided !== 'shelter')) return [];
  return owedBy(state, rules, 'mediator', ['lead'], {
    kind: 'decide-recall',
    subject: recall.party,
    since: recall.decidedAt ?? recall.since,
    commands: ['decideRecall'],
  });
};

export const handoverDrafts: DraftSource = (state, rules) => {
  const arrivedAt = state.journey?.arrivedAt;
  const { nominatedAt, unavailableSince } = state.recipient;
  if (!arrivedAt || !isOnTheWay(state)) return [];
  const { identity, confirmedBy } = state.handover;
  if (goesAlone(state, rules))
    return owedBy(state, rules, 'receiving', ['receiver'], {
      kind: 'confirm-handover',
      subject: 'own-arrival',
      since: latest(arrivedAt, unavailableSince, state.majority?.consentAt),
      commands: ['confirmOwnArrival', 'placeInInterimCare', 'nominateRecipient'],
    });
  const stands = standsAtTheDoorSince(state);
  const taken =
    stands === undefined
      ? []
      : owedBy(state, rules, 'receiving', ['receiver'], {
          kind: 'place-in-interim-care',
          since: latest(arrivedAt, stands),
          commands: [
            'placeInInterimCare',
            'nominateRecipient',
            ...(unavailableSince || unwillingSince(state) ? [] : (['checkRecipientIdentity'] as const)),
          ],
        });
  // Without a recipient there is nobody to look at, and to one whom the child refuses nobody is asked to give it.
  if (unavailableSince || unwillingSince(state)) return taken;
  if (!identity?.matches)
    return [
      ...taken,
      ...owedBy(state, rules, 'receiving', ['receiver'], {
        kind: 'check-recipient-identity',
        since: latest(arrivedAt, nominatedAt, identity?.at),
        commands: ['checkRecipientIdentity', 'reportRecipientUnavailable'],
      }),
    ];
  const confirm = { kind: 'confirm-handover', since: identity.at, commands: ['confirmHandover'] } as const;
  return [
    ...taken,
    ...(confirmedBy.includes('receiving')
      ? []
      : owedBy(state, rules, 'receiving', ['receiver'], { ...confirm, subject: 'receiving' })),
    ...(confirmedBy.includes('escort')
      ? []
      : owedBy(state, rules, 'escort', ['escort'], { ...confirm, subject: 'escort' })),
  ];
};

/** An adult to whom nobody comes, or who does not want whoever does. */
const goesAlone = (state: ReturnCase, rules: MechanismRules): boolean =>
  decidesAlone(state, rules) && (isWithoutRecipient(state) || unwillingSince(state) !== undefined);

/** Since when the child can't be handed over to the recipient, although it has arrived; undefined while it can. */
function standsAtTheDoorSince(state: ReturnCase): Instant | undefined {
  const { recipient, handover } = state;
  const mismatch = handover.identity?.matches === false ? handover.identity.at : undefined;
  return unwillingSince(state) ?? recipient.unavailableSince ?? mismatch;
}

export const interimCareDrafts: DraftSource = (state, rules) =>
  state.interimCare && isInInterimCare(state)
    ? [
        ...recallDrafts(state, rules),
        ...owedBy(state, rules, 'receiving', ['receiver', 'official'], {
          kind: 'find-permanent-care',
          since: state.interimCare.since,
          commands: decidesAlone(state, rules)
            ? ['confirmHandover', 'confirmOwnArrival', 'closeCase']
            : ['confirmHandover', 'closeCase'],
        }),
      ]
    : [];

/** Within a month of coming home or into care: papers, school, health, status, housing, somebody to talk to. */
export const reintegrationDrafts: DraftSource = (state, rules) => {
  const since = followedUpSince(state);
  return since === undefined || state.reintegration
    ? []
    : owedBy(state, rules, 'receiving', ['receiver', 'official'], {
        kind: 'plan-reintegration',
        since,
        commands: ['planReintegration'],
      });
};

/** Each visit is owed from the day the one before it was due: those begun and outstanding, and the next. */
export const visitDrafts: DraftSource = (state, rules, now) => {
  const began = followedUpSince(state);
  if (began === undefined) return [];
  const dues = rules.followUpVisits.map((offset) => addDuration(began, offset));
  const outstanding = dues
    .map((due, index) => ({ visit: index + 1, since: dues[index - 1] ?? began, due }))
    .filter(({ visit }) => !isVisited(state, visit));
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
