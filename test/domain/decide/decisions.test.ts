/** Decisions of the sides in a whole return: relayed, with a condition, objected, withdrawn and given again. */
import {
  approval,
  carryTo,
  caseIn,
  decidersOf,
  noteVerbale,
  objection,
  planOf,
  termsOf,
} from '../../support/factories';
import { homeAgain, obligationsIn, owed, proposed } from '../plays/returns';

describe('decisions', () => {
  test('relayed by note: entered by one mediator, confirmed by another, shown as relayed', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    play.take('officer', {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'approve', ...planOf(play), conditions: [] },
      source: noteVerbale(play),
    });
    expect(play.state.stage).toBe('agreement');
    expect(owed(play)).toEqual(['confirm-relay relay-1 mediator', 'decide-on-plan plan-1 south']);
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    expect(play.state.stage).toBe('preparation');
    expect(play.state.decisions.south).toMatchObject({
      act: 'approve',
      sequence: 1,
      relay: { id: 'relay-1', source: { reference: '№ 12/34-дн' }, confirmedBy: { official: 'officer2' } },
    });
    homeAgain(play);
  });

  test('relayed and disowned: a repudiation before departure works as a withdrawal', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    const relay = {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'approve', ...planOf(play), conditions: [] },
      source: noteVerbale(play),
    } as const;
    play.take('officer', relay);
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    carryTo(play, 'hosting');
    play.take('southDecider', { type: 'repudiateRelay', relay: 'relay-1' });
    expect(play.state).toMatchObject({ stage: 'agreement', stay: { status: 'occupied' } });
    expect(play.state.decisions.south).toMatchObject({ act: 'withdraw', sequence: 2 });
    play.take('southDecider', approval(play));
    expect(play.state.stage).toBe('hosting');
    homeAgain(play);
  });

  test('relayed withdrawal counts at once; rejecting the relay does not bring the approval back', () => {
    const play = caseIn('preparation');
    play.take('officer', {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'withdraw' },
      source: noteVerbale(play),
    });
    expect(play.state.stage).toBe('agreement');
    expect(play.state.decisions.south?.relay?.confirmedBy).toBeUndefined();
    const other = play.fork();
    other.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    expect(other.state.decisions.south?.relay?.confirmedBy?.official).toBe('officer2');
    expect(other.state.decisionCounts.south).toBe(2);
    play.take('officer2', { type: 'rejectRelay', relay: 'relay-1' });
    expect(play.state.stage).toBe('agreement');
    play.take('southDecider', approval(play));
    homeAgain(play);
  });

  test('with a condition: nothing departs until the side that set it calls it met or waives it', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    play.take('southDecider', approval(play, [{ id: 'c1', note: 'note-1' }]));
    expect(play.state.stage).toBe('preparation');
    expect(owed(play)).toContain('settle-condition c1 south');
    const blocked = play.fork();
    expect(() => carryTo(blocked, 'transit')).toThrow(/condition-open/);
    play.take('southDecider', { type: 'settleCondition', condition: 'c1', outcome: 'met' });
    expect(
      play.refuse('southDecider', { type: 'settleCondition', condition: 'c1', outcome: 'met' }).code,
    ).toBe('already-done');
    homeAgain(play);
  });

  test('a condition met by a relay that the side then disowns withdraws the whole approval', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    play.take('officer', {
      type: 'relayDecision',
      relay: 'relay-0',
      party: 'south',
      decision: { act: 'approve', ...planOf(play), conditions: [{ id: 'c1', note: 'note-1' }] },
      source: noteVerbale(play),
    });
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-0' });
    play.pass('P1D');
    play.take('officer', {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'settle-condition', condition: 'c1', outcome: 'waived' },
      source: noteVerbale(play),
    });
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    expect(owed(play)).not.toContain('settle-condition c1 south');
    play.take('southDecider', { type: 'repudiateRelay', relay: 'relay-1' });
    expect(play.state).toMatchObject({ stage: 'agreement', decisions: { south: { act: 'withdraw' } } });
  });

  test('a condition named twice in one approval is refused', () => {
    const play = proposed();
    const twice = [
      { id: 'c1', note: 'note-1' },
      { id: 'c1', note: 'note-2' },
    ];
    expect(play.refuse('southDecider', approval(play, twice))).toEqual({
      code: 'duplicate-id',
      field: 'conditions',
    });
  });

  test('objected and mediated: the case stays, and a new plan is agreed', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    play.take('southDecider', objection(play));
    expect(play.state.stage).toBe('agreement');
    expect(owed(play)).toEqual(['mediate-objection south mediator']);
    play.take('officer', { type: 'recordMediation', party: 'south' });
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { modality: 'air' }) });
    expect(play.state.decisions.north?.lapsed?.reason).toBe('plan-replaced');
    expect(owed(play)).toEqual(['decide-on-plan plan-2 north', 'decide-on-plan plan-2 south']);
    for (const decider of decidersOf(play)) play.take(decider, approval(play));
    homeAgain(play);
  });

  test('mediation with one side leaves the other side’s objection where it was', () => {
    const play = proposed();
    play.take('northDecider', objection(play));
    play.take('southDecider', objection(play));
    const keyOf = (subject: string) => obligationsIn(play).find((one) => one.subject === subject)?.key;
    const [north, south] = [keyOf('north'), keyOf('south')];
    play.take('officer', { type: 'recordMediation', party: 'north' });
    expect(keyOf('north')).not.toBe(north);
    expect(keyOf('south')).toBe(south);
  });

  test('a plan put again unchanged is refused; so is one with nobody, nowhere or no time', () => {
    const play = proposed();
    const propose = (change: Parameters<typeof termsOf>[1]) =>
      play.refuse('officer', { type: 'proposePlan', terms: termsOf(play, change) });
    const { from, to } = play.state.plan!.window;
    expect(propose({}).code).toBe('plan-unchanged');
    expect(propose({ window: { from: to, to: from } }).code).toBe('window-inverted');
    expect(propose({ window: { from: '2026-01-01', to: '2026-01-02' } }).code).toBe('window-past');
    expect(propose({ recipient: 'recipient-2' }).code).toBe('unknown-recipient');
    expect(propose({ site: 'nowhere' }).code).toBe('unknown-site');
    expect(propose({ handoverPlace: 'nowhere' }).code).toBe('unknown-place');
    expect(propose({ escortParty: 'welfare' })).toEqual({ code: 'unknown-party', field: 'escortParty' });
    expect(propose({ receivingParty: 'escorts' })).toEqual({
      code: 'unknown-party',
      field: 'receivingParty',
    });
  });

  test('withdrawn while hosted and given again: the child stays where it is, and goes home', () => {
    const play = caseIn('hosting');
    play.take('southDecider', { type: 'withdrawApproval' });
    expect(play.state).toMatchObject({ stage: 'agreement', stay: { site: 'residence', status: 'occupied' } });
    expect(owed(play)).toEqual(['write-welfare-note embassy', 'mediate-objection south mediator']);
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well' });
    play.take('southDecider', approval(play));
    expect(play.state.stage).toBe('hosting');
    homeAgain(play);
  });

  test('withdrawn while a place was held: the place is given back, and asked for anew', () => {
    const play = caseIn('preparation');
    play.runEffects();
    play.take('host', { type: 'confirmPlace' });
    const events = play.take('northDecider', { type: 'withdrawApproval' });
    expect(events.map(({ type }) => type)).toEqual(['ApprovalWithdrawn', 'StageEntered', 'PlaceReleased']);
    play.take('northDecider', approval(play));
    expect(play.effects.map(({ kind }) => kind)).toEqual(['requestPlace']);
    homeAgain(play);
  });

  test('withdrawn in advance, before any plan: the side is simply asked when there is one', () => {
    const play = caseIn('verification');
    play.take('southDecider', { type: 'withdrawApproval' });
    expect(play.state.decisions.south).toMatchObject({ act: 'withdraw', planVersion: 0, sequence: 1 });
    carryTo(play, 'agreement');
    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    expect(owed(play)).toEqual(['decide-on-plan plan-1 north', 'decide-on-plan plan-1 south']);
  });

  test('an approval given again before it expires keeps the case where it is, and counts anew', () => {
    const play = caseIn('preparation');
    const first = play.state.decisions.south!;
    play.take('southDecider', approval(play));
    expect(play.state.stage).toBe('preparation');
    expect(play.state.decisions.south).toMatchObject({ act: 'approve', sequence: 2 });
    expect(play.state.decisions.south!.expiresAt! > first.expiresAt!).toBe(true);
  });
});
