/** Decisions that reached the mediator by note, letter or call: what they count for, and what they never do. */
import type { Command } from '../../../src/domain/model/commands';
import type { RecordedEvent } from '../../../src/domain/model/events';
import { noticesOf } from '../../../src/domain/obligations/notices';
import {
  approval,
  carryTo,
  caseIn,
  daysAfter,
  noteVerbale,
  objection,
  planOf,
  termsOf,
} from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { proposed } from '../plays/returns';

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
    play.take(
      'officer',
      relayed(play, { ...yes(play), conditions: [{ id: 'c1', note: 'note-1' }] }, { relay: 'relay-0' }),
    );
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-0' });
    play.pass('P1D');
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

  test('does anybody speak for a side on what it has said itself: not a no, not conditions, not an objection', () => {
    for (const said of [
      objection,
      approval,
      (play: CaseInPlay) => approval(play, [{ id: 'c1', note: 'n' }]),
    ]) {
      const play = proposed();
      play.take('southDecider', said(play));
      play.pass('P3D');
      const no = { act: 'object', ...planOf(play), reason: 'legal' } as const;
      for (const act of [yes(play), no])
        expect(play.refuse('officer', relayed(play, act)).code).toBe('side-has-spoken');
    }
    const play = proposed();
    play.take('southDecider', approval(play, [{ id: 'c1', note: 'note-1' }]));
    play.pass('P3D');
    const settled = { act: 'settle-condition', condition: 'c1', outcome: 'waived' } as const;
    expect(play.refuse('officer', relayed(play, settled)).code).toBe('side-has-spoken');
    play.take('officer', relayed(play, { act: 'withdraw' })); // the safe direction is always taken
    expect(play.state.decisions.south?.act).toBe('withdraw');
  });

  test('does a paper older than the plan speak of it', () => {
    const play = proposed();
    const old = { source: noteVerbale(play, daysAfter(play.now, -1)) };
    expect(play.refuse('officer', relayed(play, yes(play), old))).toEqual({
      code: 'relay-predates',
      field: 'source.dated',
    });
  });

  test('does a paper of the same day, or of before, undo what an earlier paper said', () => {
    const play = proposed();
    play.pass('P3D');
    const no = { act: 'object', ...planOf(play), reason: 'legal' } as const;
    play.take('officer', relayed(play, no));
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    const again = { relay: 'relay-2' };
    expect(play.refuse('officer', relayed(play, yes(play), again)).code).toBe('relay-predates');
    play.pass('P1D');
    play.take('officer', relayed(play, yes(play), again));
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-2' });
    expect(play.state.decisions.south?.act).toBe('approve');
  });

  test('does a paper that the side has disowned, or that spoke of another plan, serve again', () => {
    const play = proposed();
    play.take('officer', relayed(play, yes(play)));
    play.take('southDecider', { type: 'repudiateRelay', relay: 'relay-1' });
    play.pass('P2D');
    const again = relayed(play, yes(play), { relay: 'relay-2' });
    expect(play.refuse('officer', again).code).toBe('document-spent');
    const other = proposed();
    other.take('officer', relayed(other, yes(other)));
    other.take('officer2', { type: 'rejectRelay', relay: 'relay-1' });
    other.pass('P2D');
    other.take('officer', { type: 'proposePlan', terms: { ...termsOf(other), modality: 'air' } });
    expect(other.refuse('officer', relayed(other, yes(other), { relay: 'relay-2' })).code).toBe(
      'document-spent',
    );
  });

  test('is a relayed withdrawal lost: not to an id that is taken, nor to a side that may not be relayed', () => {
    const play = caseIn('preparation');
    play.take('officer', relayed(play, { act: 'withdraw' }));
    play.take('southDecider', approval(play));
    play.take('officer', relayed(play, { act: 'withdraw' }));
    expect(play.state.decisions.south?.act).toBe('withdraw');
    expect(new Set(play.state.relays.map(({ id }) => id)).size).toBe(2);
  });

  test('is a side left to find out what was entered in its name', () => {
    const play = proposed();
    const heard = (events: readonly RecordedEvent[]): string[] =>
      events
        .flatMap((event) => noticesOf(event, play.state, play.rules))
        .filter(({ party, safety }) => party === 'south' && safety)
        .map(({ kind, roles }) => `${kind} ${roles.join('+')}`);
    const before = play.events.length;
    play.take('officer', relayed(play, yes(play)));
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    expect(heard(play.events.slice(before))).toEqual([
      'relay-entered decider+official',
      'relay-confirmed decider+official',
    ]);
  });

  test('does a relay entered before the departure become an approval while the child is on the way', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    play.take('officer', relayed(play, yes(play)));
    play.take('southDecider', approval(play));
    carryTo(play, 'transit');
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
