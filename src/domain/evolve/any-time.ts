/** Folds of what may happen at any time: stages, holds, emergencies, siblings, age, ladders, closure. */
import type { ReturnCase } from '../model/case';
import { expiryKey } from '../facts/expiries';
import type { FoldTable, Patch } from './fold-table';

/** Steps of earlier rounds of the same obligation are dropped, or the state of a long case would grow for ever. */
function withStep(state: ReturnCase, obligation: string, step: number): Patch {
  const round = obligation.slice(0, obligation.lastIndexOf('@') + 1);
  const others = Object.entries(state.ladderSteps).filter(([key]) => !key.startsWith(round));
  return { ladderSteps: Object.fromEntries([...others, [obligation, step]]) };
}

export const anyTimeFolds: FoldTable<
  | 'StageEntered'
  | 'HoldPlaced'
  | 'HoldReviewed'
  | 'HoldLifted'
  | 'MedicalEmergencyReported'
  | 'MedicalEmergencyResolved'
  | 'RequestWithdrawn'
  | 'RequestReinstated'
  | 'SiblingsLinked'
  | 'SiblingsUnlinked'
  | 'SiblingUnityWaived'
  | 'SiblingAhead'
  | 'UrgencyMarked'
  | 'MajorityNoted'
  | 'OwnConsentRecorded'
  | 'MechanismMoved'
  | 'ClosingsNoted'
  | 'LadderStepTaken'
  | 'CaseStalled'
  | 'ExpiryNoted'
  | 'CaseClosed'
  | 'CaseReopened'
> = {
  StageEntered: (state, { stage }, { at }) => ({
    stage,
    stageSince: at,
    preparingSince: stage === 'preparation' || stage === 'hosting' ? (state.preparingSince ?? at) : undefined,
  }),
  HoldPlaced: (state, { hold, party, reason, reviewAt, note }, { at, actor }) => ({
    holds: [
      ...state.holds,
      { id: hold, party, by: actor, reason, placedAt: at, reviewAt, ...(note !== undefined && { note }) },
    ],
  }),
  HoldReviewed: (state, { hold, reviewAt }, { at }) => ({
    holds: state.holds.map((one) =>
      one.id === hold ? { ...one, reviewAt, reviewedAt: at, renewals: (one.renewals ?? 0) + 1 } : one,
    ),
  }),
  HoldLifted: (state, { hold }, { at }) => ({
    holds: state.holds.filter(({ id }) => id !== hold),
    // What the court kept waiting is asked again.
    ...(state.trace?.hold === hold && { trace: { since: at } }),
  }),
  MedicalEmergencyReported: (state, _event, { at }) => ({
    medical: { ...state.medical, emergencySince: state.medical.emergencySince ?? at },
  }),
  MedicalEmergencyResolved: (state, { fitToTravel }, { at, actor }) => ({
    medical: {
      clearance: fitToTravel
        ? state.medical.clearance
        : {
            fit: false,
            at,
            ...('official' in actor && actor.roles.includes('clinician') && { byClinician: true as const }),
          },
      emergencySince: undefined,
    },
  }),
  RequestWithdrawn: (_state, _event, { at }) => ({ requestWithdrawnAt: at }),
  RequestReinstated: () => ({ requestWithdrawnAt: undefined }),
  SiblingsLinked: (state, { siblings }) => ({
    siblings: [...new Set([...state.siblings, ...siblings])],
    siblingWaiver: undefined, // it did not speak of the one now found
  }),
  SiblingsUnlinked: (state, { siblings }) => ({
    siblings: state.siblings.filter((sibling) => !siblings.includes(sibling)),
    ...(state.siblingsAhead && {
      siblingsAhead: state.siblingsAhead.filter((ahead) => !siblings.includes(ahead.other)),
    }),
  }),
  SiblingAhead: ({ siblingsAhead = [] }, { sibling }, { at }) => ({
    siblingsAhead: [
      ...siblingsAhead.filter((ahead) => ahead.other !== sibling),
      { other: sibling, since: at },
    ],
  }),
  SiblingUnityWaived: (state, { determination, waiver, siblings = state.siblings }) => ({
    siblingWaiver: { determination, waiver, siblings },
  }),
  UrgencyMarked: (_state, { medicallyUrgent }) => ({ medicallyUrgent }),
  MajorityNoted: (state, { daysLeft }, { at }) => ({
    majority: { ...state.majority, daysLeft, at },
  }),
  OwnConsentRecorded: (state, { given }, { at }) => ({
    majority: { daysLeft: 0, at, ...state.majority, ownConsent: given, consentAt: at },
  }),
  MechanismMoved: ({ closings }, { mechanism }) => ({
    mechanism,
    closings: closings && closings.version > mechanism.version ? closings : undefined,
  }),
  ClosingsNoted: (_state, { mechanismVersion }, { at }) => ({ closings: { version: mechanismVersion, at } }),
  LadderStepTaken: (state, { obligation, step }) => withStep(state, obligation, step),
  CaseStalled: (state, _event, { at }) => ({
    stalledSince: at,
    ...(state.stalledReview && { stalledReview: undefined }), // it spoke of an earlier stall
  }),
  ExpiryNoted: (state, event) => ({
    expiriesNoted: [
      // Of the same thing with an earlier date nothing can come any more.
      ...(state.expiriesNoted ?? []).filter((key) => !key.startsWith(`${event.lapsing}@`)),
      expiryKey(event),
    ],
  }),
  CaseClosed: (state, { outcome }, { at }) => ({
    closure: { outcome, at },
    movement: undefined,
    ...(state.proposals && { proposals: [] }), // they spoke of a case that went on
  }),
  CaseReopened: () => ({ closure: undefined }),
};
