/** Whether the home suits the child: asked where a mechanism names it, once a plan names who says so. */
import { facetsAskedOf, facetStateOf } from '../../../src/domain/facts/adults';
import { readsEvent } from '../../../src/domain/readers/event-readers';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { maySend } from '../../../src/domain/facts/allowed-commands';
import { offersFor } from '../../../src/domain/decide/offers';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { attestation, caseIn, hashOf, hear, settle, steps } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { officials, suitedRules } from '../../support/mechanism-rules';
import { homeAgain, owed, proposed, ready } from '../plays/returns';

const toAttest = 'attest-facet suitability welfare';
const attest = attestation('suitability');
const blocked = (play: CaseInPlay): boolean =>
  gateBlockersOf(play.state, play.rules, play.now).some(
    ({ blocker, subject }) => blocker === 'facet-unconfirmed' && subject === 'suitability',
  );
const under = (rules: MechanismRules, play: CaseInPlay): CaseInPlay => {
  const twin = play.fork();
  twin.rules = rules;
  return twin;
};

test('is not asked of a case whose mechanism does not name it, and nobody may say it there', () => {
  const play = proposed();
  expect(facetsAskedOf(play.state, play.rules)).not.toContain('suitability');
  expect(owed(play)).not.toContain(toAttest);
  expect(blocked(play)).toBe(false);
  expect(play.refuse('receiver', attest).code).toBe('not-your-command');
  expect(offersFor(play.state, officials.receiver, play.context).map(({ type }) => type)).not.toContain(
    'attestFacet',
  );
});

test('holds up neither verification nor an agreement, as who says it is in no case before a plan names them', () => {
  const play = caseIn('verification', suitedRules);
  expect(owed(play)).not.toContain(toAttest);
  expect(maySend('attestFacet', officials.receiver, play.state, play.rules, 'suitability')).toBe(false);
  steps.verification(play);
  expect(play.state.stage).toBe('agreement');
  play.runEffects();
});

test('is owed by the receiving authority from the plan on, reviewed as the mechanism says, and keeps the child until then', () => {
  const play = proposed(suitedRules);
  expect(owed(play)).toContain(toAttest);
  steps.agreement(play);
  expect(play.state.stage).toBe('preparation');
  expect(blocked(play)).toBe(true);
  play.take('receiver', attest);
  expect(
    play.refuse('receiver', { type: 'reviewAttestation', facet: 'suitability', verdict: 'upheld' }).code,
  ).toBe('not-your-command');
  expect(owed(play)).toContain('review-attestation suitability mediator');
  expect(blocked(play)).toBe(true);
  play.take('reviewer', { type: 'reviewAttestation', facet: 'suitability', verdict: 'upheld' });
  expect(blocked(play)).toBe(false);
  expect(owed(play).join()).not.toContain('suitability');
  homeAgain(play);
});

test('is read by the receiving authority, which reads of no other facet', () => {
  const play = ready(suitedRules);
  const reads = play.events
    .filter((recorded) => readsEvent({ party: 'welfare', kind: 'receiving' }, recorded))
    .flatMap(({ event }) => ('facet' in event ? [`${event.type} ${event.facet}`] : []));
  expect(reads).toEqual(['FacetAttested suitability', 'AttestationUpheld suitability']);
});

test('that the home does not suit keeps the child and is for the lead; the plan stands', () => {
  const play = ready(suitedRules);
  play.take('officer', { type: 'reopenFacet', facet: 'suitability' });
  settle(play, 'suitability', { finding: 'refuted' });
  expect(owed(play)).toContain('resolve-refutation suitability mediator');
  expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([
    { blocker: 'facet-unconfirmed', subject: 'suitability' },
  ]);
  expect(play.state.plan?.lapsed).toBeUndefined();
  expect(play.state.stage).toBe('hosting');
});

test('that holds to no later than the first day of the window is said anew, and no plan lapses for it', () => {
  const play = caseIn('hosting', suitedRules);
  settle(play, 'suitability', { validUntil: play.state.plan!.window.from });
  expect(play.state.facets.suitability).toMatchObject({ status: 'open', reopened: 'expires-before-window' });
  expect(owed(play)).toContain(toAttest);
  expect(play.state).toMatchObject({ stage: 'hosting' });
  expect(play.state.plan?.lapsed).toBeUndefined();
});

test('a case that was agreed before its rules named it owes it from then on; its plan stands, its gate is closed', () => {
  const play = under(suitedRules, ready());
  expect(play.state.facets.suitability).toBeUndefined();
  expect(facetStateOf(play.state, 'suitability').status).toBe('open');
  expect(owed(play)).toContain(toAttest);
  expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([
    { blocker: 'facet-unconfirmed', subject: 'suitability' },
  ]);
  expect(play.state).toMatchObject({ stage: 'hosting' });
  play.send('system', { type: 'observeTime' });
  expect(play.state.plan?.lapsed).toBeUndefined();
  settle(play, 'suitability');
  homeAgain(play);
});

test('of another recipient it is asked again, on the way as at the door', () => {
  const play = caseIn('transit', suitedRules);
  play.take('receiver', { type: 'reportRecipientUnavailable' });
  play.take('northOfficial', { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 });
  expect(play.state.facets.suitability).toMatchObject({ status: 'open', reopened: 'recipient-changed' });
  expect(owed(play)).toContain(toAttest);
  for (const by of ['northDecider', 'southDecider'] as const)
    play.take(by, { type: 'approveRecipient', recipient: 'recipient-2' });
  steps.transit(play);
  for (const facet of ['kinship', 'custody', 'willingness'] as const) settle(play, facet);
  hear(play);
  play.take('receiver', { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') });
  expect(play.refuse('receiver', { type: 'confirmHandover' }).code).toBe('facets-unconfirmed');
  settle(play, 'suitability');
  play.take('receiver', { type: 'confirmHandover' });
});

test('says nothing of an adult who consents', () => {
  const play = caseIn('hosting', suitedRules);
  const state = {
    ...play.state,
    majority: { daysLeft: 0, at: play.now, ownConsent: true },
  } as typeof play.state;
  expect(facetsAskedOf(state, suitedRules)).not.toContain('suitability');
});
