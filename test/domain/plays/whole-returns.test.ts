/** Whole returns, and how one ends otherwise: the child’s word, the request’s withdrawal. */
import { stages } from '../../../src/domain/model/stages';
import {
  approval,
  carryTo,
  caseIn,
  type CaseInPlay,
  objection,
  openCase,
  play as played,
  settle,
} from '../../support/factories';
import { passageRules } from '../../support/mechanism-rules';
import { homeAgain, owed, proposed } from './returns';

const stagesOf = ({ events }: CaseInPlay): string[] =>
  events.flatMap(({ event }) => (event.type === 'StageEntered' ? [event.stage] : []));
describe('a usual return', () => {
  test('goes through all ten stages where the plan has hosting', () => {
    const play = caseIn('closed');
    expect(stagesOf(play)).toEqual(stages.slice(1));
    expect(play.state).toMatchObject({ closure: { outcome: 'reunited' }, stage: 'closed' });
    expect(play.state.stay).toBeUndefined();
  });

  test('skips hosting where the plan has none, with three sides to agree', () => {
    const play = caseIn('closed', passageRules);
    expect(stagesOf(play)).toEqual(stages.slice(1).filter((stage) => stage !== 'hosting'));
    expect(play.types.filter((type) => type === 'PlanApproved')).toHaveLength(3);
  });

  test('skips tracing where the whereabouts are known', () => {
    const play = played([
      ['northOfficial', openCase({ whereaboutsKnown: true })],
      ['officer', { type: 'acceptFile' }],
    ]);
    expect(play.state.stage).toBe('verification');
    homeAgain(play);
  });

  test('is not agreed while one of three sides is missing', () => {
    const play = proposed(passageRules);
    play.take('northDecider', approval(play));
    play.take('southDecider', approval(play));
    expect(play.state.stage).toBe('agreement');
    expect(owed(play)).toEqual(['decide-on-plan plan-1 transit-land']);
    play.take('passageDecider', approval(play));
    expect(play.state.stage).toBe('preparation');
  });
});

describe('the child', () => {
  test('does not wish to return: after an interview and a determination the case closes as no return', () => {
    const play = caseIn('verification');
    settle(play, 'childs-view', { finding: 'refuted' });
    expect(owed(play)).toContain('determine-best-interests childs-view mediator');
    play.takeByTwo('lead', 'reviewer', {
      type: 'determineBestInterests',
      outcome: 'no-return',
      determination: 'doc-4',
    });
    expect(owed(play)).toContain('close-case mediator');
    play.takeByTwo('officer', 'lead', { type: 'closeCase', outcome: 'no-return' });
    expect(play.state.closure?.outcome).toBe('no-return');
  });

  test('does not wish to return, and it is best all the same: the return goes on', () => {
    const play = caseIn('verification');
    settle(play, 'childs-view', { finding: 'refuted' });
    play.takeByTwo('lead', 'reviewer', {
      type: 'determineBestInterests',
      outcome: 'return',
      determination: 'doc-4',
    });
    homeAgain(play);
  });

  test('asked again, the earlier determination no longer speaks for it', () => {
    const play = caseIn('verification');
    settle(play, 'childs-view', { finding: 'refuted' });
    play.takeByTwo('lead', 'reviewer', {
      type: 'determineBestInterests',
      outcome: 'no-return',
      determination: 'doc-4',
    });
    settle(play, 'childs-view');
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'no-return' }).code).toBe(
      'closure-unfounded',
    );
    settle(play, 'childs-view', { finding: 'refuted' });
    expect(play.state.bestInterests).toBeUndefined();
    expect(owed(play)).toContain('determine-best-interests childs-view mediator');
  });

  test('comes of age on the list: the view is taken anew and it consents itself', () => {
    const play = caseIn('preparation');
    for (const daysLeft of [180, 90, 30] as const) play.take('system', { type: 'noteMajority', daysLeft });
    expect(play.refuse('system', { type: 'noteMajority', daysLeft: 90 }).code).toBe('already-done');
    expect(owed(play)).toContain('prepare-majority 30 mediator');
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    expect(play.state).toMatchObject({
      stage: 'verification',
      facets: { 'childs-view': { status: 'open', reopened: 'child-came-of-age' } },
    });
    settle(play, 'childs-view');
    expect(owed(play)).toContain('obtain-own-consent 0 mediator');
    expect(() => carryTo(play.fork(), 'transit')).toThrow(/own-consent-missing/);
    play.take('interviewer', { type: 'recordOwnConsent', given: true, document: 'doc-7' });
    homeAgain(play);
  });

  test('comes of age and refuses: it does not travel, and somebody is told to close the case', () => {
    const play = caseIn('preparation', passageRules);
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    settle(play, 'childs-view');
    play.take('interviewer', { type: 'recordOwnConsent', given: false, document: 'doc-7' });
    expect(() => carryTo(play.fork(), 'transit')).toThrow(/own-consent-missing/);
    expect(owed(play)).toContain('close-case mediator');
    play.takeByTwo('officer', 'lead', { type: 'closeCase', outcome: 'no-return' });
    expect(play.state.stage).toBe('closed');
  });

  test('turns out to be on another list: linked, settled by a person, closed as duplicate', () => {
    const play = caseIn('verification');
    play.take('southOfficial', { type: 'flagDuplicate', other: 'C4SE-0002' });
    expect(play.refuse('officer', { type: 'flagDuplicate', other: 'C4SE-0002' }).code).toBe('already-done');
    expect(owed(play)).toContain('settle-duplicate C4SE-0002 mediator');
    play.take('officer', { type: 'settleDuplicate', other: 'C4SE-0002', verdict: 'same' });
    expect(owed(play)).toContain('close-case mediator');
    play.take('officer', { type: 'closeCase', outcome: 'duplicate' });
    expect(play.state.closure?.outcome).toBe('duplicate');
  });

  test('is taken for another by mistake: the verdict can be corrected, and the return goes on', () => {
    const play = caseIn('verification');
    play.take('officer', { type: 'flagDuplicate', other: 'C4SE-0002' });
    play.take('officer', { type: 'settleDuplicate', other: 'C4SE-0002', verdict: 'same' });
    const verdict = (to: 'same' | 'distinct') =>
      ({ type: 'settleDuplicate', other: 'C4SE-0002', verdict: to }) as const;
    expect(play.refuse('officer', verdict('same')).code).toBe('already-done');
    play.take('officer', verdict('distinct'));
    expect(owed(play)).not.toContain('close-case mediator');
    homeAgain(play);
  });

  test('of no case is its own sibling or duplicate', () => {
    const play = caseIn('verification');
    const { id } = play.state;
    expect(play.refuse('officer', { type: 'flagDuplicate', other: id }).code).toBe('unknown-case');
    expect(play.refuse('officer', { type: 'linkSiblings', siblings: [id] }).code).toBe('unknown-case');
  });
});

describe('the request', () => {
  test('withdrawn: nothing happens by itself, somebody is told to close the case', () => {
    const play = caseIn('preparation');
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(play.state.stage).toBe('preparation');
    expect(() => carryTo(play.fork(), 'transit')).toThrow(/request-withdrawn/);
    expect(owed(play)).toContain('close-case mediator');
    play.take('officer', { type: 'closeCase', outcome: 'withdrawn' });
    expect(play.state.closure?.outcome).toBe('withdrawn');
  });

  test('refused by a side for good: the case closes only because a person closes it', () => {
    const play = proposed();
    play.take('southDecider', objection(play));
    play.pass('P400D');
    expect(play.state.stage).not.toBe('closed');
    play.take('officer', { type: 'closeCase', outcome: 'refused' });
    expect(play.state.closure?.outcome).toBe('refused');
  });

  test('withdrawn after the handover changes nothing of what is owed to the child', () => {
    const play = caseIn('follow-up');
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'withdrawn' }).code).toBe(
      'closure-unfounded',
    );
    expect(owed(play)).toEqual(['report-visit visit-1 welfare']);
    homeAgain(play);
  });
});
