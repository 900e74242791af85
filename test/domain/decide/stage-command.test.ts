/**
 * Every stage × every command: in each stage, reached by really playing a return to it, each command is either
 * taken or refused for the right reason. The pairs come from the command table; what is expected of them does not.
 */
import { commandTable } from '../../../src/domain/model/command-table';
import type { Command, CommandType } from '../../../src/domain/model/commands';
import { decide } from '../../../src/domain/decide/decide';
import { recordableDoses } from '../../../src/domain/facts/treatments';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import type { RejectionCode } from '../../../src/domain/model/rejections';
import { stages } from '../../../src/domain/model/stages';
import { addDuration } from '../../../src/domain/calendar/time';
import type { Stage } from '../../../src/domain/model/stages';
import {
  approval,
  attestation,
  awaitWindow,
  caseIn,
  daysAfter,
  hashOf,
  legsOf,
  makeReady,
  noteVerbale,
  objection,
  openCase,
  planOf,
  settle,
  steps,
  termsOf,
  shift,
} from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { officials } from '../../support/mechanism-rules';
import type { ActorName } from '../../support/mechanism-rules';

interface Pair {
  readonly by: ActorName;
  /** What must have happened for the command to have its object. */
  readonly after?: (play: CaseInPlay) => void;
  readonly command: (play: CaseInPlay) => Command;
  /** Stages in which the table has it and its own rules refuse it all the same. In all others it is taken. */
  readonly refused?: Partial<Record<Stage, RejectionCode>>;
}
const plain = (by: ActorName, command: Command, rest: Omit<Pair, 'by' | 'command'> = {}): Pair => ({
  by,
  command: () => command,
  ...rest,
});

const propose = (play: CaseInPlay): void => {
  if (play.state.stage === 'agreement') play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
};
const passAtSite = (play: CaseInPlay): void => {
  const { stage } = play.state;
  const carePasses = { where: 'at-site', wayIn: 'border', wayOut: 'border' } as const;
  const companions = ['escort', 'recipient'] as const;
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, { carePasses, companions }) });
  if (stage !== 'agreement') steps.agreement(play);
};
const relayWithdrawal = (play: CaseInPlay): void => {
  play.take('officer', {
    type: 'relayDecision',
    relay: 'relay-1',
    party: 'south',
    decision: { act: 'withdraw' },
    source: noteVerbale(play),
  });
};
/** Every hour, so that one is due. */
const order = (play: CaseInPlay): void => {
  if (play.state.stage !== 'hosting') return;
  const times = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  play.take('clinician', { type: 'setTreatment', kind: 'medicine', times, note: 'note-1' });
  play.pass('PT1H');
};
const placeHold = (play: CaseInPlay): void => {
  play.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
};
const changeEscort = (play: CaseInPlay): void => {
  if (play.state.stage !== 'transit' && play.state.stage !== 'handover') return;
  play.take('dispatcher', { type: 'assignEscort', escort: officials.escort2.official });
};
const withdrawOnTheWay = (play: CaseInPlay): void => {
  play.take('southDecider', { type: 'withdrawApproval' });
};

const linkSibling = (play: CaseInPlay): void => {
  play.send('system', { type: 'noteSiblings', siblings: ['C4SE-0002'] });
};
const proposeClosing = (play: CaseInPlay): void => {
  if (play.state.stage === 'closed') {
    play.take('lead', { type: 'reopenCase', reason: 'new-information' });
    return;
  }
  play.take('officer', { type: 'closeCase', outcome: 'deceased', evidence: ['doc-9'] });
};
const lastProposal = ({ state }: CaseInPlay): string => state.proposals?.at(-1)?.id ?? 'closeCase-0';

/** On the way nothing is owed but a sign of life. The mediator's officers may speak for everybody. */
const lastDuty = ({ state, rules, now }: CaseInPlay): string =>
  obligationsOf(state, rules, now).at(-1)?.key ?? 'none';
const failAddress = (play: CaseInPlay): void => {
  play.take('system', { type: 'noteAddressFault', party: 'north', channel: 'webhook', code: 'gone' });
};
const receiver = { party: 'north', official: 'north-official' } as const;
const missAlarm = (play: CaseInPlay): void => {
  play.take('system', {
    type: 'noteAlarmUndelivered',
    receivers: [{ ...receiver, alarm: 'emergency', code: 'smtp-550-5.7.1' }],
  });
};
const stall = (play: CaseInPlay): void => {
  for (let days = 0; days < 400 && !play.state.stalledSince; days += 1) play.pass('P1D');
};

/** Where the child is in sight, somebody saw what worries them. */
const worry = (play: CaseInPlay): void => {
  if (play.state.stage === 'hosting') play.take('host', { type: 'writeWelfareNote', wellbeing: 'concern' });
  if (play.state.stage !== 'follow-up') return;
  play.pass('P2D');
  play.take('receiver', { type: 'reportVisit', visit: 1, outcome: 'concern' });
};
const planLegs = (play: CaseInPlay): void => {
  const { stage } = play.state;
  if (stage !== 'preparation' && stage !== 'hosting') return;
  play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
};
const nowhereWorried: Partial<Record<Stage, RejectionCode>> = {
  ...{ intake: 'unknown-concern', tracing: 'unknown-concern', verification: 'unknown-concern' },
  ...{ agreement: 'unknown-concern', preparation: 'unknown-concern' },
  ...{ transit: 'unknown-concern', handover: 'unknown-concern' },
};

const pairs = {
  openCase: plain('northOfficial', openCase()),
  acknowledgeCase: plain(
    'officer',
    { type: 'acknowledgeCase' },
    {
      refused: {
        tracing: 'already-done',
        verification: 'already-done',
        agreement: 'already-done',
        preparation: 'already-done',
        hosting: 'already-done',
      },
    },
  ),
  flagDuplicate: plain('officer', { type: 'flagDuplicate', other: 'C4SE-0002' }),
  settleDuplicate: plain(
    'officer',
    { type: 'settleDuplicate', other: 'C4SE-0002', verdict: 'distinct' },
    { after: (play) => play.take('system', { type: 'noteDuplicate', other: 'C4SE-0002' }) },
  ),
  acceptFile: plain('officer', { type: 'acceptFile' }),
  reportWhereabouts: plain('southOfficial', { type: 'reportWhereabouts', evidence: ['doc-2'] }),
  answerTrace: plain('southOfficial', { type: 'answerTrace', answer: 'not-found' }),
  traceFurther: plain(
    'officer',
    { type: 'traceFurther', note: 'note-1' },
    { after: (play) => play.take('southOfficial', { type: 'answerTrace', answer: 'not-found' }) },
  ),
  attestFacet: plain('northOfficial', attestation('kinship')),
  reviewAttestation: plain(
    'reviewer',
    { type: 'reviewAttestation', facet: 'kinship', verdict: 'upheld' },
    { after: (play) => play.take('northOfficial', attestation('kinship')) },
  ),
  reopenFacet: plain(
    'officer',
    { type: 'reopenFacet', facet: 'kinship' },
    { after: (play) => play.take('northOfficial', attestation('kinship')) },
  ),
  nominateRecipient: plain('northOfficial', {
    type: 'nominateRecipient',
    recipient: 'recipient-2',
    dossierVersion: 1,
  }),
  approveRecipient: plain(
    'southDecider',
    { type: 'approveRecipient', recipient: 'recipient-2' },
    {
      after: (play) => {
        if (play.state.stage === 'transit')
          play.take('northOfficial', {
            type: 'nominateRecipient',
            recipient: 'recipient-2',
            dossierVersion: 1,
          });
      },
      refused: { handover: 'unknown-recipient' },
    },
  ),
  reportRecipientUnavailable: plain('northOfficial', { type: 'reportRecipientUnavailable' }),
  recordHearing: plain('interviewer', {
    type: 'recordHearing',
    recipient: 'recipient-1',
    answer: 'unsure',
  }),
  identifyChild: plain('officer', { type: 'identifyChild', how: 'features', matches: true }),
  determineBestInterests: plain(
    'lead',
    { type: 'determineBestInterests', outcome: 'return', determination: 'doc-4' },
    { after: (play) => settle(play, 'childs-view', { finding: 'refuted' }) },
  ),
  reviseDossier: plain('northOfficial', {
    type: 'reviseDossier',
    dossier: { version: 2, hash: hashOf('dossier 2') },
    facets: ['custody'],
    material: true,
  }),
  proposePlan: {
    by: 'officer',
    command: (play) => ({ type: 'proposePlan', terms: termsOf(play, { modality: 'road' }) }),
    refused: { verification: 'facets-unconfirmed' },
  },
  approvePlan: {
    by: 'southDecider',
    after: propose,
    command: (play) => approval(play),
    refused: { verification: 'no-plan' },
  },
  objectToPlan: {
    by: 'southDecider',
    after: propose,
    command: objection,
    refused: { verification: 'no-plan' },
  },
  withdrawApproval: plain('southDecider', { type: 'withdrawApproval' }),
  relayDecision: {
    by: 'officer',
    command: (play) => ({
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'withdraw' },
      source: noteVerbale(play),
    }),
  },
  confirmRelay: plain('officer2', { type: 'confirmRelay', relay: 'relay-1' }, { after: relayWithdrawal }),
  rejectRelay: plain('officer2', { type: 'rejectRelay', relay: 'relay-1' }, { after: relayWithdrawal }),
  repudiateRelay: plain(
    'southDecider',
    { type: 'repudiateRelay', relay: 'relay-1' },
    { after: relayWithdrawal },
  ),
  settleCondition: plain(
    'southDecider',
    { type: 'settleCondition', condition: 'c1', outcome: 'met' },
    {
      after: (play) => {
        if (play.state.stage === 'verification') return;
        propose(play);
        play.take('southDecider', approval(play, [{ id: 'c1', note: 'note-1' }]));
      },
      refused: { verification: 'unknown-condition' },
    },
  ),
  recordMediation: plain('officer', { type: 'recordMediation', party: 'south' }),
  confirmCarerPapers: plain(
    'northOfficial',
    {
      type: 'confirmCarerPapers',
      documents: ['doc-11'],
      permission: 'doc-11',
      validUntil: '2030-01-01',
    },
    { after: passAtSite },
  ),
  holdCarerBed: plain('host', { type: 'holdCarerBed', leavesOn: '2030-01-01' }, { after: passAtSite }),
  releaseCarerBed: plain(
    'host',
    { type: 'releaseCarerBed' },
    {
      after: (play) => {
        passAtSite(play);
        play.take('host', { type: 'holdCarerBed', leavesOn: '2030-01-01' });
      },
    },
  ),
  confirmTravelDocuments: plain('northOfficial', {
    type: 'confirmTravelDocuments',
    documents: ['doc-3'],
    validUntil: '2027-01-01',
  }),
  clearMedically: plain('officer', { type: 'clearMedically', fit: true, evidence: ['doc-8'] }),
  confirmPlace: plain('host', { type: 'confirmPlace' }, { after: (play) => play.runEffects() }),
  extendStay: plain(
    'host',
    { type: 'extendStay', leavesOn: '2027-02-01' },
    {
      after: (play) => {
        play.runEffects();
        if (play.state.stage === 'preparation') play.take('host', { type: 'confirmPlace' });
      },
      refused: { transit: 'wrong-stage' },
    },
  ),
  declinePlace: plain('host', { type: 'declinePlace' }, { after: (play) => play.runEffects() }),
  assignOfficer: plain('lead', { type: 'assignOfficer', officer: 'officer', deputy: 'officer2' }),
  assignEscort: plain('dispatcher', { type: 'assignEscort', escort: 'escort2' }),
  confirmCrew: plain(
    'dispatcher',
    { type: 'confirmCrew', has: ['medic'], escorts: 1, children: 1 },
    {
      after: (play) => {
        if (play.state.stage !== 'transit' && !play.state.escort)
          play.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
      },
    },
  ),
  planLegs: { by: 'dispatcher', command: (play) => ({ type: 'planLegs', legs: legsOf(play) }) },
  grantSafeConduct: {
    by: 'southDecider',
    after: planLegs,
    command: ({ state, now }) => ({
      type: 'grantSafeConduct',
      legs: state.legs.map(({ id }) => id),
      opens: now,
      until: shift(now, 86_400_000),
    }),
  },
  withdrawSafeConduct: plain('southDecider', { type: 'withdrawSafeConduct' }),
  recordArrival: plain('host', { type: 'recordArrival' }, { refused: { hosting: 'already-done' } }),
  checkArrival: plain(
    'host',
    { type: 'checkArrival', recognised: 'recognised', health: 'well', belongings: 'with' },
    { refused: { preparation: 'wrong-stage', transit: 'wrong-stage' } },
  ),
  writeWelfareNote: plain(
    'host',
    { type: 'writeWelfareNote', wellbeing: 'well' },
    { refused: { preparation: 'wrong-stage', transit: 'wrong-stage' } },
  ),
  recordVisitor: plain(
    'host',
    { type: 'recordVisitor', kind: 'lawyer' },
    { refused: { preparation: 'wrong-stage', transit: 'wrong-stage' } },
  ),
  setTreatment: plain(
    'clinician',
    { type: 'setTreatment', kind: 'medicine', times: ['08:00'], note: 'note-1' },
    { refused: { preparation: 'wrong-stage', transit: 'wrong-stage' } },
  ),
  endTreatment: {
    by: 'clinician',
    after: order,
    command: ({ state }) => ({
      type: 'endTreatment',
      treatment: state.treatments?.[0]?.id ?? 'treatment-1',
    }),
    refused: { preparation: 'unknown-treatment', transit: 'unknown-treatment' },
  },
  recordDose: {
    by: 'host',
    after: order,
    command: ({ state, rules, now }) => ({
      type: 'recordDose',
      dose: recordableDoses(state, rules, now)[0]?.id ?? 'treatment-1-0',
      outcome: 'given',
    }),
    refused: {
      preparation: 'unknown-treatment',
      transit: 'unknown-treatment',
      handover: 'unknown-treatment',
    },
  },
  depart: plain(
    'lead',
    { type: 'depart' },
    {
      after: (play) => {
        if (play.state.stage !== 'hosting') return;
        play.runEffects();
        makeReady(play);
        awaitWindow(play);
      },
      refused: { preparation: 'gate-closed' },
    },
  ),
  giveIntoCare: plain('dispatcher', { type: 'giveIntoCare', note: 'note-1' }, { after: changeEscort }),
  takeIntoCare: plain('dispatcher', { type: 'takeIntoCare', note: 'note-1' }, { after: changeEscort }),
  checkIn: plain('escort', { type: 'checkIn', place: 'border' }),
  completeLeg: plain('escort', { type: 'completeLeg', leg: 'leg-1' }),
  reportIncident: plain('escort', { type: 'reportIncident', kind: 'delay' }),
  answerIncident: plain(
    'duty',
    { type: 'answerIncident', incident: 'security-1', note: 'note-1' },
    { after: (play) => play.take('escort', { type: 'reportIncident', kind: 'security' }) },
  ),
  pauseJourney: plain('duty', { type: 'pauseJourney', kind: 'security' }),
  resumeJourney: plain(
    'duty',
    { type: 'resumeJourney' },
    { after: (play) => play.take('escort', { type: 'pauseJourney', kind: 'vehicle' }) },
  ),
  divert: plain('escort', { type: 'divert', place: 'border', kind: 'turned-back' }),
  reachSafePoint: plain('escort', { type: 'reachSafePoint', place: 'border' }),
  decideRecall: plain('lead', { type: 'decideRecall', outcome: 'continue' }, { after: withdrawOnTheWay }),
  arrive: plain('escort', { type: 'arrive' }),
  reportMedicalEmergency: plain('southOfficial', { type: 'reportMedicalEmergency' }),
  resolveMedicalEmergency: plain(
    'duty',
    { type: 'resolveMedicalEmergency', fitToTravel: true },
    { after: (play) => play.take('officer', { type: 'reportMedicalEmergency' }) },
  ),
  checkRecipientIdentity: plain(
    'receiver',
    { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') },
    { refused: { hosting: 'wrong-stage' } },
  ),
  confirmHandover: plain(
    'escort',
    { type: 'confirmHandover' },
    {
      after: (play) =>
        play.state.stage !== 'hosting' &&
        play.take('receiver', {
          type: 'checkRecipientIdentity',
          matches: true,
          documentHash: hashOf('paper'),
        }),
      refused: { hosting: 'wrong-stage' },
    },
  ),
  confirmOwnArrival: plain(
    'receiver',
    { type: 'confirmOwnArrival' },
    {
      after: (play) => {
        play.take('system', { type: 'noteMajority', daysLeft: 0 });
        play.take('interviewer', { type: 'recordOwnConsent', given: true, document: 'doc-7' });
      },
    },
  ),
  placeInInterimCare: plain(
    'receiver',
    {
      type: 'placeInInterimCare',
      kind: 'centre',
      place: 'home-town',
    },
    { refused: { transit: 'wrong-stage' } },
  ),
  reportVisit: plain(
    'receiver',
    { type: 'reportVisit', visit: 1, outcome: 'well' },
    { after: (play) => play.pass('P2D') },
  ),
  planReintegration: {
    by: 'receiver',
    command: (play) => ({ type: 'planReintegration', owner: 'welfare', school: daysAfter(play.now, 30) }),
  },
  tellFamily: plain(
    'northOfficial',
    { type: 'tellFamily', of: 'taken-up', how: 'telephone', language: 'uk' },
    { refused: { intake: 'nothing-to-decide' } },
  ),
  tellChild: plain(
    'interviewer',
    { type: 'tellChild', of: 'dated', how: 'in-person', language: 'uk' },
    {
      after: planLegs,
      refused: {
        ...{ intake: 'nothing-to-decide', tracing: 'nothing-to-decide', verification: 'nothing-to-decide' },
        agreement: 'nothing-to-decide',
      },
    },
  ),
  resolveConcern: {
    by: 'duty',
    after: worry,
    command: ({ state }) => ({
      type: 'resolveConcern',
      concern: state.concerns?.[0]?.id ?? 'visit-1',
      outcome: 'referred',
    }),
    refused: nowhereWorried,
  },
  placeHold: plain('northReviewer', { type: 'placeHold', hold: 'hold-1', reason: 'safety' }),
  reviewHold: {
    by: 'southDecider',
    after: placeHold,
    command: ({ now }) => ({ type: 'reviewHold', hold: 'hold-1', reviewBy: now.slice(0, 10) }),
  },
  liftHold: plain('southDecider', { type: 'liftHold', hold: 'hold-1' }, { after: placeHold }),
  withdrawRequest: plain('northOfficial', { type: 'withdrawRequest' }),
  reinstateRequest: plain(
    'northDecider',
    { type: 'reinstateRequest' },
    { after: (play) => play.take('northOfficial', { type: 'withdrawRequest' }) },
  ),
  linkSiblings: plain('officer', { type: 'linkSiblings', siblings: ['C4SE-0002'] }),
  unlinkSiblings: plain(
    'lead',
    { type: 'unlinkSiblings', siblings: ['C4SE-0002'], note: 'note-1' },
    { after: linkSibling },
  ),
  waiveSiblingUnity: plain('lead', { type: 'waiveSiblingUnity', determination: 'doc-5', waiver: 'doc-6' }),
  markUrgent: plain('northOfficial', { type: 'markUrgent', medicallyUrgent: true }),
  recordOwnConsent: plain(
    'interviewer',
    { type: 'recordOwnConsent', given: true, document: 'doc-7' },
    { after: (play) => play.take('system', { type: 'noteMajority', daysLeft: 30 }) },
  ),
  moveMechanism: plain('lead', { type: 'moveMechanism', version: 2 }),
  closeCase: plain(
    'officer',
    { type: 'closeCase', outcome: 'withdrawn', note: 'note-1' },
    {
      after: (play) => play.take('northOfficial', { type: 'withdrawRequest' }),
      refused: {
        transit: 'child-hosted-or-travelling',
        handover: 'child-hosted-or-travelling',
        'follow-up': 'closure-unfounded',
      },
    },
  ),
  observeTime: plain('system', { type: 'observeTime' }),
  recordChecks: {
    by: 'system',
    command: (play) => ({
      type: 'recordChecks',
      dossierVersion: 1,
      planVersion: planOf(play).planVersion,
      findings: [],
    }),
    refused: {
      preparation: 'already-done',
      hosting: 'already-done',
      transit: 'already-done',
      handover: 'already-done',
      'follow-up': 'already-done',
    },
  },
  putPlanToSides: {
    by: 'system',
    after: propose,
    command: (play) => ({ type: 'putPlanToSides', planVersion: planOf(play).planVersion }),
    refused: { verification: 'already-done', preparation: 'already-done', hosting: 'already-done' },
  },
  notePlanReached: {
    by: 'system',
    after: (play) => {
      propose(play);
      if (play.state.stage === 'agreement')
        play.take('system', { type: 'putPlanToSides', planVersion: planOf(play).planVersion });
    },
    command: (play) => {
      const { planVersion } = planOf(play);
      return { type: 'notePlanReached', party: 'north', planVersion, sentAt: play.now };
    },
    refused: { verification: 'already-done', preparation: 'already-done', hosting: 'already-done' },
  },
  requestPlace: plain('system', { type: 'requestPlace', planVersion: 1 }),
  requestEscort: plain(
    'system',
    { type: 'requestEscort', planVersion: 1 },
    { refused: { hosting: 'already-done' } },
  ),
  holdWithSibling: plain(
    'system',
    { type: 'holdWithSibling', sibling: 'C4SE-0002' },
    { after: (play) => play.runEffects() },
  ),
  noteSiblings: plain('system', { type: 'noteSiblings', siblings: ['C4SE-0002'] }),
  noteUnlinked: plain('system', { type: 'noteUnlinked', siblings: ['C4SE-0002'] }, { after: linkSibling }),
  noteSiblingAhead: plain('system', { type: 'noteSiblingAhead', sibling: 'C4SE-0002' }),
  noteDuplicate: plain('system', { type: 'noteDuplicate', other: 'C4SE-0002' }),
  noteClosings: plain('system', { type: 'noteClosings', mechanismVersion: 2 }),
  noteMajority: plain('system', { type: 'noteMajority', daysLeft: 90 }),
  reopenCase: plain('lead', { type: 'reopenCase', reason: 'new-information' }),
  confirmProposal: {
    by: 'officer2',
    after: proposeClosing,
    command: (play) => ({ type: 'confirmProposal', proposal: lastProposal(play) }),
  },
  rejectProposal: {
    by: 'officer2',
    after: proposeClosing,
    command: (play) => ({ type: 'rejectProposal', proposal: lastProposal(play) }),
  },
  acknowledgeObligation: {
    by: 'officer',
    command: (play) => ({
      type: 'acknowledgeObligation',
      obligation: lastDuty(play),
      until: addDuration(play.now, 'PT30M'),
    }),
  },
  snoozeObligation: {
    by: 'officer',
    command: (play) => ({
      type: 'snoozeObligation',
      obligation: lastDuty(play),
      until: addDuration(play.now, 'PT30M'),
      reason: 'awaiting-document',
    }),
    refused: { transit: 'safety-not-snoozed' },
  },
  reviewStalledCase: {
    by: 'officer',
    after: stall,
    command: (play) => ({
      type: 'reviewStalledCase',
      next: 'press-again',
      reviewBy: addDuration(play.now, 'P7D').slice(0, 10),
    }),
  },
  mendAddress: {
    by: 'officer',
    after: failAddress,
    command: () => ({ type: 'mendAddress', party: 'north' }),
  },
  passOnAlarm: {
    by: 'officer',
    after: missAlarm,
    command: () => ({ type: 'passOnAlarm', ...receiver }),
  },
  noteDuress: plain('system', { type: 'noteDuress', ...receiver }),
  answerDuress: {
    by: 'lead',
    after: (play) => void play.take('system', { type: 'noteDuress', ...receiver }),
    command: () => ({ type: 'answerDuress', official: receiver.official, outcome: 'safe-now' }),
  },
  noteAlarmUndelivered: plain('system', {
    type: 'noteAlarmUndelivered',
    receivers: [{ ...receiver, alarm: 'emergency', code: 'smtp-550-5.7.1' }],
  }),
  noteAlarmDelivered: {
    by: 'system',
    after: missAlarm,
    command: () => ({ type: 'noteAlarmDelivered', receivers: [receiver] }),
  },
  noteAbsence: plain('system', {
    type: 'noteAbsence',
    absence: 'absence-1',
    official: 'officer',
    party: 'mediator',
    deputy: 'officer2',
    until: '2026-06-01T00:00:00.000Z',
  }),
  noteOfficerRelieved: {
    by: 'system',
    after: (play) => play.take('lead', { type: 'assignOfficer', officer: 'officer' }),
    command: () => ({ type: 'noteOfficerRelieved', official: 'officer' }),
  },
  noteSubstitution: plain('system', {
    type: 'noteSubstitution',
    official: 'officer',
    party: 'mediator',
    by: 'officer2',
  }),
  noteAddressFault: plain('system', {
    type: 'noteAddressFault',
    party: 'north',
    official: 'north-official',
    channel: 'mail',
    code: '550',
  }),
  noteAddressMended: {
    by: 'system',
    after: failAddress,
    command: () => ({ type: 'noteAddressMended', party: 'north' }),
  },
} as const satisfies Record<CommandType, Pair>;

/** Before a plan names them, host, escort and receiving authority do not know of the case. */
const unnamedUntilPlanned = ['host', 'clinician', 'dispatcher', 'escort', 'receiver'];
const unplanned: readonly Stage[] = ['intake', 'tracing', 'verification', 'agreement'];

const played = new Map(stages.map((stage) => [stage, caseIn(stage)]));
const commandTypes = Object.keys(commandTable) as CommandType[];
const listed = (stage: Stage, type: CommandType): boolean =>
  (commandTable[type].stages as readonly Stage[]).includes(stage);

function expected(stage: Stage, type: CommandType): 'taken' | RejectionCode {
  const { by, refused }: Pair = pairs[type];
  if (type === 'openCase') return 'case-exists';
  if (unplanned.includes(stage) && unnamedUntilPlanned.includes(by)) return 'case-not-found';
  if (stage === 'closed' && !listed(stage, type)) return 'case-closed';
  return listed(stage, type) ? (refused?.[stage] ?? 'taken') : 'wrong-stage';
}

describe.each(stages)('a case in %s', (stage) => {
  const rows = commandTypes.map((type) => [type, expected(stage, type)] as const);

  test('is the case it says', () => expect(played.get(stage)?.state.stage).toBe(stage));

  test.each(rows)('%s → %s', (type, outcome) => {
    const play = played.get(stage)!.fork();
    const { by, after, command }: Pair = pairs[type];
    if (listed(stage, type) && outcome !== 'case-not-found') after?.(play);
    const before = play.events.length;
    const verdict = play.send(by, command(play));
    expect('events' in verdict ? 'taken' : verdict.rejection.code).toBe(outcome);
    if (outcome !== 'taken') expect(play.events).toHaveLength(before);
    // A closed case is linked to nobody here.
    else if (type !== 'observeTime' && type !== 'noteUnlinked' && !isHomeAlready(stage, type))
      expect(play.events.length).toBeGreaterThan(before);
  });
});

/** Nobody is to follow who is home. */
const isHomeAlready = (stage: string, type: string): boolean =>
  stage === 'follow-up' && type === 'noteSiblingAhead';

describe('a command in the wrong stage', () => {
  test('is answered with the stage and with what the sender may do instead, which does not hold the command', () => {
    const { code, stage, allowed } = caseIn('tracing').refuse('officer', {
      type: 'proposePlan',
      terms: termsOf(caseIn('tracing')),
    });
    expect({ code, stage }).toEqual({ code: 'wrong-stage', stage: 'tracing' });
    expect(allowed).toEqual(
      expect.arrayContaining(['flagDuplicate', 'placeHold', 'closeCase', 'relayDecision']),
    );
    expect(allowed).not.toContain('proposePlan');
    expect(allowed).not.toContain('depart');
    expect(allowed).not.toContain('withdrawApproval');
  });

  test.each([
    [
      'a note about a child not yet hosted',
      'preparation',
      'host',
      { type: 'writeWelfareNote', wellbeing: 'well' },
    ],
    ['whereabouts attested before they are reported', 'tracing', 'southOfficial', attestation('whereabouts')],
  ] as const)('is named as such by its own rules too: %s', (_what, stage, by, command) => {
    const rejection = caseIn(stage).refuse(by, command);
    expect(rejection).toMatchObject({ code: 'wrong-stage', stage });
    expect(rejection.allowed).toContain('placeHold');
  });

  test('before there is a case is told so', () => {
    const verdict = decide(
      undefined,
      { actor: officials.officer, command: { type: 'acceptFile' } },
      caseIn('intake').context,
    );
    expect(verdict).toEqual({ rejection: { code: 'case-not-found' } });
  });
});

describe('a stale version', () => {
  test('is refused with the present one', () => {
    const play = caseIn('verification');
    expect(play.refuse('northOfficial', attestation('kinship'), play.state.version - 1)).toEqual({
      code: 'stale-version',
      version: play.state.version,
    });
    expect(play.send('northOfficial', attestation('kinship'), play.state.version)).toHaveProperty('events');
  });

  test('is one before the last event that a decision may rest on: a reminder is none', () => {
    const play = caseIn('preparation');
    const seen = play.state.version;
    play.runEffects();
    play.pass('P7D');
    const since = new Set(play.types.slice(seen));
    expect(since).toEqual(new Set(['PlaceRequested', 'EscortRequested', 'LadderStepTaken']));
    expect(play.refuse('host', { type: 'confirmPlace' }, seen - 1).code).toBe('stale-version');
    expect(play.refuse('host', { type: 'confirmPlace' }, play.state.version + 1).code).toBe('stale-version');
    expect(play.send('host', { type: 'confirmPlace' }, seen)).toHaveProperty('events');
    expect(play.refuse('host', { type: 'confirmPlace' }, play.state.version - 1).code).toBe('stale-version');
  });

  test('does not keep a hold, a withdrawal, a repudiation or a relayed withdrawal from being taken', () => {
    const play = caseIn('hosting');
    relayWithdrawal(play);
    const old = 1;
    for (const [by, command] of [
      ['southDecider', { type: 'repudiateRelay', relay: 'relay-1' }],
      ['southDecider', { type: 'withdrawApproval' }],
      ['southDecider', { type: 'withdrawSafeConduct' }],
      ['northOfficial', { type: 'withdrawRequest' }],
      ['host', { type: 'placeHold', hold: 'hold-1', reason: 'health' }],
      ['officer', { ...pairs.relayDecision.command(play), relay: 'relay-2' }],
    ] as const)
      expect(play.send(by, command, old)).toHaveProperty('events');
  });

  test('of a relayed approval is refused like any other', () => {
    const play = caseIn('preparation');
    const relayed = {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'approve', ...planOf(play), conditions: [] },
      source: noteVerbale(play),
    } as const;
    expect(play.refuse('officer', relayed, 1).code).toBe('stale-version');
  });
});
