/** A plausible command of each type in the state a case is in, for tests that try what nobody would think of. */
import type { Command, CommandOf, CommandType } from '../../../src/domain/model/commands';
import { recordableDoses } from '../../../src/domain/facts/treatments';
import {
  amounts,
  belongings,
  doseOutcomes,
  healths,
  moods,
  recognitions,
  treatmentKinds,
  visitorKinds,
} from '../../../src/domain/model/hosting';
import { relayedActs } from '../../../src/domain/model/decisions';
import type { RelayedAct } from '../../../src/domain/model/decisions';
import {
  concernOutcomes,
  interimCareKinds,
  traceAnswers,
  duressOutcomes,
  travelNeeds,
} from '../../../src/domain/model/commands';
import { aboutPerson } from '../../../src/domain/facts/alternates';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { childMilestones, milestones, waysOfTelling } from '../../../src/domain/model/telling';
import { snoozeReasons, stalledNexts } from '../../../src/domain/model/reminding';
import { addDuration } from '../../../src/domain/calendar/time';
import { facets } from '../../../src/domain/model/verification';
import {
  attestation,
  daysAfter,
  hashOf,
  legsOf,
  noteVerbale,
  openCase,
  planOf,
  termsOf,
  shift,
} from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';

/** One of a list; a test decides which. */
export type Pick = <Item>(items: readonly Item[]) => Item;
type Maker<Type extends CommandType> = (play: CaseInPlay, pick: Pick) => CommandOf<Type>;

const verdicts = ['same', 'distinct'] as const;
const notes = [undefined, 'note-1'] as const;
const noteOf = (pick: Pick): { note?: string } => {
  const note = pick(notes);
  return note === undefined ? {} : { note };
};
/** Usually the newest plan, now and then an older one or another's. */
const planNamed = (play: CaseInPlay, pick: Pick): { planVersion: number; planHash: string } =>
  pick([
    planOf(play),
    planOf(play),
    planOf(play),
    { planVersion: 1, planHash: hashOf('another plan') },
    { ...planOf(play), planVersion: planOf(play).planVersion - 1 },
  ]);
/** Whom the plan names next. */
const ofAlternate = ({ state }: CaseInPlay): { recipient?: string } =>
  state.plan?.alternates?.[0] === undefined ? {} : { recipient: state.plan.alternates[0] };
/** Care passes at the site, in some of the plans. */
const passingAtSite = ({ rules }: CaseInPlay) => ({
  carePasses: { where: 'at-site', wayIn: rules.places[0]!, wayOut: rules.places[0]! } as const,
  companions: ['escort', 'recipient'] as const,
});
const conditionsOf = (pick: Pick): readonly { id: string; note: string }[] =>
  pick([[], [], [{ id: 'c1', note: 'note-2' }], [{ id: 'c2', note: 'note-3' }]]);
const conditionNamed = (play: CaseInPlay, pick: Pick): string =>
  pick([
    'c1',
    ...Object.values(play.state.decisions).flatMap(({ conditions }) => conditions.map(({ id }) => id)),
  ]);
const relayNamed = ({ state }: CaseInPlay, pick: Pick): string =>
  pick(['relay-0', ...state.relays.map(({ id }) => id), ...state.pendingRelays.map(({ id }) => id)]);
const holdNamed = ({ state }: CaseInPlay, pick: Pick): string =>
  pick(['hold-0', ...state.holds.map(({ id }) => id)]);
const proposalNamed = ({ state }: CaseInPlay, pick: Pick): string =>
  pick(['closeCase-0', ...(state.proposals ?? []).map(({ id }) => id)]);
const outcomes = ['met', 'waived'] as const;
/** Mostly what is owed now, of safety where there is any; now and then what nobody owes. */
const obligationNamed = ({ state, rules, now }: CaseInPlay, pick: Pick): string =>
  pick([
    'attest-facet:kinship:north@2020-01-01T00:00:00.000Z',
    ...obligationsOf(state, rules, now).map(({ key }) => key),
  ]);
const addressNamed = (pick: Pick): { party: string; official?: string } =>
  pick([{ party: 'north', official: 'north-official' }, { party: 'north' }, { party: 'south' }]);

const receiverNamed = (pick: Pick) =>
  pick([
    { party: 'north', official: 'north-official' },
    { party: 'mediator', official: 'duty' },
  ]);

function relayedAct(play: CaseInPlay, pick: Pick): RelayedAct {
  const act = pick(['approve', 'approve', ...relayedActs] as const);
  if (act === 'approve') return { act, ...planNamed(play, pick), conditions: conditionsOf(pick) };
  if (act === 'object') return { act, ...planNamed(play, pick), reason: 'legal' };
  if (act === 'withdraw') return { act };
  if (act === 'approve-recipient') return { act, recipient: pick([play.state.recipient.ref, 'recipient-2']) };
  if (act === 'withdraw-safe-conduct') return { act };
  if (act === 'grant-safe-conduct') {
    const { type: _, note: _note, ...granted } = makers.grantSafeConduct(play, pick);
    return { act, ...granted };
  }
  return { act, condition: conditionNamed(play, pick), outcome: pick(outcomes) };
}

export const makers: { readonly [Type in CommandType]: Maker<Type> } = {
  openCase: () => openCase(),
  acknowledgeCase: () => ({ type: 'acknowledgeCase' }),
  assignOfficer: (_play, pick) => ({
    type: 'assignOfficer',
    officer: pick(['officer', 'officer2', 'lead']),
    ...pick([{}, { deputy: 'officer2' }, { deputy: 'lead' }]),
  }),
  flagDuplicate: (_play, pick) => ({ type: 'flagDuplicate', other: pick(['C4SE-0002', 'C4SE-0003']) }),
  settleDuplicate: (_play, pick) => ({
    type: 'settleDuplicate',
    other: pick(['C4SE-0002', 'C4SE-0003']),
    verdict: pick(verdicts),
  }),
  acceptFile: () => ({ type: 'acceptFile' }),
  reportWhereabouts: () => ({ type: 'reportWhereabouts', evidence: [] }),
  answerTrace: (play, pick) => ({
    type: 'answerTrace',
    answer: pick(traceAnswers),
    ...pick([{}, { note: 'note-5' }]),
    ...pick([{}, { courtDate: daysAfter(play.now, pick([-1, 10, 200])) }]),
  }),
  traceFurther: (_play, pick) => ({ type: 'traceFurther', ...pick([{ note: 'note-6' }, {}]) }),
  attestFacet: (play, pick) =>
    attestation(pick(facets), {
      finding: pick(['confirmed', 'confirmed', 'confirmed', 'refuted', 'insufficient'] as const),
      ...pick([{}, {}, ofAlternate(play)]),
      ...pick([{}, {}, { validUntil: daysAfter(play.now, 10) }, { validUntil: daysAfter(play.now, 400) }]),
    }),
  reviewAttestation: (play, pick) => {
    const of = pick([{}, {}, ofAlternate(play)]);
    const { facets: known } = aboutPerson(play.state, of.recipient);
    const attested = facets.filter((facet) => known[facet]?.status === 'attested');
    const facet = pick(attested.length > 0 ? attested : facets);
    return {
      type: 'reviewAttestation',
      facet,
      ...of,
      verdict: pick(['upheld', 'upheld', 'returned'] as const),
    };
  },
  reopenFacet: (play, pick) => ({
    type: 'reopenFacet',
    facet: pick(facets),
    ...pick([{}, {}, ofAlternate(play)]),
  }),
  nominateRecipient: (play, pick) => ({
    type: 'nominateRecipient',
    recipient: pick(['recipient-1', 'recipient-2', 'recipient-3']),
    dossierVersion: play.state.dossier.version,
  }),
  approveRecipient: (play, pick) => ({
    type: 'approveRecipient',
    recipient: pick([play.state.recipient.ref, play.state.recipient.ref, 'recipient-3']),
  }),
  reportRecipientUnavailable: () => ({ type: 'reportRecipientUnavailable' }),
  identifyChild: (_play, pick) => ({
    type: 'identifyChild',
    how: 'photograph',
    matches: pick([true, true, true, false]),
  }),
  recordHearing: (play, pick) => ({
    type: 'recordHearing',
    ...pick([
      { recipient: play.state.recipient.ref },
      { recipient: play.state.recipient.ref },
      { recipient: 'recipient-3' },
      play.state.plan?.recipient === null ? {} : { recipient: play.state.recipient.ref },
    ]),
    answer: pick(['willing', 'willing', 'unsure', 'unwilling', 'too-young'] as const),
    ...pick([{ note: 'note-4' }, {}]),
  }),
  determineBestInterests: (_play, pick) => ({
    type: 'determineBestInterests',
    outcome: pick(['return', 'no-return'] as const),
    determination: 'doc-4',
  }),
  reviseDossier: (play, pick) => {
    const version = play.state.dossier.version + pick([1, 1, 0]);
    return {
      type: 'reviseDossier',
      dossier: { version, hash: hashOf(`dossier ${version}`) },
      facets: pick([[], ['custody'], ['identity', 'kinship']] as const),
      material: pick([true, false]),
    };
  },
  proposePlan: (play, pick) => ({
    type: 'proposePlan',
    terms: termsOf(play, {
      modality: pick(['road', 'rail'] as const),
      window: { from: daysAfter(play.now, pick([0, 3, 20])), to: daysAfter(play.now, pick([20, 40])) },
      companions: pick([['escort'], ['escort'], ['escort', 'medic'], ['escort', 'guardian']] as const),
      ...(play.state.majority?.ownConsent
        ? pick([{}, { recipient: null }])
        : pick([{}, { alternates: ['recipient-2'] }])),
      ...pick([{}, {}, passingAtSite(play)]),
      ...pick([{}, {}, { site: null }, { site: pick([...play.rules.sites.map(({ id }) => id), null]) }]),
    }),
  }),
  approvePlan: (play, pick) => ({
    type: 'approvePlan',
    ...planNamed(play, pick),
    conditions: conditionsOf(pick),
  }),
  objectToPlan: (play, pick) => ({ type: 'objectToPlan', ...planNamed(play, pick), reason: 'timing' }),
  withdrawApproval: (_play, pick) => ({ type: 'withdrawApproval', ...noteOf(pick) }),
  relayDecision: (play, pick) => ({
    type: 'relayDecision',
    relay: pick([
      `relay-${play.state.relays.length + 1}`,
      `relay-${play.state.relays.length + 1}`,
      'relay-1',
    ]),
    party: pick(['south', 'south', 'south', 'north', 'watch']),
    decision: relayedAct(play, pick),
    source: noteVerbale(play, daysAfter(play.now, pick([0, 0, -3]))),
  }),
  confirmRelay: (play, pick) => ({ type: 'confirmRelay', relay: relayNamed(play, pick) }),
  rejectRelay: (play, pick) => ({ type: 'rejectRelay', relay: relayNamed(play, pick) }),
  repudiateRelay: (play, pick) => ({ type: 'repudiateRelay', relay: relayNamed(play, pick) }),
  settleCondition: (play, pick) => ({
    type: 'settleCondition',
    condition: conditionNamed(play, pick),
    outcome: pick(outcomes),
  }),
  recordMediation: (_play, pick) => ({
    type: 'recordMediation',
    party: pick(['north', 'south', 'south', 'watch']),
  }),
  confirmCarerPapers: (play) => ({
    type: 'confirmCarerPapers',
    documents: ['doc-11'],
    permission: 'doc-11',
    validUntil: daysAfter(play.now, 20),
  }),
  confirmTravelDocuments: (play, pick) => ({
    type: 'confirmTravelDocuments',
    documents: ['doc-3'],
    validUntil: daysAfter(play.now, pick([400, 60, 5])),
  }),
  clearMedically: (play, pick) => ({
    type: 'clearMedically',
    fit: pick([true, true, false]),
    evidence: pick([['doc-8'], ['doc-8'], []]),
    ...pick([{}, {}, { validUntil: daysAfter(play.now, pick([2, 60])) }]),
    ...pick([{}, {}, { needs: [pick(travelNeeds)] }]),
  }),
  confirmPlace: (play, pick) => ({
    type: 'confirmPlace',
    ...pick([{}, {}, { leavesOn: daysAfter(play.now, pick([0, 2, 14])) }]),
    ...pick([{}, {}, { firstNight: daysAfter(play.now, pick([0, 1, 5])) }]),
  }),
  extendStay: (play, pick) => ({ type: 'extendStay', leavesOn: daysAfter(play.now, pick([1, 10, 30])) }),
  holdWithSibling: () => ({ type: 'holdWithSibling', sibling: 'C4SE-0002' }),
  declinePlace: () => ({ type: 'declinePlace' }),
  holdCarerBed: (play) => ({ type: 'holdCarerBed', leavesOn: daysAfter(play.now, 3) }),
  releaseCarerBed: () => ({ type: 'releaseCarerBed' }),
  confirmCrew: (_play, pick) => ({
    type: 'confirmCrew',
    has: pick([travelNeeds, travelNeeds, [], ['medic']]),
    escorts: pick([1, 2]),
    children: pick([1, 1, 3]),
  }),
  assignEscort: (_play, pick) => ({ type: 'assignEscort', escort: pick(['escort', 'escort2']) }),
  planLegs: (play) => ({ type: 'planLegs', legs: legsOf(play) }),
  grantSafeConduct: ({ state, now }, pick) => ({
    type: 'grantSafeConduct',
    legs: pick([state.legs.map(({ id }) => id), state.legs.slice(0, 1).map(({ id }) => id), ['leg-9']]),
    opens: pick([now, shift(now, -86_400_000)]),
    until: shift(now, pick([7_200_000, 30 * 86_400_000, -1])),
  }),
  withdrawSafeConduct: (_play, pick) => ({ type: 'withdrawSafeConduct', ...noteOf(pick) }),
  recordArrival: (_play, pick) => ({
    type: 'recordArrival',
    ...pick([{}, { site: 'guesthouse' }, { site: 'residence' }]),
  }),
  checkArrival: (_play, pick) => ({
    type: 'checkArrival',
    recognised: pick(recognitions),
    health: pick(healths),
    belongings: pick(belongings),
  }),
  writeWelfareNote: (_play, pick) => ({
    type: 'writeWelfareNote',
    wellbeing: pick(['well', 'concern'] as const),
    ...pick([{}, { ate: pick(amounts), mood: pick(moods) }, { slept: pick(amounts), health: pick(healths) }]),
  }),
  recordVisitor: ({ now }, pick) => ({
    type: 'recordVisitor',
    kind: pick(visitorKinds),
    ...pick([{}, { at: now }, { at: shift(now, 60_000) }]),
  }),
  setTreatment: (play, pick) => ({
    type: 'setTreatment',
    kind: pick(treatmentKinds),
    times: pick([
      ['08:00'],
      ['20:00', '08:00'],
      Array.from({ length: 24 }, (_, hour) => `${hour}`.padStart(2, '0') + ':00'),
    ]),
    ...pick([
      {},
      {},
      { firstDay: daysAfter(play.now, pick([0, 1, -1])) },
      { lastDay: daysAfter(play.now, 5) },
    ]),
    note: 'note-9',
  }),
  endTreatment: ({ state }, pick) => ({
    type: 'endTreatment',
    treatment: pick([...(state.treatments ?? []).map(({ id }) => id), 'treatment-1']),
  }),
  recordDose: ({ state, rules, now }, pick) => ({
    type: 'recordDose',
    dose: pick([...recordableDoses(state, rules, now).map(({ id }) => id), 'treatment-1-0']),
    outcome: pick(doseOutcomes),
    ...pick([{}, {}, { at: now }, { note: 'note-9' }]),
  }),
  depart: () => ({ type: 'depart' }),
  giveIntoCare: (_play, pick) => ({ type: 'giveIntoCare', ...pick([{}, { note: 'note-7' }]) }),
  takeIntoCare: (_play, pick) => ({ type: 'takeIntoCare', ...pick([{}, { note: 'note-8' }]) }),
  checkIn: (_play, pick) => ({ type: 'checkIn', ...pick([{}, { place: 'border' }]) }),
  completeLeg: (_play, pick) => ({ type: 'completeLeg', leg: pick(['leg-1', 'leg-2']) }),
  reportIncident: (_play, pick) => ({ type: 'reportIncident', kind: pick(['delay', 'security', 'vehicle']) }),
  answerIncident: (play, pick) => ({
    type: 'answerIncident',
    incident: pick(play.state.journey?.incidents?.map(({ id }) => id) ?? ['security-1']),
    note: 'note-9',
  }),
  pauseJourney: () => ({ type: 'pauseJourney', kind: 'vehicle' }),
  resumeJourney: () => ({ type: 'resumeJourney' }),
  divert: (_play, pick) => ({
    type: 'divert',
    place: pick(['station', 'border', 'home-town']),
    kind: 'turned-back',
  }),
  reachSafePoint: (_play, pick) => ({ type: 'reachSafePoint', place: pick(['station', 'border']) }),
  decideRecall: (_play, pick) => ({
    type: 'decideRecall',
    outcome: pick(['continue', 'turn-back', 'shelter'] as const),
  }),
  arrive: () => ({ type: 'arrive' }),
  reportMedicalEmergency: () => ({ type: 'reportMedicalEmergency' }),
  resolveMedicalEmergency: (_play, pick) => ({
    type: 'resolveMedicalEmergency',
    fitToTravel: pick([true, false]),
  }),
  checkRecipientIdentity: (_play, pick) => ({
    type: 'checkRecipientIdentity',
    matches: pick([true, true, false]),
    documentHash: hashOf('paper'),
  }),
  confirmHandover: () => ({ type: 'confirmHandover' }),
  confirmOwnArrival: () => ({ type: 'confirmOwnArrival' }),
  reportVisit: (play, pick) => ({
    type: 'reportVisit',
    visit: pick([play.state.visits.length + 1, play.state.visits.length + 1, 3, 13]),
    outcome: pick(['well', 'concern', 'not-met'] as const),
    ...pick([{}, { alone: true }]),
  }),
  placeInInterimCare: (play, pick) => ({
    type: 'placeInInterimCare',
    kind: pick(interimCareKinds),
    place: pick(play.rules.places),
    ...noteOf(pick),
  }),
  planReintegration: (play, pick) => ({
    type: 'planReintegration',
    owner: pick(['welfare', 'north', 'nobody']),
    ...pick([{}, { school: daysAfter(play.now, 10) }, { papers: daysAfter(play.now, pick([-3, 20])) }]),
  }),
  tellFamily: (_play, pick) => ({
    type: 'tellFamily',
    of: pick(milestones),
    how: pick(waysOfTelling),
    language: pick(['uk', 'ru']),
    ...noteOf(pick),
  }),
  tellChild: (_play, pick) => ({
    type: 'tellChild',
    of: pick(childMilestones),
    how: pick(waysOfTelling),
    language: pick(['uk', 'ar']),
  }),
  resolveConcern: (play, pick) => ({
    type: 'resolveConcern',
    concern: pick(play.state.concerns?.map(({ id }) => id) ?? ['visit-1']),
    outcome: pick(concernOutcomes),
    ...noteOf(pick),
  }),
  placeHold: (play, pick) => ({
    type: 'placeHold',
    hold: pick(['hold-1', 'hold-2']),
    reason: pick(['safety', 'legal'] as const),
    ...pick([{}, { reviewBy: daysAfter(play.now, 2) }]),
  }),
  reviewHold: (play, pick) => ({
    type: 'reviewHold',
    hold: holdNamed(play, pick),
    reviewBy: daysAfter(play.now, pick([1, 5])),
  }),
  liftHold: (play, pick) => ({ type: 'liftHold', hold: holdNamed(play, pick) }),
  withdrawRequest: (_play, pick) => ({ type: 'withdrawRequest', ...noteOf(pick) }),
  reinstateRequest: () => ({ type: 'reinstateRequest' }),
  linkSiblings: (_play, pick) => ({ type: 'linkSiblings', siblings: [pick(['C4SE-0004', 'C4SE-0005'])] }),
  unlinkSiblings: (play, pick) => ({
    type: 'unlinkSiblings',
    siblings: [pick([...play.state.siblings, 'C4SE-0002'])],
    note: 'note-1',
  }),
  waiveSiblingUnity: () => ({ type: 'waiveSiblingUnity', determination: 'doc-5', waiver: 'doc-6' }),
  markUrgent: (_play, pick) => ({ type: 'markUrgent', medicallyUrgent: pick([true, false]) }),
  recordOwnConsent: (_play, pick) => ({
    type: 'recordOwnConsent',
    given: pick([true, true, false]),
    document: 'doc-7',
  }),
  moveMechanism: (play) => ({ type: 'moveMechanism', version: play.state.mechanism.version + 1 }),
  closeCase: (_play, pick) => ({
    type: 'closeCase',
    outcome: pick(['reunited', 'refused', 'withdrawn', 'no-return', 'duplicate', 'deceased'] as const),
    evidence: pick([['doc-9'], ['doc-1'], []]),
    ...noteOf(pick),
  }),
  confirmProposal: (play, pick) => ({ type: 'confirmProposal', proposal: proposalNamed(play, pick) }),
  rejectProposal: (play, pick) => ({ type: 'rejectProposal', proposal: proposalNamed(play, pick) }),
  reopenCase: (_play, pick) => ({
    type: 'reopenCase',
    reason: pick(['new-information', 'closed-in-error'] as const),
    ...noteOf(pick),
  }),
  acknowledgeObligation: (play, pick) => ({
    type: 'acknowledgeObligation',
    obligation: obligationNamed(play, pick),
    until: addDuration(play.now, pick(['PT5M', 'PT1H', 'P2D', 'P14D', 'P30D'])),
  }),
  snoozeObligation: (play, pick) => ({
    type: 'snoozeObligation',
    obligation: obligationNamed(play, pick),
    until: addDuration(play.now, pick(['PT5M', 'P2D', 'P5D', 'P14D', 'P30D'])),
    reason: pick(snoozeReasons),
    ...noteOf(pick),
  }),
  reviewStalledCase: (play, pick) => ({
    type: 'reviewStalledCase',
    next: pick(stalledNexts),
    reviewBy: daysAfter(play.now, pick([-1, 3, 400])),
  }),
  mendAddress: (_play, pick) => ({ type: 'mendAddress', ...addressNamed(pick) }),
  passOnAlarm: (_play, pick) => ({ type: 'passOnAlarm', ...receiverNamed(pick) }),
  answerDuress: (_play, pick) => ({
    type: 'answerDuress',
    official: receiverNamed(pick).official,
    outcome: pick(duressOutcomes),
  }),
  noteDuress: (_play, pick) => ({ type: 'noteDuress', ...receiverNamed(pick) }),
  observeTime: () => ({ type: 'observeTime' }),
  recordChecks: (play, pick) => ({
    type: 'recordChecks',
    dossierVersion: play.state.dossier.version - pick([0, 0, 1]),
    planVersion: play.state.plan?.version ?? 0,
    findings: [],
  }),
  putPlanToSides: (play) => ({ type: 'putPlanToSides', planVersion: play.state.plan?.version ?? 0 }),
  notePlanReached: (play, pick) => ({
    type: 'notePlanReached',
    party: pick(['north', 'south', 'escorts']),
    planVersion: play.state.plan?.version ?? 0,
    sentAt: play.now,
  }),
  requestPlace: (play) => ({ type: 'requestPlace', planVersion: play.state.plan?.version ?? 0 }),
  requestEscort: (play) => ({ type: 'requestEscort', planVersion: play.state.plan?.version ?? 0 }),
  noteUnlinked: (_play, pick) => ({ type: 'noteUnlinked', siblings: [pick(['C4SE-0002', 'C4SE-0003'])] }),
  noteSiblingAhead: (_play, pick) => ({
    type: 'noteSiblingAhead',
    sibling: pick(['C4SE-0002', 'C4SE-0003']),
  }),
  noteSiblings: (_play, pick) => ({ type: 'noteSiblings', siblings: [pick(['C4SE-0002', 'C4SE-0003'])] }),
  noteDuplicate: (_play, pick) => ({
    type: 'noteDuplicate',
    other: pick(['C4SE-0002', 'C4SE-0003']),
    ...pick([{}, { verdict: pick(verdicts) }, { verdict: 'same', closed: true } as const]),
  }),
  noteClosings: () => ({ type: 'noteClosings', mechanismVersion: 2 }),
  noteMajority: (_play, pick) => ({ type: 'noteMajority', daysLeft: pick([180, 90, 30, 0] as const) }),
  noteAbsence: (play) => ({
    type: 'noteAbsence',
    absence: 'absence-1',
    official: 'officer',
    party: 'mediator',
    deputy: 'officer2',
    until: addDuration(play.now, 'P7D'),
  }),
  noteSubstitution: (_play, pick) => ({
    type: 'noteSubstitution',
    ...pick([
      { official: 'officer', party: 'mediator', by: 'officer2' },
      { official: 'north-official', party: 'north' },
      { official: 'escort', party: 'escorts', by: 'escort2' },
      { official: 'escort', party: 'escorts' },
    ]),
  }),
  noteOfficerRelieved: (_play, pick) => ({
    type: 'noteOfficerRelieved',
    official: pick(['officer', 'officer2', 'lead']),
  }),
  noteAddressFault: (_play, pick) => ({
    type: 'noteAddressFault',
    ...addressNamed(pick),
    channel: 'mail',
    code: '550',
  }),
  noteAddressMended: (_play, pick) => ({ type: 'noteAddressMended', ...addressNamed(pick) }),
  noteAlarmUndelivered: (_play, pick) => ({
    type: 'noteAlarmUndelivered',
    receivers: [{ ...receiverNamed(pick), alarm: 'emergency', code: 'smtp-550-5.7.1' }],
  }),
  noteAlarmDelivered: (_play, pick) => ({ type: 'noteAlarmDelivered', receivers: [receiverNamed(pick)] }),
};

/** A command of this type as somebody in this case might send it. */
export function anyCommand(type: CommandType, play: CaseInPlay, pick: Pick): Command {
  // The table gives each type its own maker; TypeScript can't follow the pairing through the index.
  const make = makers[type] as Maker<CommandType>;
  return make(play, pick);
}
