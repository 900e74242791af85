/** Rules of what may happen at any time: holds, emergencies, siblings, coming of age, the mechanism, closure. */
import type { ReturnCase } from '../case';
import type { ClosureOutcome } from '../commands';
import type { CaseEvent } from '../events';
import { rejected } from '../rejections';
import { refusesOfAge } from '../stage-of';
import { given, officialOf } from './handling';
import type { HandlerTable, Outcome } from './handling';
import { lookAgainAt } from './look-again';
import { planLapsed, reopened } from './verification';

/** What must be so for a closure to be founded. Source: domain.md, "Closure" and "Child does not wish to return". */
const foundations: Record<ClosureOutcome, (state: ReturnCase, visitsDue: number) => Outcome | undefined> = {
  reunited: (state, visitsDue) => {
    if (!state.handover.at) return rejected('closure-unfounded');
    return state.visits.length < visitsDue ? rejected('visits-outstanding') : undefined;
  },
  'no-return': (state) =>
    state.bestInterests?.outcome === 'no-return' || refusesOfAge(state)
      ? undefined
      : rejected('closure-unfounded'),
  refused: (state) =>
    Object.values(state.decisions).some(({ act }) => act !== 'approve')
      ? undefined
      : rejected('closure-unfounded'),
  withdrawn: (state) => (state.requestWithdrawnAt ? undefined : rejected('closure-unfounded')),
  'already-home': (state) =>
    state.stay?.status === 'occupied' ? rejected('child-hosted-or-travelling') : undefined,
  deceased: () => undefined,
  // Of two that are the same one goes on.
  duplicate: (state) =>
    state.duplicates.some(({ verdict, closed }) => verdict === 'same' && !closed)
      ? undefined
      : rejected('closure-unfounded'),
  other: () => undefined,
};

/** What may still end a case whose child has been handed over. */
const afterHandover: readonly ClosureOutcome[] = ['reunited', 'deceased', 'other'];

/** No two active holds share an id: lifting one would lift the other. */
function freeHoldId({ holds, version }: ReturnCase, asked: string): string {
  const isTaken = (id: string): boolean => holds.some((hold) => hold.id === id);
  let id = asked;
  for (let next = version + 1; isTaken(id); next += 1) id = `${asked}-${next}`;
  return id;
}

export const anyTimeRules: HandlerTable<
  | 'reportMedicalEmergency'
  | 'resolveMedicalEmergency'
  | 'placeHold'
  | 'reviewHold'
  | 'liftHold'
  | 'withdrawRequest'
  | 'linkSiblings'
  | 'waiveSiblingUnity'
  | 'noteSiblings'
  | 'noteDuplicate'
  | 'markUrgent'
  | 'noteMajority'
  | 'recordOwnConsent'
  | 'moveMechanism'
  | 'closeCase'
> = {
  reportMedicalEmergency: (state, { note }) => [
    given({ type: 'MedicalEmergencyReported', note }),
    ...(state.stage === 'transit' && !state.journey?.paused
      ? [{ type: 'JourneyPaused', kind: 'health' } as const]
      : []),
  ],

  resolveMedicalEmergency: (state, { fitToTravel, note }) =>
    state.medical.emergencySince
      ? [given({ type: 'MedicalEmergencyResolved', fitToTravel, note })]
      : rejected('already-done'),

  /* Never refused; on the way it stops the journey. An id already used gets a suffix rather than a refusal. */
  placeHold: (state, { hold, reason, reviewBy, note }, handling) => {
    const { holdReviewWithin } = handling.mechanism;
    return [
      given({
        type: 'HoldPlaced',
        hold: freeHoldId(state, hold),
        party: officialOf(handling).party,
        reason,
        reviewAt: lookAgainAt(state, reviewBy, holdReviewWithin, handling).at,
        note,
      }),
      ...(state.stage === 'transit' && !state.journey?.paused
        ? [{ type: 'JourneyPaused', kind: 'security' } as const]
        : []),
    ];
  },

  reviewHold: (state, { hold, reviewBy, note }, handling) => {
    const found = state.holds.find(({ id }) => id === hold);
    if (!found) return rejected('unknown-hold', { field: 'hold' });
    if (found.party !== officialOf(handling).party) return rejected('not-your-party');
    const { at, isPast } = lookAgainAt(state, reviewBy, handling.mechanism.holdReviewWithin, handling);
    if (isPast) return rejected('date-past', { field: 'reviewBy' });
    return [given({ type: 'HoldReviewed', hold, reviewAt: at, note })];
  },

  liftHold: (state, { hold, note }, handling) => {
    const found = state.holds.find(({ id }) => id === hold);
    if (!found) return rejected('unknown-hold', { field: 'hold' });
    if (found.party !== officialOf(handling).party) return rejected('not-your-party');
    return [given({ type: 'HoldLifted', hold, note })];
  },

  withdrawRequest: (state, { note }) => {
    const onTheWay = state.journey !== undefined && !state.handover.at;
    return [
      given({ type: 'RequestWithdrawn', note }),
      ...(onTheWay ? [{ type: 'RecallRaised', party: state.requestingParty } as const] : []),
    ];
  },

  linkSiblings: (state, { siblings }) => {
    if (siblings.includes(state.id)) return rejected('unknown-case', { field: 'siblings' });
    const fresh = siblings.filter((sibling) => !state.siblings.includes(sibling));
    return fresh.length === 0 ? rejected('already-done') : [{ type: 'SiblingsLinked', siblings: fresh }];
  },

  /* Of everybody whom the gate would ask after, those linked through another sibling too. */
  waiveSiblingUnity: (state, { determination, waiver, note }, { siblings = [] }) => [
    given({
      type: 'SiblingUnityWaived',
      determination,
      waiver,
      siblings: [...new Set([...state.siblings, ...siblings.map((sibling) => sibling.case)])].sort(),
      note,
    }),
  ],

  noteSiblings: (state, { siblings }) => {
    const fresh = siblings.filter((sibling) => sibling !== state.id && !state.siblings.includes(sibling));
    return fresh.length === 0 ? [] : [{ type: 'SiblingsLinked', siblings: fresh }];
  },

  noteDuplicate: (state, { other, verdict, closed }) => {
    const known = state.duplicates.find((duplicate) => duplicate.other === other);
    return [
      ...(known ? [] : [{ type: 'DuplicateFlagged', other, there: true } as const]),
      ...(verdict && known?.verdict !== verdict
        ? [{ type: 'DuplicateSettled', other, verdict } as const]
        : []),
      ...(closed && !known?.closed ? [{ type: 'DuplicateClosed', other } as const] : []),
    ];
  },

  markUrgent: (state, { medicallyUrgent, note }) =>
    state.medicallyUrgent === medicallyUrgent
      ? rejected('already-done')
      : [given({ type: 'UrgencyMarked', medicallyUrgent, note })],

  noteMajority: (state, { daysLeft }) => {
    if (state.majority && state.majority.daysLeft <= daysLeft) return rejected('already-done');
    const ofAge: CaseEvent[] =
      daysLeft === 0 && !state.journey ? reopened(state, ['childs-view'], 'child-came-of-age') : [];
    return [{ type: 'MajorityNoted', daysLeft }, ...ofAge];
  },

  recordOwnConsent: (state, { given: consents, document, note }) =>
    state.majority
      ? [given({ type: 'OwnConsentRecorded', given: consents, document, note })]
      : rejected('nothing-to-decide'),

  moveMechanism: (state, { version }) => {
    if (version <= state.mechanism.version) return rejected('unknown-mechanism', { field: 'version' });
    return [
      ...planLapsed(state, 'mechanism-changed'),
      { type: 'MechanismMoved', mechanism: { id: state.mechanism.id, version } },
    ];
  },

  closeCase: (state, { outcome, note }, { mechanism }) => {
    const onTheWay = state.journey !== undefined && !state.handover.at;
    if (onTheWay && outcome !== 'deceased') return rejected('child-hosted-or-travelling');
    if (state.handover.at && !afterHandover.includes(outcome)) return rejected('closure-unfounded');
    // Nobody owes a closed case a welfare note: where the hosted child now goes must be written down.
    const mustExplain = outcome === 'other' || state.stay?.status === 'occupied';
    if (mustExplain && note === undefined) return rejected('note-required', { field: 'note' });
    const fault = foundations[outcome](state, mechanism.followUpVisits.length);
    return fault ?? [given({ type: 'CaseClosed', outcome, note })];
  },
};
