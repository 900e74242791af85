/** What is owed in any stage: holds reviewed, emergencies ended, coming of age, closure, a look at a stalled case. */
import { withdrawnClosableFrom } from '../facts/withdrawn';
import { followedUpSince, isToBePlanned, visitedSince } from '../facts/care';
import { partiesOf } from '../facts/visibility';
import type { Concern, ReturnCase } from '../model/case';
import { decidingSidesOf } from '../facts/agreement';
import { commandTable } from '../model/command-table';
import { holdRenewalsOf } from '../facts/holds';
import type { Stage } from '../model/stages';
import type { MechanismRules } from '../model/mechanism';
import type { Role } from '../model/parties';
import { refusesOfAge } from '../facts/stage-of';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

const everyRole: readonly Role[] = [];

export const safetyDrafts: DraftSource = (state, rules) => [
  ...(state.medical.emergencySince
    ? owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], {
        kind: 'resolve-emergency',
        since: state.medical.emergencySince,
        commands: ['resolveMedicalEmergency'],
      })
    : []),
  ...state.holds.map(({ id, party, placedAt, reviewedAt, reviewAt }): Draft => ({
    kind: 'review-hold',
    subject: id,
    party,
    roles: everyRole,
    since: reviewedAt ?? placedAt,
    due: reviewAt,
    commands: ['reviewHold', 'liftHold'],
  })),
  ...mediationOverHolds(state, rules),
  ...(state.concerns ?? []).flatMap((concern) => concernDrafts(state, rules, concern)),
];

/** Whoever saw it; once the child has gone on to others, the mediator's people on duty. */
function concernDrafts(state: ReturnCase, rules: MechanismRules, { id, party, since }: Concern): Draft[] {
  const owed = { kind: 'resolve-concern', subject: id, since, commands: ['resolveConcern'] } as const;
  return partiesOf(state, rules).includes(party)
    ? [{ ...owed, party, roles: everyRole }]
    : owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], owed);
}

/** A side that has renewed its hold as often as it may and still does not decide: somebody has to speak with it. */
function mediationOverHolds(state: ReturnCase, rules: MechanismRules): Draft[] {
  if (!(mediationStages as readonly Stage[]).includes(state.stage)) return [];
  const sides = decidingSidesOf(state, rules);
  const spent = state.holds.filter(
    ({ party, renewals = 0 }) => sides.includes(party) && renewals >= holdRenewalsOf(rules),
  );
  return spent.flatMap(({ party, reviewAt }) =>
    owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
      kind: 'mediate-objection',
      subject: party,
      since: latest(reviewAt, state.lastMediationAt?.[party]),
      commands: ['recordMediation'],
    }),
  );
}
const mediationStages = commandTable.recordMediation.stages;

export const ageDrafts: DraftSource = (state, rules) => {
  const { majority } = state;
  if (!majority || majority.ownConsent !== undefined || state.handover.at) return [];
  return owedBy(state, rules, 'mediator', ['case-officer', 'lead', 'interviewer'], {
    kind: majority.daysLeft === 0 ? 'obtain-own-consent' : 'prepare-majority',
    subject: `${majority.daysLeft}`,
    since: majority.at,
    commands: ['recordOwnConsent'],
  });
};

export const closureDrafts: DraftSource = (state, rules) => {
  const since = closableSince(state, rules);
  if (since === undefined) return [];
  return owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
    kind: 'close-case',
    since,
    commands: ['closeCase'],
  });
};

function closableSince(state: ReturnCase, rules: MechanismRules): string | undefined {
  // What worries somebody is ended first; then the case is.
  if (followedUpSince(state)) {
    const visited = visitedSince(state, rules.followUpVisits.length);
    const isOpen = visited === undefined || (state.concerns ?? []).length > 0 || isToBePlanned(state, rules);
    return isOpen ? undefined : latest(visited, state.reintegration?.since);
  }
  if (state.journey) return undefined;
  const withdrawn = withdrawnClosableFrom(state, rules);
  if (withdrawn) return withdrawn;
  if (state.bestInterests?.outcome === 'no-return') return state.bestInterests.at;
  if (state.majority && refusesOfAge(state)) return latest(state.majority.at, state.majority.consentAt);
  // Of two that are the same, the one that was said to be the duplicate, unless the other was closed instead.
  return state.duplicates.find(({ verdict, there, closed }) => verdict === 'same' && !there && !closed)
    ?.since;
}

export const stalledDrafts: DraftSource = (state, rules) =>
  state.stalledSince
    ? owedBy(state, rules, 'mediator', ['lead'], {
        kind: 'review-stalled',
        since: state.stalledReview?.reviewAt ?? state.stalledSince,
        commands: ['reviewStalledCase'],
      })
    : [];

/** Somebody tells them by telephone, and says so: until then an alarm lies where nobody reads it. */
export const unheardDrafts: DraftSource = (state, rules) =>
  (state.unheardAlarms ?? []).flatMap(({ official, since }) =>
    owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], {
      kind: 'pass-on-alarm',
      subject: official,
      since,
      commands: ['passOnAlarm'],
    }),
  );

/** Somebody with the child does not speak freely: the mediator finds out, by another way than through them. */
export const duressDrafts: DraftSource = (state, rules) =>
  (state.duress ?? []).flatMap(({ official, since }) =>
    owedBy(state, rules, 'mediator', ['duty-officer', 'lead'], {
      kind: 'answer-duress',
      subject: official,
      since,
      commands: ['answerDuress'],
    }),
  );

/** The mediator finds out how the person can be reached; until then what is due to them reaches nobody. */
export const addressDrafts: DraftSource = (state, rules) =>
  (state.addressFaults ?? []).flatMap(({ party, official, since }) =>
    owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
      kind: 'mend-address',
      subject: official ?? party,
      since,
      commands: ['mendAddress'],
    }),
  );
