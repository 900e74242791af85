/** What stops a return, and what ends a case: lifted and closed by nobody alone where the child is the reason. */
import type { Command } from '../../../src/domain/model/commands';
import { noticesOf } from '../../../src/domain/obligations/notices';
import { addDuration } from '../../../src/domain/calendar/time';
import { caseIn, daysAfter, hashOf, objection } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import type { ActorName } from '../../support/mechanism-rules';
import { owed, proposed } from '../plays/returns';

const held = (
  by: ActorName,
  reason: Extract<Command, { type: 'placeHold' }>['reason'],
  play = caseIn('transit'),
): CaseInPlay => {
  play.take(by, { type: 'placeHold', hold: 'hold-1', reason });
  return play;
};
const lift = (ground?: 'danger-over' | 'examined'): Command => ({
  type: 'liftHold',
  hold: 'hold-1',
  ...(ground && { ground }),
});
const proposalOf = ({ state }: CaseInPlay): string => state.proposals?.at(-1)?.id ?? '';

describe('a hold is lifted', () => {
  test.each([
    ['an escort for the duty officer', 'dispatcher', 'escort'],
    ['an official for the decider', 'southDecider', 'southOfficial'],
    ['the host for the clinician', 'clinician', 'host'],
  ] as const)('not by %s', (_what, placer: ActorName, other: ActorName) => {
    expect(held(placer, 'legal').refuse(other, lift()).code).toBe('not-your-command');
  });

  test('by whoever placed it, alone, where the child is not its reason', () => {
    const play = held('southOfficial', 'legal');
    play.take('southOfficial', lift());
    expect(play.state.holds).toEqual([]);
  });

  test('by who answers for the party, with a second person', () => {
    const play = held('escort', 'security');
    play.takeByTwo('dispatcher', 'officer', lift());
    expect(play.state.holds).toEqual([]);
  });

  test.each(['child-wish', 'safety', 'health', 'identity'] as const)(
    'where its reason is %s only on a ground, and by a second person of another party',
    (reason) => {
      const play = held('officer', reason);
      expect(play.refuse('officer', lift()).code).toBe('ground-required');
      play.take('officer', lift('danger-over'));
      expect(play.state.holds).toHaveLength(1);
      for (const own of ['lead', 'reviewer', 'interviewer'] as const)
        expect(play.refuse(own, { type: 'confirmProposal', proposal: proposalOf(play) }).code).toBe(
          'not-your-command',
        );
      play.take(reason === 'health' ? 'clinician' : 'northReviewer', {
        type: 'confirmProposal',
        proposal: proposalOf(play),
      });
      expect(play.state.holds).toEqual([]);
    },
  );

  test('by the mediator’s lead with a second mediator once a carrying party left three reviews unanswered, told to all', () => {
    const play = held('host', 'security', caseIn('hosting'));
    expect(play.refuse('lead', lift()).code).toBe('not-your-party');
    play.now = addDuration(play.state.holds[0]!.reviewAt, 'P13D');
    expect(play.refuse('lead', lift()).code).toBe('not-your-party');
    play.now = addDuration(play.now, 'P2D');
    play.takeByTwo('lead', 'officer', lift());
    const lifted = play.events.at(-1)!;
    expect(lifted.event).toMatchObject({ type: 'HoldLifted', party: 'embassy', by: 'mediator' });
    const told = noticesOf(lifted, play.state, play.rules);
    expect(told.map(({ kind, party }) => `${kind} ${party}`)).toEqual(
      expect.arrayContaining(['hold-lifted embassy', 'hold-lifted north', 'hold-lifted south']),
    );
  });

  test('never over a deciding side; but after two renewals it has to say what it wants, and mediation owes it something', () => {
    const play = held('southOfficial', 'legal', caseIn('agreement'));
    const review = (): Command => ({ type: 'reviewHold', hold: 'hold-1', reviewBy: daysAfter(play.now, 3) });
    play.take('southOfficial', review());
    play.take('southDecider', review());
    expect(play.refuse('southOfficial', review()).code).toBe('hold-renewals-spent');
    play.now = addDuration(play.now, 'P60D');
    expect(play.refuse('lead', lift()).code).toBe('not-your-party');
    expect(play.state.holds).toHaveLength(1);
    expect(owed(play)).toContain('mediate-objection south mediator');
  });

  test('a side that objects and holds in vain is one step to mediate, reminded of once by each rung', () => {
    const play = held('southOfficial', 'legal', proposed());
    play.take('southDecider', objection(play));
    for (const second of ['southOfficial', 'southDecider'] as const)
      play.take(second, { type: 'reviewHold', hold: 'hold-1', reviewBy: daysAfter(play.now, 3) });
    play.sleep('P20D');
    expect(owed(play).filter((line) => line.startsWith('mediate-objection'))).toEqual([
      'mediate-objection south mediator',
    ]);
  });
});

describe('one person alone', () => {
  test('does not clear a child whom a clinician found unfit', () => {
    const play = caseIn('hosting');
    play.runEffects();
    play.take('clinician', { type: 'clearMedically', fit: false });
    expect(play.refuse('officer', { type: 'clearMedically', fit: true }).code).toBe('paper-missing');
    expect(play.refuse('officer', { type: 'clearMedically', fit: true, evidence: ['doc-1'] }).code).toBe(
      'paper-unfit',
    );
    play.take('officer', { type: 'clearMedically', fit: true, evidence: ['doc-8'] });
    expect(play.state.medical.clearance?.fit).toBe(false);
    play.take('clinician', { type: 'confirmProposal', proposal: proposalOf(play) });
    expect(play.state.medical.clearance?.fit).toBe(true);
  });

  test('does not close the case of a child on the way as deceased, nor disarm its alarm', () => {
    const play = caseIn('transit');
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'deceased' }).code).toBe('paper-missing');
    play.take('officer', { type: 'closeCase', outcome: 'deceased', evidence: ['doc-9'] });
    expect(play.state.stage).toBe('transit');
    expect(owed(play)).toContain('check-in escorts');
    play.take('lead', { type: 'confirmProposal', proposal: proposalOf(play) });
    expect(play.state.closure?.outcome).toBe('deceased');
  });

  test('sees a clearance end within three months', () => {
    const play = caseIn('hosting');
    play.runEffects();
    const clear = (validUntil: string): Command => ({ type: 'clearMedically', fit: true, validUntil });
    expect(play.refuse('clinician', clear('2099-01-01')).code).toBe('date-too-far');
    play.take('clinician', clear(daysAfter(play.now, 60)));
  });

  test('sees a clearance that names no date end within 72 hours, and no child travels on it', () => {
    const play = caseIn('hosting');
    play.runEffects();
    play.take('clinician', { type: 'clearMedically', fit: true });
    const { validUntil } = play.state.medical.clearance!;
    expect(validUntil).toBe(daysAfter(play.now, 2));
    const keeps = () =>
      play
        .refuse('lead', { type: 'depart' })
        .blockers?.some(({ blocker }) => blocker === 'medical-clearance-missing');
    expect(keeps()).toBe(false);
    play.passUntil(addDuration(play.now, 'PT72H'));
    expect(play.state.medical.clearance?.expiredAt).toBeDefined();
    expect(keeps()).toBe(true);
  });
});

describe('a case is not closed', () => {
  test('while it is held', () => {
    const play = held('southOfficial', 'legal', caseIn('agreement'));
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'withdrawn' })).toEqual({
      code: 'closure-unsafe',
      blockers: [{ blocker: 'hold-active', subject: 'hold-1' }],
    });
  });

  test('while an alarm stands', () => {
    const play = caseIn('agreement');
    play.take('northOfficial', { type: 'withdrawRequest' });
    play.take('officer', { type: 'reportMedicalEmergency' });
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'withdrawn' }).blockers).toEqual([
      { blocker: 'alarm-open', subject: 'resolve-emergency' },
    ]);
  });
});

describe('a withdrawn request', () => {
  const usual = { ...hostingRules, reinstateWithin: 'P14D' };

  test('is taken up again by a decider of the side that made it: its own approval is asked for anew', () => {
    const play = caseIn('preparation');
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(play.refuse('northOfficial', { type: 'reinstateRequest' }).code).toBe('not-your-command');
    expect(play.refuse('southDecider', { type: 'reinstateRequest' }).code).toBe('not-your-command');
    const events = play.take('northDecider', { type: 'reinstateRequest' });
    expect(events).toMatchObject([
      { type: 'RequestReinstated' },
      { type: 'DecisionLapsed', party: 'north', reason: 'request-withdrawn' },
      { type: 'StageEntered', stage: 'agreement' },
    ]);
    expect(owed(play)).toContain('decide-on-plan plan-1 north');
    expect(play.state.decisions.south).not.toHaveProperty('lapsed');
    expect(play.refuse('northDecider', { type: 'reinstateRequest' }).code).toBe('already-done');
  });

  test('on the way leaves what then happens to the lead', () => {
    const play = caseIn('transit');
    play.take('northOfficial', { type: 'withdrawRequest' });
    play.take('northDecider', { type: 'reinstateRequest' });
    expect(owed(play)).toContain('decide-recall north mediator');
    expect(play.state.decisions.north).not.toHaveProperty('lapsed');
  });

  test('closes its case no sooner than fourteen days after, and is owed to be closed only then', () => {
    const play = caseIn('agreement', usual);
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'withdrawn' }).code).toBe('closure-early');
    expect(owed(play)).not.toContain('close-case mediator');
    play.pass('P14D');
    expect(owed(play)).toContain('close-case mediator');
    play.take('officer', { type: 'closeCase', outcome: 'withdrawn' });
  });
});

describe('a closed case', () => {
  test('takes a hold and every withdrawal, and tells all', () => {
    const play = caseIn('closed');
    play.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'safety' });
    expect(noticesOf(play.events.at(-1)!, play.state, play.rules).map(({ party }) => party)).toEqual(
      expect.arrayContaining(['mediator', 'north', 'embassy', 'escorts', 'welfare']),
    );
    play.take('southDecider', { type: 'withdrawApproval' });
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(play.types).not.toContain('RecallRaised');
    expect(play.state.stage).toBe('closed');
  });

  test('is opened again by the lead and a second person, and then goes on where it was', () => {
    const play = caseIn('agreement');
    play.take('northOfficial', { type: 'withdrawRequest' });
    play.take('officer', { type: 'closeCase', outcome: 'withdrawn' });
    expect(play.refuse('officer', { type: 'reopenCase', reason: 'new-information' }).code).toBe(
      'not-your-command',
    );
    play.take('lead', { type: 'reopenCase', reason: 'new-information' });
    expect(play.state.stage).toBe('closed');
    expect(owed(play)).toEqual([`confirm-proposal ${proposalOf(play)} mediator`]);
    play.take('officer', { type: 'confirmProposal', proposal: proposalOf(play) });
    expect(play.state.stage).toBe('agreement');
  });

  test('stays closed after a year', () => {
    const play = caseIn('closed');
    play.now = addDuration(play.now, 'P1Y');
    expect(play.refuse('lead', { type: 'reopenCase', reason: 'new-information' }).code).toBe(
      'closed-too-long',
    );
  });
});

test('a recipient who does not match is told to mediator, both sides, escort and receiving authority, at once', () => {
  const play = caseIn('handover');
  play.take('receiver', { type: 'checkRecipientIdentity', matches: false, documentHash: hashOf('another') });
  const told = noticesOf(play.events.at(-1)!, play.state, play.rules);
  expect(told.every(({ safety, kind }) => safety && kind === 'identity-mismatch')).toBe(true);
  expect(told.map(({ party }) => party).sort()).toEqual(['escorts', 'mediator', 'north', 'south', 'welfare']);
});
