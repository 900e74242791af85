/** What an agreement stands on, and what becomes of a return when it gives way. */
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import {
  approval,
  carryTo,
  caseIn,
  daysAfter,
  decidersOf,
  hashOf,
  settle,
  termsOf,
} from '../../support/factories';
import { homeAgain, owed, proposed } from '../plays/returns';

describe('what a case stands on', () => {
  test('a dossier revised after approval: the plan lapses with the approvals and the sides are asked again', () => {
    const play = caseIn('hosting');
    play.takeByTwo('northOfficial', 'officer', {
      type: 'reviseDossier',
      dossier: { version: 2, hash: hashOf('dossier 2') },
      facets: ['custody'],
      material: true,
    });
    expect(play.state).toMatchObject({
      stage: 'verification',
      plan: { lapsed: { reason: 'dossier-changed' } },
      decisions: {
        north: { lapsed: { reason: 'plan-lapsed' } },
        south: { lapsed: { reason: 'plan-lapsed' } },
      },
      stay: { status: 'occupied' },
    });
    expect(owed(play)).toEqual(['write-welfare-note embassy', 'attest-facet custody north']);
    homeAgain(play);
    expect(play.state.plan?.dossier.version).toBe(2);
  });

  test('a dossier revised in what is not material leaves plan and approvals alone', () => {
    const play = caseIn('preparation');
    const revised = (version: number) =>
      ({
        type: 'reviseDossier',
        dossier: { version, hash: hashOf(version) },
        facets: [],
        material: false,
      }) as const;
    expect(play.refuse('northOfficial', revised(3)).code).toBe('stale-version');
    const proposed = play.fork();
    proposed.take('northOfficial', revised(2));
    expect(() => homeAgain(proposed)).toThrow(/revision-unconfirmed/);
    play.takeByTwo('northOfficial', 'officer', revised(2));
    expect(play.state.stage).toBe('preparation');
    homeAgain(play);
  });

  test.each([
    ['kinship', ['reopenFacet', 'nominateRecipient', 'closeCase']],
    ['identity', ['reopenFacet', 'closeCase']],
  ] as const)(
    'another recipient is asked for only where the refuted facet speaks of one: %s',
    (facet, commands) => {
      const play = caseIn('verification');
      settle(play, facet, { finding: 'refuted' });
      expect(obligationsOf(play.state, play.rules, play.now)).toContainEqual(
        expect.objectContaining({ kind: 'resolve-refutation', subject: facet, commands }),
      );
    },
  );

  test('the mechanism moved: the plan lapses, everything verified stays', () => {
    const play = caseIn('preparation');
    expect(play.refuse('lead', { type: 'moveMechanism', version: 1 }).code).toBe('unknown-mechanism');
    play.take('lead', { type: 'moveMechanism', version: 2 });
    expect(play.state).toMatchObject({
      stage: 'agreement',
      mechanism: { id: 'hosting', version: 2 },
      plan: { lapsed: { reason: 'mechanism-changed' } },
    });
    homeAgain(play);
    expect(play.state.plan?.mechanism.version).toBe(2);
  });

  test('a recipient who can’t come: another is nominated and verified anew before there is a plan', () => {
    const play = caseIn('hosting');
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    expect(play.state.stage).toBe('verification');
    expect(owed(play)).toEqual(['write-welfare-note embassy', 'nominate-recipient north']);
    const nominate = (recipient: string, dossierVersion = 1) =>
      ({ type: 'nominateRecipient', recipient, dossierVersion }) as const;
    expect(play.refuse('northOfficial', nominate('recipient-2', 2)).code).toBe('stale-version');
    play.take('northOfficial', nominate('recipient-2'));
    expect(play.state).toMatchObject({ plan: { lapsed: { reason: 'recipient-changed' } } });
    for (const facet of ['kinship', 'custody', 'willingness'] as const)
      expect(play.state.facets[facet]).toMatchObject({ status: 'open', reopened: 'recipient-changed' });
    expect(play.state.facets.identity.status).toBe('settled');
    homeAgain(play);
    expect(play.state.plan?.recipient).toBe('recipient-2');
  });

  test('a recipient who could not come comes back: nominated again, verified again', () => {
    const play = caseIn('preparation');
    play.take('officer', { type: 'reportRecipientUnavailable' });
    expect(play.refuse('officer', { type: 'reportRecipientUnavailable' }).code).toBe('already-done');
    play.take('officer', { type: 'nominateRecipient', recipient: 'recipient-1', dossierVersion: 1 });
    expect(play.state.recipient).toEqual({ ref: 'recipient-1', nominatedAt: play.now });
    homeAgain(play);
  });

  test('a custody paper that ends before the window: custody reopens with the plan on the table', () => {
    const play = caseIn('verification');
    settle(play, 'custody', { validUntil: daysAfter(play.now, 20) });
    carryTo(play, 'agreement');
    const events = play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    expect(events.map(({ type }) => type)).toEqual(['PlanProposed', 'FacetReopened', 'StageEntered']);
    expect(play.state.facets.custody).toMatchObject({ status: 'open', reopened: 'expires-before-window' });
    settle(play, 'custody', { validUntil: daysAfter(play.now, 21) });
    expect(play.state.facets.custody).toMatchObject({ status: 'open', reopened: 'expires-before-window' });

    const renewed = play.fork();
    settle(renewed, 'custody', { validUntil: daysAfter(play.now, 200) });
    homeAgain(renewed);

    const moved = play.fork();
    const window = { from: daysAfter(play.now, 3), to: daysAfter(play.now, 20) };
    moved.take('officer', { type: 'proposePlan', terms: termsOf(moved, { window }) });
    settle(moved, 'custody', { validUntil: daysAfter(play.now, 20) });
    expect(moved.state.stage).toBe('agreement');
    for (const decider of decidersOf(moved)) moved.take(decider, approval(moved));
    homeAgain(moved);
  });

  test('evidence that expires reopens its facet by itself, a day after its last', () => {
    const play = caseIn('verification');
    settle(play, 'identity', { validUntil: daysAfter(play.now, 5) });
    play.passUntil(`${daysAfter(play.now, 5)}T23:59:59.999Z`);
    expect(play.state.facets.identity.status).toBe('settled');
    play.pass('PT0.001S');
    expect(play.state.facets.identity).toMatchObject({ status: 'open', reopened: 'evidence-expired' });
    expect(owed(play)).toContain('attest-facet identity north');
  });

  test('evidence that has already expired is not taken', () => {
    const play = caseIn('verification');
    for (const command of [
      { type: 'attestFacet', facet: 'custody', finding: 'confirmed', evidence: [], validUntil: '2026-01-01' },
    ] as const)
      expect(play.refuse('northOfficial', command)).toEqual({ code: 'date-past', field: 'validUntil' });
    const hosting = caseIn('hosting');
    const past = { validUntil: '2026-01-01' };
    expect(
      hosting.refuse('northOfficial', { type: 'confirmTravelDocuments', documents: [], ...past }).code,
    ).toBe('date-past');
    expect(hosting.refuse('clinician', { type: 'clearMedically', fit: true, ...past }).code).toBe(
      'date-past',
    );
  });

  test('an attestation returned or insufficient is owed again; a refuted one goes to the lead', () => {
    const play = caseIn('verification');
    settle(play, 'kinship', { finding: 'insufficient' });
    expect(owed(play)).toContain('attest-facet kinship north');
    settle(play, 'kinship', { finding: 'refuted' });
    expect(owed(play)).toContain('resolve-refutation kinship mediator');
    play.take('officer', { type: 'reopenFacet', facet: 'kinship' });
    play.take('northOfficial', {
      type: 'attestFacet',
      facet: 'kinship',
      finding: 'confirmed',
      evidence: ['doc-1'],
    });
    play.take('reviewer', { type: 'reviewAttestation', facet: 'kinship', verdict: 'returned' });
    expect(play.state.facets.kinship.status).toBe('open');
    homeAgain(play);
  });

  test('the window passes: plan and approvals lapse, a new plan is owed', () => {
    const play = caseIn('preparation');
    play.passUntil(`${play.state.plan!.window.to}T23:59:59.999Z`);
    expect(play.state.stage).toBe('preparation');
    play.pass('PT0.001S');
    expect(play.state).toMatchObject({ stage: 'agreement', plan: { lapsed: { reason: 'window-passed' } } });
    expect(owed(play)).toContain('propose-plan mediator');
    homeAgain(play);
  });

  test('an approval expires: the side is told before, and asked again after', () => {
    const play = proposed();
    const late = { window: { from: daysAfter(play.now, 100), to: daysAfter(play.now, 200) } };
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, late) });
    play.take('northDecider', approval(play));
    play.pass('P10D');
    play.take('southDecider', approval(play));
    const { expiresAt } = play.state.decisions.north!;
    play.passUntil(daysAfter(expiresAt!, -13));
    expect(owed(play)).toContain('renew-approval north');
    play.passUntil(new Date(Date.parse(expiresAt!) - 1).toISOString());
    expect(play.state.stage).toBe('preparation');
    const renewed = play.fork();
    renewed.take('northDecider', approval(renewed));
    renewed.pass('P1D');
    expect(renewed.state.stage).toBe('preparation');
    play.pass('PT0.001S');
    expect(play.state).toMatchObject({
      stage: 'agreement',
      decisions: { north: { lapsed: { reason: 'expired' } } },
    });
    expect(owed(play)).toContain('decide-on-plan plan-2 north');
    play.take('northDecider', approval(play));
    expect(play.state.stage).toBe('preparation');
  });
});
