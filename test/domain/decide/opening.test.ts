/** Who may open a case, for whom, and whose it then is. */
import {
  approval,
  attestation,
  caseIn,
  CaseInPlay,
  opening,
  openCase,
  settle,
  termsOf,
} from '../../support/factories';
import type { ActorName } from '../../support/mechanism-rules';

describe('a case is opened', () => {
  const attempt = (by: ActorName, change: Parameters<typeof openCase>[0] = {}) =>
    new CaseInPlay().refuse(by, openCase(change));

  test.each([
    ['by the holding side', 'southDecider', {}, 'not-your-command'],
    ['by the host', 'host', {}, 'not-your-command'],
    ['by an observer', 'observer', {}, 'not-your-command'],
    ['by the process', 'system', {}, 'not-your-command'],
    ['by a requesting side’s reviewer', 'northReviewer', {}, 'not-your-command'],
    ['for another requesting side', 'northOfficial', { requestingParty: 'west' }, 'not-your-party'],
    ['for a party that holds', 'officer', { requestingParty: 'south' }, 'unknown-party'],
    ['against a party that hosts', 'officer', { holdingParty: 'embassy' }, 'unknown-party'],
    ['against nobody', 'officer', { holdingParty: 'nowhere' }, 'unknown-party'],
  ] as const)('never %s', (_what, by, change, code) => expect(attempt(by, change).code).toBe(code));

  test('never twice', () =>
    expect(caseIn('intake').refuse('northOfficial', openCase()).code).toBe('case-exists'));

  test('by a requesting side for itself, or by the mediator for any of them', () => {
    for (const [by, party] of [
      ['northOfficial', 'north'],
      ['westAll', 'west'],
      ['officer', 'west'],
    ] as const) {
      const play = new CaseInPlay();
      play.take(by, openCase({ requestingParty: party }));
      expect(play.state).toMatchObject({
        stage: 'intake',
        requestingParty: party,
        openedAt: play.now,
        version: 1,
      });
      expect(play.now > opening).toBe(true);
    }
  });

  test('and belongs to its own sides: the other requesting side neither decides nor is asked', () => {
    const play = new CaseInPlay();
    play.take('westAll', openCase({ requestingParty: 'west', whereaboutsKnown: true }));
    expect(play.refuse('northOfficial', { type: 'withdrawRequest' }).code).toBe('case-not-found');
    play.take('officer', { type: 'acceptFile' });
    play.take('southOfficial', attestation('whereabouts'));
    for (const facet of ['identity', 'kinship', 'custody', 'willingness'] as const)
      play.take('westAll', attestation(facet));
    play.take('interviewer', attestation('childs-view'));
    for (const facet of [
      'whereabouts',
      'identity',
      'kinship',
      'custody',
      'willingness',
      'childs-view',
    ] as const)
      play.take('reviewer', { type: 'reviewAttestation', facet, verdict: 'upheld' });
    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    play.take('southDecider', approval(play));
    expect(play.state.stage).toBe('agreement');
    play.take('westAll', approval(play));
    expect(play.state.stage).toBe('preparation');
    settle(play, 'whereabouts');
  });
});
