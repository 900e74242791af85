/** A word on who may take the child, from a side that speaks by note: four eyes, and only of whom it was asked about. */
import type { CommandOf } from '../../../src/domain/model/commands';
import { approval, caseIn, daysAfter, passOn, hashOf, noteVerbale, steps } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import { owed, ready } from '../plays/returns';

const nominate = { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 } as const;
const confirm = { type: 'confirmRelay', relay: 'relay-1' } as const;
const asked = (rules = hostingRules): CaseInPlay => {
  const play = caseIn('transit', rules);
  play.take('receiver', { type: 'reportRecipientUnavailable' });
  play.take('northOfficial', nominate);
  return play;
};
const relayed = (
  play: CaseInPlay,
  change: Partial<CommandOf<'relayDecision'>> = {},
): CommandOf<'relayDecision'> => ({
  type: 'relayDecision',
  relay: 'relay-1',
  party: 'south',
  decision: { act: 'approve-recipient', recipient: 'recipient-2' },
  source: { ...noteVerbale(play), documentHash: hashOf('another note') },
  ...change,
});

test('counts once a second mediator has confirmed it, and is marked as relayed', () => {
  const play = asked();
  play.take('officer', relayed(play));
  expect(play.state.recipient.approvedBy).toEqual([]);
  expect(play.refuse('officer', confirm).code).toBe('own-relay');
  expect(play.take('officer2', confirm)).toEqual([
    { type: 'RecipientApproved', party: 'south', recipient: 'recipient-2', relay: 'relay-1' },
    { type: 'RelayConfirmed', relay: 'relay-1', party: 'south' },
  ]);
  expect(play.state.recipient).toMatchObject({
    approvedBy: ['south'],
    relayed: [{ party: 'south', relay: 'relay-1' }],
  });
  expect(play.state.pendingRelays).toEqual([]);
  expect(owed(play)).not.toContain('approve-recipient south');
  expect(owed(play)).toContain('approve-recipient north');
});

test('is not entered for a side that speaks for itself, nor of anybody it was not asked about', () => {
  const play = asked();
  expect(play.refuse('officer', relayed(play, { party: 'north' })).code).toBe('relay-not-allowed');
  const of = (recipient: string) => relayed(play, { decision: { act: 'approve-recipient', recipient } });
  expect(play.refuse('officer', of('recipient-1')).code).toBe('unknown-recipient');
  play.take('southDecider', { type: 'approveRecipient', recipient: 'recipient-2' });
  expect(play.refuse('officer', relayed(play)).code).toBe('already-done');
});

test('before the journey there is nothing of it to relay', () => {
  const play = caseIn('hosting');
  const early = relayed(play, { decision: { act: 'approve-recipient', recipient: 'recipient-1' } });
  expect(play.refuse('officer', early).code).toBe('wrong-stage');
});

test('is taken at the door and in interim care, as the side itself would be', () => {
  const atDoor = asked();
  steps.transit(atDoor);
  atDoor.take('officer', relayed(atDoor));
  atDoor.take('receiver', { type: 'placeInInterimCare', kind: 'centre', place: 'home-town' });
  atDoor.take('officer2', confirm);
  expect(atDoor.state.recipient.approvedBy).toEqual(['south']);
});

test('may be dated on the day of the side’s own yes to the plan, and no day before somebody was named', () => {
  const play = ready();
  play.take('southDecider', approval(play));
  const saidYes = daysAfter(play.now, 0);
  play.take('lead', { type: 'depart' });
  passOn(play);
  play.take('receiver', { type: 'reportRecipientUnavailable' });
  play.take('northOfficial', nominate);
  expect(daysAfter(play.now, 0)).toBe(saidYes);
  const on = (dated: string) => relayed(play, { source: { ...relayed(play).source, dated } });
  expect(play.refuse('officer', on(daysAfter(play.now, -1))).code).toBe('relay-predates');
  expect(play.refuse('officer', on(daysAfter(play.now, 2))).code).toBe('date-future');
  play.take('officer', on(saidYes));
  play.take('officer2', confirm);
});

test('is not read out of a paper of the day on which the side took its yes back', () => {
  const play = asked();
  play.take('southDecider', { type: 'withdrawApproval' });
  expect(play.refuse('officer', relayed(play)).code).toBe('relay-predates');
});

test('is not read out of a paper that spoke of a plan, or of somebody else', () => {
  const play = asked();
  play.take('officer', relayed(play));
  play.take('northOfficial', { ...nominate, recipient: 'recipient-3' });
  const other = relayed(play, {
    relay: 'relay-2',
    decision: { act: 'approve-recipient', recipient: 'recipient-3' },
  });
  expect(play.refuse('officer', other).code).toBe('document-spent');
  // What was entered of the one named before leads nowhere any more.
  expect(play.refuse('officer2', confirm).code).toBe('unknown-recipient');
});

test('is taken back by the side at any time until the child is handed over, and is then owed again', () => {
  const play = asked();
  play.take('officer', relayed(play));
  play.take('officer2', confirm);
  expect(play.refuse('northDecider', { type: 'repudiateRelay', relay: 'relay-1' }).code).toBe(
    'unknown-relay',
  );
  play.take('southDecider', { type: 'repudiateRelay', relay: 'relay-1' });
  expect(play.state.recipient.approvedBy).toEqual([]);
  expect(owed(play)).toContain('approve-recipient south');
  // Its yes to the plan is its own, and stands.
  expect(play.state.decisions.south).toMatchObject({ act: 'approve' });
  expect(play.state.recall).toBeUndefined();
  play.take('southDecider', { type: 'approveRecipient', recipient: 'recipient-2' });
  play.take('southDecider', { type: 'repudiateRelay', relay: 'relay-1' });
  expect(play.state.recipient.approvedBy).toEqual(['south']);
});
