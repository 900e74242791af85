/** Whom the plan names in the recipient's place is verified beforehand, and then goes in their place without a new decision. */
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import type { Facet } from '../../../src/domain/model/verification';
import { attestation, caseIn, daysAfter, hashOf, settle, steps, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { homeAgain, owed } from '../plays/returns';

const nominate = { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 } as const;
const look = () =>
  ({ type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') }) as const;

describe('an alternate who is verified beforehand', () => {
  const of = { recipient: 'recipient-2' } as const;
  const asked = ['kinship', 'custody', 'willingness', 'childs-view'] as const;
  const settleOf = (play: CaseInPlay, facet: Facet, more: Parameters<typeof attestation>[1] = {}) =>
    settle(play, facet, { ...of, ...more });
  const verify = (play: CaseInPlay): CaseInPlay => {
    for (const facet of asked) settleOf(play, facet);
    return play;
  };
  const owedOf = (play: CaseInPlay) => owed(play).filter((what) => what.startsWith('verify-alternate'));
  const hosted = (): CaseInPlay => {
    const play = agreedTo();
    steps.preparation(play);
    return play;
  };
  function agreedTo(): CaseInPlay {
    const play = caseIn('agreement');
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { alternates: ['recipient-2'] }) });
    steps.agreement(play);
    return play;
  }

  test('is owed facet by facet, by whom the mechanism names, from the plan on, until each is reviewed', () => {
    const play = agreedTo();
    expect(owedOf(play).map((what) => what.split(' ')[1])).toEqual(
      asked.map((facet) => `recipient-2:${facet}`).sort(),
    );
    play.take('northOfficial', attestation('kinship', of));
    expect(owedOf(play).join()).toContain('recipient-2:kinship mediator');
    expect(play.state.facets.kinship.status).toBe('settled');
    play.take('reviewer', { type: 'reviewAttestation', facet: 'kinship', ...of, verdict: 'upheld' });
    expect(owedOf(play).join()).not.toContain('kinship');
    const { 'verify-alternate': _, ...ladders } = play.rules.ladders;
    expect(
      obligationsOf(play.state, { ...play.rules, ladders }, play.now).filter(
        ({ kind }) => kind === 'verify-alternate',
      ),
    ).toEqual([]);
  });

  test('is owed another plan by the mediator once something was found against them, and holds nothing up', () => {
    const owedPlan = (play: CaseInPlay) => owed(play).filter((what) => what.includes('alternate-refuted'));
    const play = hosted();
    play.take('northOfficial', { ...attestation('custody', of), finding: 'refuted' });
    // Until a second person has looked at it, it is a word.
    expect(owedPlan(play)).toEqual([]);
    const before = gateBlockersOf(play.state, play.rules, play.now);
    play.take('reviewer', { type: 'reviewAttestation', facet: 'custody', ...of, verdict: 'upheld' });
    expect(owedPlan(play)).toHaveLength(1);
    expect(owedPlan(play).join()).toMatch(/^propose-plan .*mediator/);
    expect(gateBlockersOf(play.state, play.rules, play.now)).toEqual(before);
    const { 'verify-alternate': _, ...ladders } = play.rules.ladders;
    expect(
      obligationsOf(play.state, { ...play.rules, ladders }, play.now).filter(
        ({ subject }) => subject === 'alternate-refuted',
      ),
    ).toEqual([]);

    const opened = hosted();
    opened.take('northOfficial', { ...attestation('custody', of), finding: 'refuted' });
    opened.take('reviewer', { type: 'reviewAttestation', facet: 'custody', ...of, verdict: 'upheld' });
    opened.take('officer', { type: 'reopenFacet', facet: 'custody', ...of });
    expect(owedPlan(opened)).toEqual([]);

    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    expect(owedPlan(play)).toEqual([]);
  });

  test('is found by their own papers, and changes nothing of the first', () => {
    const play = agreedTo();
    const before = play.state.facets;
    verify(play);
    expect(play.state.facets).toEqual(before);
    expect(Object.keys(play.state.alternateFacets!['recipient-2']!).sort()).toEqual([...asked].sort());
  });

  test.each(['hosting', 'preparation'] as const)(
    'takes the place of the first in %s without a new decision',
    (stage) => {
      const play = stage === 'hosting' ? hosted() : agreedTo();
      verify(play);
      const { plan, decisions } = play.state;
      play.take('northOfficial', { type: 'reportRecipientUnavailable' });
      const events = play.take('northOfficial', nominate);
      expect(events[0]).toMatchObject({
        type: 'RecipientNominated',
        verified: expect.arrayContaining([...asked]),
      });
      expect(events.map(({ type }) => type)).not.toEqual(
        expect.arrayContaining(['PlanLapsed', 'FacetReopened']),
      );
      expect(play.state.plan).toEqual(plan);
      expect(play.state.decisions).toEqual(decisions);
      expect(play.state.stage).toBe(stage);
      // What is asked is to hear the child about this person.
      const blocked = gateBlockersOf(play.state, play.rules, play.now).map(({ blocker }) => blocker);
      expect(blocked).toContain('child-unheard');
      expect(blocked).not.toContain('facet-unconfirmed');
      expect(blocked).not.toContain('approval-missing');
    },
  );

  test('takes the child on the way without another attestation', () => {
    const play = hosted();
    verify(play);
    steps.hosting(play);
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    play.take('northOfficial', nominate);
    expect(owed(play).join()).not.toMatch(/attest-facet|approve-recipient/);
    steps.transit(play);
    play.take('receiver', look());
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    homeAgain(play);
  });

  test('of whom one thing is not found, or refuted, is nominated as ever: the plan lapses, and that is asked', () => {
    for (const finding of ['refuted', undefined] as const) {
      const play = hosted();
      for (const facet of ['kinship', 'willingness', 'childs-view'] as const) settleOf(play, facet);
      if (finding) settleOf(play, 'custody', { finding, evidence: [] });
      play.take('northOfficial', { type: 'reportRecipientUnavailable' });
      const events = play.take('northOfficial', nominate);
      expect(events.map(({ type }) => type)).toContain('PlanLapsed');
      expect(events).toContainEqual({ type: 'FacetReopened', facet: 'custody', reason: 'recipient-changed' });
      expect(play.state.facets.kinship.status).toBe('settled');
    }
  });

  test('is so no longer when the file changes, or the paper ends', () => {
    const revised = verify(hosted());
    revised.takeByTwo('officer', 'northOfficial', {
      type: 'reviseDossier',
      dossier: { version: 2, hash: hashOf('dossier 2') },
      facets: ['kinship'],
      material: false,
    });
    expect(revised.state.alternateFacets!['recipient-2']!.kinship).toMatchObject({ status: 'open' });
    const lapsed = hosted();
    settleOf(lapsed, 'willingness', { validUntil: daysAfter(lapsed.now, 3) });
    lapsed.sleep('P5D');
    expect(lapsed.state.alternateFacets!['recipient-2']!.willingness).toMatchObject({
      status: 'open',
      reopened: 'evidence-expired',
    });
    expect(lapsed.state.facets.willingness.status).toBe('settled');
  });

  test('is somebody whom the plan names, and of whom only what is of a person is found', () => {
    const play = hosted();
    const refused = (facet: Facet, recipient: string) =>
      play.refuse('northOfficial', { ...attestation(facet, { recipient }) });
    expect(refused('kinship', 'recipient-3')).toEqual({ code: 'unknown-recipient', field: 'recipient' });
    expect(refused('identity', 'recipient-2').field).toBe('recipient');
    play.take('northOfficial', attestation('kinship', of));
    expect(
      play.refuse('northOfficial', { type: 'reviewAttestation', facet: 'kinship', verdict: 'upheld' }).code,
    ).toMatch(/not-attested|not-your-command/);
  });
});
