/** What must never be, written by hand beside the tables: each line is something somebody will try. */
import type { Command } from '../../../src/domain/model/commands';
import type { RejectionCode } from '../../../src/domain/model/rejections';
import type { OpenStage } from '../../../src/domain/model/stages';
import {
  approval,
  attestation,
  caseIn,
  daysAfter,
  hashOf,
  noteVerbale,
  objection,
  planOf,
} from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import type { ActorName } from '../../support/mechanism-rules';
import { ready } from './returns';

const relayed = (
  play: CaseInPlay,
  decision: Extract<Command, { type: 'relayDecision' }>['decision'],
  change: Partial<Extract<Command, { type: 'relayDecision' }>> = {},
): Command => ({
  type: 'relayDecision',
  relay: 'relay-1',
  party: 'south',
  decision,
  source: noteVerbale(play),
  ...change,
});
const yes = (play: CaseInPlay) => ({ act: 'approve', ...planOf(play), conditions: [] }) as const;

type Attempt = readonly [
  what: string,
  stage: OpenStage,
  by: ActorName,
  command: (play: CaseInPlay) => Command,
  code: RejectionCode,
];
const attempts: readonly Attempt[] = [
  ['a mediator approves directly', 'preparation', 'lead', approval, 'not-your-command'],
  ['a mediator objects', 'preparation', 'officer', objection, 'not-your-command'],
  [
    'an official without the power to decide approves',
    'preparation',
    'southOfficial',
    approval,
    'not-your-command',
  ],
  ['the host approves', 'preparation', 'host', approval, 'not-your-command'],
  ['the escort objects', 'preparation', 'escort', objection, 'not-your-command'],
  [
    'the receiving authority withdraws',
    'hosting',
    'receiver',
    () => ({ type: 'withdrawApproval' }),
    'not-your-command',
  ],
  ['an observer approves', 'preparation', 'observer', approval, 'case-not-found'],
  [
    'an observer places a hold',
    'hosting',
    'observer',
    () => ({ type: 'placeHold', hold: 'h', reason: 'safety' }),
    'case-not-found',
  ],
  ['another requesting side approves', 'preparation', 'westAll', approval, 'case-not-found'],
  [
    'another requesting side withdraws',
    'transit',
    'westAll',
    () => ({ type: 'withdrawApproval' }),
    'case-not-found',
  ],
  ['the operator’s process approves', 'preparation', 'system', approval, 'not-your-command'],
  [
    'the operator’s process withdraws',
    'preparation',
    'system',
    () => ({ type: 'withdrawApproval' }),
    'not-your-command',
  ],
  [
    'the operator’s process sends the child off',
    'hosting',
    'system',
    () => ({ type: 'depart' }),
    'not-your-command',
  ],
  [
    'the operator’s process places a hold',
    'hosting',
    'system',
    () => ({ type: 'placeHold', hold: 'h', reason: 'safety' }),
    'not-your-command',
  ],
  ['an official lets time pass', 'hosting', 'lead', () => ({ type: 'observeTime' }), 'not-your-command'],
  [
    'an official records the checks',
    'agreement',
    'lead',
    () => ({ type: 'recordChecks', dossierVersion: 1, planVersion: 0, findings: [] }),
    'not-your-command',
  ],
  ['the escort sets off with the child', 'hosting', 'escort', () => ({ type: 'depart' }), 'not-your-command'],
  [
    'the dispatcher sets off with the child',
    'hosting',
    'dispatcher',
    () => ({ type: 'depart' }),
    'not-your-command',
  ],
  ['a case officer gives the go', 'hosting', 'officer', () => ({ type: 'depart' }), 'not-your-command'],
  [
    'the holding side withdraws the request',
    'agreement',
    'southDecider',
    () => ({ type: 'withdrawRequest' }),
    'not-your-command',
  ],
  [
    'the mediator withdraws the request',
    'agreement',
    'lead',
    () => ({ type: 'withdrawRequest' }),
    'not-your-command',
  ],
  [
    'a side closes the case',
    'agreement',
    'northDecider',
    () => ({ type: 'closeCase', outcome: 'other', note: 'n' }),
    'not-your-command',
  ],
  [
    'a side reviews',
    'verification',
    'northReviewer',
    () => ({ type: 'reviewAttestation', facet: 'custody', verdict: 'upheld' }),
    'not-your-command',
  ],
  [
    'the requesting side reports the whereabouts',
    'tracing',
    'northOfficial',
    () => ({ type: 'reportWhereabouts', evidence: [] }),
    'not-your-command',
  ],
  [
    'a case officer decides what is best for the child',
    'verification',
    'officer',
    () => ({ type: 'determineBestInterests', outcome: 'no-return', determination: 'd' }),
    'not-your-command',
  ],
  [
    'a case officer waives the siblings’ unity',
    'agreement',
    'officer',
    () => ({ type: 'waiveSiblingUnity', determination: 'd', waiver: 'w' }),
    'not-your-command',
  ],
  [
    'the duty officer decides on a recall',
    'transit',
    'duty',
    () => ({ type: 'decideRecall', outcome: 'continue' }),
    'not-your-command',
  ],
  [
    'the escort identifies the recipient',
    'handover',
    'escort',
    () => ({ type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('p') }),
    'not-your-command',
  ],
  [
    'the dispatcher gives a sign of life',
    'transit',
    'dispatcher',
    () => ({ type: 'checkIn' }),
    'not-your-command',
  ],
  [
    'the case closes as reunited before the handover',
    'agreement',
    'lead',
    () => ({ type: 'closeCase', outcome: 'reunited' }),
    'closure-unfounded',
  ],
  [
    'the case closes as reunited while hosted',
    'hosting',
    'lead',
    () => ({ type: 'closeCase', outcome: 'reunited', note: 'n' }),
    'closure-unfounded',
  ],
  [
    'the case closes as reunited on the way',
    'transit',
    'lead',
    () => ({ type: 'closeCase', outcome: 'reunited' }),
    'child-hosted-or-travelling',
  ],
  [
    'the case closes as other on the way',
    'handover',
    'lead',
    () => ({ type: 'closeCase', outcome: 'other', note: 'n' }),
    'child-hosted-or-travelling',
  ],
  [
    'the case closes as reunited with visits outstanding',
    'follow-up',
    'lead',
    () => ({ type: 'closeCase', outcome: 'reunited' }),
    'visits-outstanding',
  ],
  [
    'the case closes as other without a word',
    'agreement',
    'lead',
    () => ({ type: 'closeCase', outcome: 'other' }),
    'note-required',
  ],
  [
    'a hosted child’s case closes without a word on where it goes',
    'hosting',
    'lead',
    () => ({ type: 'closeCase', outcome: 'other' }),
    'note-required',
  ],
  [
    'a child is called deceased on no paper, or on another than a death certificate',
    'transit',
    'officer',
    () => ({ type: 'closeCase', outcome: 'deceased', evidence: ['doc-1'] }),
    'paper-unfit',
  ],
  [
    'a hosted child is called already home',
    'hosting',
    'lead',
    () => ({ type: 'closeCase', outcome: 'already-home', note: 'n' }),
    'child-hosted-or-travelling',
  ],
  [
    'the case closes as refused though nobody refused',
    'preparation',
    'lead',
    () => ({ type: 'closeCase', outcome: 'refused' }),
    'closure-unfounded',
  ],
  [
    'the case closes as duplicate of nothing',
    'intake',
    'lead',
    () => ({ type: 'closeCase', outcome: 'duplicate' }),
    'closure-unfounded',
  ],
  [
    'the case closes as no return without a determination',
    'verification',
    'lead',
    () => ({ type: 'closeCase', outcome: 'no-return' }),
    'closure-unfounded',
  ],
  [
    'a mediator relays for a side that must speak for itself',
    'preparation',
    'officer',
    (play) => relayed(play, yes(play), { party: 'north' }),
    'relay-not-allowed',
  ],
  [
    'a mediator relays for a party that does not decide',
    'preparation',
    'officer',
    (play) => relayed(play, yes(play), { party: 'embassy' }),
    'unknown-party',
  ],
  [
    'a mediator relays for another case’s side',
    'preparation',
    'officer',
    (play) => relayed(play, yes(play), { party: 'west' }),
    'unknown-party',
  ],
  [
    'a mediator relays a note dated tomorrow',
    'preparation',
    'officer',
    (play) => relayed(play, yes(play), { source: noteVerbale(play, daysAfter(play.now, 1)) }),
    'date-future',
  ],
  [
    'a mediator relays an approval while the child is on the way',
    'transit',
    'officer',
    (play) => relayed(play, yes(play)),
    'wrong-stage',
  ],
  [
    'a side decides on an older plan',
    'preparation',
    'southDecider',
    (play) => ({ ...approval(play), planVersion: 0 }),
    'stale-plan',
  ],
  [
    'a side decides on a plan of another hash',
    'preparation',
    'southDecider',
    (play) => ({ ...approval(play), planHash: hashOf('x') }),
    'stale-plan',
  ],
  [
    'a child departs with papers and escort missing',
    'hosting',
    'lead',
    () => ({ type: 'depart' }),
    'gate-closed',
  ],
  [
    'the child is handed over unseen',
    'handover',
    'receiver',
    () => ({ type: 'confirmHandover' }),
    'identity-unchecked',
  ],
  [
    'a visit is reported that nobody owes',
    'follow-up',
    'receiver',
    () => ({ type: 'reportVisit', visit: 14, outcome: 'well' }),
    'nothing-to-decide',
  ],
  [
    'a visit before the first is reported',
    'follow-up',
    'receiver',
    () => ({ type: 'reportVisit', visit: 0, outcome: 'well' }),
    'nothing-to-decide',
  ],
  [
    'a visit and a half is reported',
    'follow-up',
    'receiver',
    () => ({ type: 'reportVisit', visit: 1.5, outcome: 'well' }),
    'nothing-to-decide',
  ],
];

describe('never', () => {
  test.each(attempts)('%s', (_what, stage, by, command, code) => {
    const play = caseIn(stage);
    const { version } = play.state;
    expect(play.refuse(by, command(play)).code).toBe(code);
    expect(play.state.version).toBe(version);
  });

  test('does an official review their own attestation, not even as lead', () => {
    const play = caseIn('verification');
    play.take('lead', attestation('childs-view'));
    const review = { type: 'reviewAttestation', facet: 'childs-view', verdict: 'upheld' } as const;
    expect(play.refuse('lead', review).code).toBe('own-attestation');
    expect(play.refuse('lead', { ...review, verdict: 'returned' }).code).toBe('own-attestation');
    play.take('reviewer', review);
  });

  test('is a hold lifted or put off by another party, the mediator’s lead included', () => {
    const play = caseIn('hosting');
    play.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
    const reviewBy = daysAfter(play.now, 1);
    expect(play.refuse('lead', { type: 'liftHold', hold: 'hold-1' }).code).toBe('not-your-party');
    expect(play.refuse('northDecider', { type: 'liftHold', hold: 'hold-1' }).code).toBe('not-your-party');
    expect(play.refuse('lead', { type: 'reviewHold', hold: 'hold-1', reviewBy }).code).toBe('not-your-party');
  });

  test('does a child depart over a withdrawal that came a moment before', () => {
    const play = ready();
    play.take('southDecider', { type: 'withdrawApproval' });
    expect(play.refuse('lead', { type: 'depart' }).code).toBe('wrong-stage');
    expect(play.state.stage).toBe('agreement');
  });

  test('is a child handed over to somebody whose papers do not match, or under a hold or an open recall', () => {
    const play = caseIn('handover');
    const look = (matches: boolean): Command => ({
      type: 'checkRecipientIdentity',
      matches,
      documentHash: hashOf('paper'),
    });
    play.take('receiver', look(false));
    expect(play.refuse('receiver', { type: 'confirmHandover' }).code).toBe('identity-mismatch');
    // The same person's second word opens nothing.
    play.take('receiver', look(true));
    expect(play.refuse('receiver', { type: 'confirmHandover' }).code).toBe('identity-mismatch');
    const proposal = play.state.proposals?.at(-1)?.id ?? '';
    expect(play.refuse('receiver', { type: 'confirmProposal', proposal }).code).toBe('not-your-command');
    play.take('receivingOfficial', { type: 'confirmProposal', proposal });
    play.take('northOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
    expect(play.refuse('escort', { type: 'confirmHandover' })).toEqual({
      code: 'gate-closed',
      blockers: [{ blocker: 'hold-active', subject: 'hold-1' }],
    });
    play.take('northOfficial', { type: 'liftHold', hold: 'hold-1' });
    play.take('southDecider', { type: 'withdrawApproval' });
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('recall-open');
    play.take('lead', { type: 'decideRecall', outcome: 'shelter' });
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('recall-open');
  });

  test('does one confirmation count for both, or an old one for another look at the recipient', () => {
    const play = caseIn('handover');
    const look = { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') } as const;
    play.take('receiver', look);
    play.take('receiver', { type: 'confirmHandover' });
    expect(play.refuse('receivingOfficial', { type: 'confirmHandover' }).code).toBe('already-done');
    expect(play.refuse('receiver', { type: 'confirmHandover' }).code).toBe('already-done');
    play.take('receiver', look);
    play.take('escort', { type: 'confirmHandover' });
    expect(play.state.stage).toBe('handover');
    play.take('receiver', { type: 'confirmHandover' });
    expect(play.state.stage).toBe('follow-up');
  });

  test('is a twin merged by itself: a duplicate is settled by a person, before the file is accepted', () => {
    const play = caseIn('intake');
    play.take('southOfficial', { type: 'flagDuplicate', other: 'C4SE-0002' });
    expect(play.refuse('officer', { type: 'acceptFile' }).code).toBe('duplicates-unsettled');
    play.pass('P60D');
    expect(play.state.duplicates[0]?.verdict).toBeUndefined();
    expect(play.state.stage).toBe('intake');
  });
});
