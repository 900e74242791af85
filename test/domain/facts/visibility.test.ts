/** Which parties a case concerns in each stage. Deny by default. */
import { stages } from '../../../src/domain/model/stages';
import type { Stage } from '../../../src/domain/model/stages';
import { findPartyOf, partiesOf } from '../../../src/domain/facts/visibility';
import { caseIn, termsOf } from '../../support/factories';
import { passageRules } from '../../support/mechanism-rules';

const sides = ['mediator', 'north', 'south'];
const all = ['embassy', 'escorts', ...sides, 'welfare'];
const expected: Record<Stage, string[]> = {
  intake: sides,
  tracing: sides,
  verification: sides,
  agreement: sides,
  preparation: all,
  hosting: all,
  transit: all,
  handover: all,
  'follow-up': all,
  closed: all,
};

test.each(stages)('a case in %s concerns its own parties and no others', (stage) => {
  const { state, rules } = caseIn(stage);
  expect(partiesOf(state, rules)).toEqual(expected[stage]);
});

test('a consenting side is concerned from the start', () => {
  const { state, rules } = caseIn('intake', passageRules);
  expect(partiesOf(state, rules)).toEqual(['mediator', 'north', 'south', 'transit-land']);
});

test('a plan put in the place of another takes the case from the host it leaves out', () => {
  const play = caseIn('preparation');
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, { site: 'guesthouse' }) });
  expect(partiesOf(play.state, play.rules)).toEqual(['escorts', 'inn', ...sides, 'welfare']);
  expect(findPartyOf(play.state, play.rules, 'host')?.id).toBe('inn');
});

test('a plan that has lapsed still names its parties', () => {
  const play = caseIn('preparation');
  play.take('lead', { type: 'moveMechanism', version: 2 });
  expect(partiesOf(play.state, play.rules)).toEqual(all);
});

test('who placed a hold stays until it is lifted', () => {
  const play = caseIn('preparation');
  play.take('host', { type: 'placeHold', hold: 'hold-1', reason: 'family' });
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, { site: null }) });
  expect(partiesOf(play.state, play.rules)).toContain('embassy');
  play.take('host', { type: 'liftHold', hold: 'hold-1' });
  expect(partiesOf(play.state, play.rules)).not.toContain('embassy');
});

test('nobody is the observer of a case', () => {
  const { state, rules } = caseIn('closed');
  expect(findPartyOf(state, rules, 'observer')).toBeUndefined();
  expect(findPartyOf(caseIn('intake').state, rules, 'host')).toBeUndefined();
});
