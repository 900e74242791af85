/** Decisions that reached the mediator by note, letter or call: what they count for, and what they never do. */
import type { Command } from '../../src/domain/commands';
import { approval, daysAfter, noteVerbale, objection, planOf } from '../support/factories';
import type { CaseInPlay } from '../support/factories';
import { proposed, ready } from './returns';

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

describe('never', () => {
  test('does a mediator confirm their own relay', () => {
    const play = proposed();
    play.take('officer', relayed(play, yes(play)));
    expect(play.refuse('officer', { type: 'confirmRelay', relay: 'relay-1' }).code).toBe('own-relay');
    expect(play.state.decisions).toEqual({});
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    expect(play.state.decisions.south?.act).toBe('approve');
  });

  test('does a side settle the other side’s condition, or repudiate the other’s relay', () => {
    const play = proposed();
    play.take('southDecider', approval(play, [{ id: 'c1', note: 'note-1' }]));
    const settleIt = { type: 'settleCondition', condition: 'c1', outcome: 'waived' } as const;
    expect(play.refuse('northDecider', settleIt).code).toBe('unknown-condition');
    play.take('officer', relayed(play, { act: 'settle-condition', condition: 'c1', outcome: 'met' }));
    expect(play.refuse('northDecider', { type: 'repudiateRelay', relay: 'relay-1' }).code).toBe(
      'unknown-relay',
    );
  });

  test('does a confirmed relay undo what the side itself said after the relay was entered', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    play.take('officer', relayed(play, yes(play)));
    play.take('southDecider', { type: 'withdrawApproval' });
    expect(play.refuse('officer2', { type: 'confirmRelay', relay: 'relay-1' }).code).toBe('stale-version');
    expect(play.state.stage).toBe('agreement');
    play.take('officer2', { type: 'rejectRelay', relay: 'relay-1' });
  });

  test('does a note dated before a refusal turn it into an approval, however late it arrives', () => {
    const play = proposed();
    play.pass('P3D');
    play.take('southDecider', objection(play));
    const late = { source: noteVerbale(play, daysAfter(play.now, -1)) };
    expect(play.refuse('officer', relayed(play, yes(play), late))).toEqual({
      code: 'date-past',
      field: 'source.dated',
    });
    play.take('officer', relayed(play, yes(play))); // dated the same day: the side may have changed its mind
  });

  test('does a relay entered before the departure become an approval while the child is on the way', () => {
    const play = ready();
    play.take('officer', relayed(play, yes(play)));
    play.take('lead', { type: 'depart' });
    play.take('southDecider', { type: 'withdrawApproval' });
    expect(play.refuse('officer2', { type: 'confirmRelay', relay: 'relay-1' }).code).toBe('wrong-stage');
    expect(play.state.decisions.south?.act).toBe('withdraw');
  });

  test('does a relay id serve twice', () => {
    const play = proposed();
    play.take('officer', relayed(play, yes(play)));
    play.take('officer2', { type: 'rejectRelay', relay: 'relay-1' });
    expect(play.refuse('officer', relayed(play, yes(play))).code).toBe('duplicate-id');
    expect(play.refuse('officer2', { type: 'confirmRelay', relay: 'relay-1' }).code).toBe('unknown-relay');
  });
});
