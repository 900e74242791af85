/**
 * Timeframes a mechanism has unless its file says otherwise. Source: docs/rules.md, "Default timeframes"; where it
 * names none, the shortest that a ministry answering by note can keep. Working days are those of the party that owes.
 */
import type { Ladder, LadderStep, MechanismRules, Office } from '../../domain/model/mechanism';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import type { Role } from '../../domain/model/parties';
import type { Timeframe } from '../../domain/calendar/time';

const remind = (...after: Timeframe[]): LadderStep[] => after.map((at) => ({ after: at, act: 'remind' }));
/** To the mediator's lead unless an office is named. */
const escalate = (after: Timeframe, to?: Office): LadderStep => ({
  after,
  act: 'escalate',
  ...(to && { to }),
});
const review = (after: Timeframe): LadderStep => ({ after, act: 'review' });

const escortDuty: Office = { kind: 'escort', roles: ['duty-officer', 'dispatcher'] };
const mediatorDuty: Office = { kind: 'mediator', roles: ['duty-officer'] };
const hostDuty: Office = { kind: 'host', roles: ['duty-officer'] };

/**
 * Steps count from the moment the obligation arose; `thenEvery` repeats the reminder once they are spent. Where the
 * case itself says when a thing is due (`kindsWithOwnDue`: a sign of life, a note, a visit, a review), steps count
 * from that instant and `due` is not read.
 */
export const defaultLadders = {
  'mend-address': {
    due: '2 working days',
    steps: [...remind('1 working day'), escalate('3 working days')],
    thenEvery: '5 working days',
  },
  'acknowledge-case': {
    due: '5 working days',
    steps: [...remind('3 working days'), escalate('5 working days')],
    thenEvery: '5 working days',
  },
  'assign-officer': {
    due: '3 working days',
    steps: [...remind('2 working days'), escalate('5 working days')],
    thenEvery: '5 working days',
  },
  'settle-duplicate': { due: 'P7D', steps: [...remind('P5D'), escalate('P14D')], thenEvery: 'P7D' },
  'accept-file': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P14D' },
  'locate-child': {
    due: 'P30D',
    steps: [...remind('P30D', 'P60D'), escalate('P90D')],
    thenEvery: 'P30D',
  },
  'weigh-trace-answer': {
    due: 'P14D',
    steps: [...remind('P7D'), escalate('P14D'), review('P30D')],
    thenEvery: 'P14D',
  },
  'attest-facet': {
    due: 'P30D',
    steps: [...remind('P14D', 'P21D'), escalate('P30D'), review('P60D')],
    thenEvery: 'P30D',
  },
  'review-attestation': { due: 'P7D', steps: [...remind('P5D'), escalate('P14D')], thenEvery: 'P7D' },
  'resolve-refutation': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P14D' },
  'determine-best-interests': {
    due: 'P30D',
    steps: [...remind('P14D'), escalate('P30D')],
    thenEvery: 'P14D',
  },
  'nominate-recipient': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P14D' },
  'approve-recipient': {
    due: 'PT4H',
    steps: [...remind('PT1H', 'PT2H'), escalate('PT4H', mediatorDuty), escalate('PT8H')],
    thenEvery: 'PT4H',
  },
  'propose-plan': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P14D' },
  'decide-on-plan': {
    due: 'P30D',
    steps: [...remind('P14D', 'P21D'), escalate('P30D'), review('P60D')],
    thenEvery: 'P30D',
  },
  'renew-approval': { due: 'P14D', steps: [...remind('P7D'), escalate('P12D')], thenEvery: 'P7D' },
  'confirm-relay': { due: 'P1D', steps: [...remind('P1D'), escalate('P2D')], thenEvery: 'P1D' },
  'mediate-objection': {
    due: 'P14D',
    steps: [...remind('P7D'), escalate('P14D'), review('P30D')],
    thenEvery: 'P14D',
  },
  'settle-condition': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P7D' },
  'confirm-travel-documents': {
    due: 'P14D',
    steps: [...remind('P7D'), escalate('P14D')],
    thenEvery: 'P7D',
  },
  'clear-medically': { due: 'P7D', steps: [...remind('P5D'), escalate('P7D')], thenEvery: 'P3D' },
  'offer-place': { due: 'P7D', steps: [...remind('P5D'), escalate('P7D')], thenEvery: 'P3D' },
  'assign-escort': { due: 'P7D', steps: [...remind('P5D'), escalate('P7D')], thenEvery: 'P3D' },
  'confirm-crew': { due: 'P7D', steps: [...remind('P5D'), escalate('P7D')], thenEvery: 'P3D' },
  'plan-legs': { due: 'P7D', steps: [...remind('P5D'), escalate('P7D')], thenEvery: 'P3D' },
  'grant-safe-conduct': { due: 'P3D', steps: [...remind('P2D'), escalate('P3D')], thenEvery: 'P1D' },
  'verify-alternate': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P7D' },
  'avoid-closed-place': { due: 'P7D', steps: [...remind('P3D'), escalate('P7D')], thenEvery: 'P3D' },
  'receive-at-site': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P3D' },
  'bring-sibling-after': { due: 'P30D', steps: [...remind('P14D'), escalate('P30D')], thenEvery: 'P14D' },
  // From the day on which the child was to leave.
  'extend-stay': { due: 'P3D', steps: [...remind('PT0S'), escalate('P1D')], thenEvery: 'P1D' },
  'write-welfare-note': {
    due: 'PT0S',
    steps: [...remind('PT0S'), escalate('PT6H', hostDuty), escalate('P1D')],
    thenEvery: 'P1D',
  },
  'rehouse-child': { due: 'P1D', steps: [...remind('PT0S'), escalate('PT12H')], thenEvery: 'PT12H' },
  'give-go': { due: 'P1D', steps: [...remind('PT12H'), escalate('P1D')], thenEvery: 'P1D' },
  'give-into-care': {
    due: 'PT0S',
    steps: [...remind('PT0S'), escalate('PT1H', mediatorDuty), escalate('PT6H')],
    thenEvery: 'PT6H',
  },
  'take-into-care': {
    due: 'PT0S',
    steps: [
      ...remind('PT0S'),
      escalate('PT15M', escortDuty),
      escalate('PT30M', mediatorDuty),
      escalate('PT1H'),
    ],
    thenEvery: 'PT30M',
  },
  'check-in': {
    due: 'PT0S',
    steps: [
      ...remind('PT15M'),
      escalate('PT15M', escortDuty),
      escalate('PT30M', mediatorDuty),
      escalate('PT45M'),
    ],
    thenEvery: 'PT15M',
  },
  // The report itself tells them; this is where nobody answers.
  'answer-incident': { due: 'PT15M', steps: [...remind('PT5M'), escalate('PT15M')], thenEvery: 'PT15M' },
  'resume-journey': {
    due: 'PT4H',
    steps: [escalate('PT1H', escortDuty), escalate('PT2H', mediatorDuty), escalate('PT4H')],
    thenEvery: 'PT2H',
  },
  'decide-recall': {
    due: 'PT1H',
    steps: [escalate('PT0S'), ...remind('PT15M', 'PT30M', 'PT1H')],
    thenEvery: 'PT30M',
  },
  'resolve-emergency': {
    due: 'PT6H',
    steps: [escalate('PT0S', mediatorDuty), ...remind('PT2H'), escalate('PT6H')],
    thenEvery: 'PT6H',
  },
  'check-recipient-identity': {
    due: 'PT3H',
    steps: [...remind('PT1H'), escalate('PT3H', mediatorDuty), escalate('PT6H')],
    thenEvery: 'PT3H',
  },
  'confirm-handover': {
    due: 'PT3H',
    steps: [...remind('PT1H'), escalate('PT3H', mediatorDuty), escalate('PT6H')],
    thenEvery: 'PT3H',
  },
  'hear-child': { due: 'PT0S', steps: [...remind('PT0S'), escalate('PT1H')], thenEvery: 'PT4H' },
  'identify-child': { due: 'PT0S', steps: [...remind('PT0S'), escalate('PT1H')], thenEvery: 'PT4H' },
  'settle-mismatch': {
    due: 'PT1H',
    steps: [...remind('PT0S'), escalate('PT0S', mediatorDuty), escalate('PT1H')],
    thenEvery: 'PT1H',
  },
  'place-in-interim-care': {
    due: 'PT2H',
    steps: [...remind('PT30M'), escalate('PT1H')],
    thenEvery: 'PT30M',
  },
  'find-permanent-care': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P7D' },
  'plan-reintegration': {
    due: 'P30D',
    steps: [...remind('P14D', 'P21D'), escalate('P30D')],
    thenEvery: 'P14D',
  },
  // One kind, one ladder: of a delay or a handover a family hears the same day, and a weekend calls nobody’s superior.
  'tell-family': {
    due: 'PT12H',
    steps: [...remind('PT12H'), escalate('2 working days')],
    thenEvery: '2 working days',
  },
  // Whoever owes it has the child before them.
  'tell-child': { due: 'PT12H', steps: [...remind('PT12H'), escalate('P1D')], thenEvery: 'P1D' },
  'resolve-concern': { due: 'P1D', steps: [...remind('PT4H'), escalate('PT12H')], thenEvery: 'PT12H' },
  'answer-duress': { due: 'PT5M', steps: [...remind('PT0S'), escalate('PT5M')], thenEvery: 'PT5M' },
  'pass-on-alarm': { due: 'PT15M', steps: [...remind('PT10M'), escalate('PT20M')], thenEvery: 'PT30M' },
  'confirm-proposal': { due: 'PT8H', steps: [...remind('PT4H'), escalate('PT8H')], thenEvery: 'P1D' },
  'confirm-urgent-proposal': {
    due: 'PT1H',
    steps: [...remind('PT0S', 'PT30M'), escalate('PT1H')],
    thenEvery: 'PT1H',
  },
  'report-visit': { due: 'PT0S', steps: [...remind('PT0S', 'P3D'), escalate('P7D')], thenEvery: 'P7D' },
  'close-case': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P14D' },
  'review-hold': { due: 'PT0S', steps: [...remind('PT0S'), escalate('P3D')], thenEvery: 'P3D' },
  'prepare-majority': { due: 'P30D', steps: [...remind('P14D'), escalate('P30D')], thenEvery: 'P14D' },
  'obtain-own-consent': { due: 'P14D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P7D' },
  'review-stalled': { due: 'P7D', steps: [...remind('P7D'), escalate('P14D')], thenEvery: 'P14D' },
} as const satisfies Record<ObligationKind, Ladder>;

/** Every other timeframe. */
export const defaultTimes = {
  approvalValidFor: 'P90D',
  approvalNotice: 'P14D',
  stalledAfter: { usual: 'P30D', urgent: 'P14D', tracing: 'P90D' },
  checkInEvery: 'PT2H',
  welfareNoteEvery: 'P1D',
  hearingValidFor: 'P3D',
  adultHearingValidFor: 'P30D',
  reinstateWithin: 'P14D',
  /** 48 hours, weekly to 8 weeks, monthly to 6 months; the eighth week stands for the second month. */
  followUpVisits: [
    'PT48H',
    ...['P1W', 'P2W', 'P3W', 'P4W', 'P5W', 'P6W', 'P7W', 'P8W'],
    ...['P3M', 'P4M', 'P5M', 'P6M'],
  ],
  holdReviewWithin: 'P7D',
  holdRenewals: 2,
  /** Ukraine’s Family Code, article 160: from ten a child agrees to where it lives, from fourteen it decides. */
  childsView: { observedBelow: 6, agreesFrom: 10, decidesFrom: 14 },
  /** Children per escort. */
  escortRatio: { usual: 5, underSix: 2, withNeeds: 1 },
  acknowledge: { atMost: 'P14D', safetyAtMost: 'PT1H' },
  snooze: { atMost: 'P14D', times: 2 },
  expiryNotice: 'P14D',
  reminderSpread: 'PT10M',
} as const satisfies Partial<MechanismRules>;

/**
 * Roles that a deputy has for the time of an absence. Others rest on a person: who decides, attests as a specialist
 * or travels with a child was chosen for it.
 */
export const defaultLendableRoles = [
  'case-officer',
  'lead',
  'duty-officer',
  'official',
  'host',
  'dispatcher',
  'receiver',
] as const satisfies readonly Role[];
