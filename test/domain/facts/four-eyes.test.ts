/** What one person alone may not do: proposed by one, confirmed by a second, and nothing in between. */
import type { Command } from '../../../src/domain/model/commands';
import { caseIn, settle } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { officials } from '../../support/mechanism-rules';
import type { ActorName } from '../../support/mechanism-rules';
import { obligationsIn, owed } from '../plays/returns';

const refutedView = (): CaseInPlay => {
  const play = caseIn('verification');
  settle(play, 'childs-view', { finding: 'refuted' });
  return play;
};
const recalled = (): CaseInPlay => {
  const play = caseIn('transit');
  play.take('southDecider', { type: 'withdrawApproval' });
  return play;
};

/** Each act that needs two: in which case, by whom, confirmed by whom, and what it leads to. */
const acts: readonly (readonly [
  what: string,
  play: () => CaseInPlay,
  by: ActorName,
  second: ActorName,
  act: Command,
  event: string,
])[] = [
  [
    'closing a case as already home',
    () => caseIn('agreement'),
    'officer',
    'officer2',
    { type: 'closeCase', outcome: 'already-home', note: 'note-1' },
    'CaseClosed',
  ],
  [
    'splitting siblings',
    () => caseIn('agreement'),
    'lead',
    'reviewer',
    { type: 'waiveSiblingUnity', determination: 'doc-5', waiver: 'doc-6' },
    'SiblingUnityWaived',
  ],
  [
    'unlinking siblings',
    () => {
      const play = caseIn('agreement');
      play.take('officer', { type: 'linkSiblings', siblings: ['C4SE-0002'] });
      return play;
    },
    'lead',
    'reviewer',
    { type: 'unlinkSiblings', siblings: ['C4SE-0002'], note: 'note-1' },
    'SiblingsUnlinked',
  ],
  [
    'finding that a return is not in the child’s interest',
    refutedView,
    'lead',
    'reviewer',
    { type: 'determineBestInterests', outcome: 'no-return', determination: 'doc-4' },
    'BestInterestsDetermined',
  ],
  [
    'going on with a child after a side withdrew',
    recalled,
    'lead',
    'duty',
    { type: 'decideRecall', outcome: 'continue' },
    'RecallDecided',
  ],
];

describe.each(acts)('%s', (_what, start, by, second, act, event) => {
  test('is first a proposal: nothing has happened, and somebody owes a second word within hours', () => {
    const play = start();
    const events = play.take(by, act);
    expect(events.map(({ type }) => type)).toEqual(['ActProposed']);
    const duty = obligationsIn(play).find(({ commands }) => commands.includes('confirmProposal'));
    expect(duty?.subject).toBe(play.state.proposals?.[0]?.id);
    expect(Date.parse(duty!.due) - Date.parse(play.now)).toBeLessThanOrEqual(8 * 3_600_000);
  });

  test('is done once the second person confirms it, and nobody owes it any more', () => {
    const play = start();
    expect(play.takeByTwo(by, second, act).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['ProposalConfirmed', event]),
    );
    expect(owed(play).filter((duty) => duty.startsWith('confirm-'))).toEqual([]);
  });

  test('is confirmed by nobody who proposed it, not with every role of the office either', () => {
    const play = start();
    const [proposed] = play.take(by, act);
    const proposal = proposed?.type === 'ActProposed' ? proposed.proposal : '';
    const again = { ...officials[by as keyof typeof officials], roles: officials[second as 'lead'].roles };
    expect(['own-proposal', 'not-your-command']).toContain(
      play.refuse(again, { type: 'confirmProposal', proposal }).code,
    );
  });

  test('is not confirmed through a role that is only lent', () => {
    const play = start();
    const [proposed] = play.take(by, act);
    const proposal = proposed?.type === 'ActProposed' ? proposed.proposal : '';
    const { party, roles } = officials[second as 'lead'];
    const deputy = { official: 'deputy', party, roles, lent: roles };
    expect(play.refuse(deputy, { type: 'confirmProposal', proposal }).code).toBe('not-your-command');
  });

  test('comes to nothing when the second person rejects it', () => {
    const play = start();
    play.take(by, act);
    const proposal = play.state.proposals?.[0]?.id ?? '';
    play.take(second, { type: 'rejectProposal', proposal });
    expect(play.state.proposals).toEqual([]);
    expect(play.types).not.toContain(event);
  });
});

test('the same act is not proposed twice while it waits', () => {
  const play = caseIn('agreement');
  const act = { type: 'closeCase', outcome: 'already-home', note: 'note-1' } as const;
  play.take('officer', act);
  expect(play.refuse('officer2', { ...act, note: 'note-2' }).code).toBe('already-done');
});

test('what was proposed is judged anew when it is confirmed', () => {
  const play = recalled();
  play.take('lead', { type: 'decideRecall', outcome: 'continue' });
  play.take('lead', { type: 'decideRecall', outcome: 'turn-back' });
  const proposal = play.state.proposals?.[0]?.id ?? '';
  expect(play.refuse('duty', { type: 'confirmProposal', proposal }).code).toBe('nothing-to-decide');
});

test('who proposed it may take it back', () => {
  const play = caseIn('agreement');
  play.take('officer', { type: 'closeCase', outcome: 'already-home', note: 'note-1' });
  play.take('officer', { type: 'rejectProposal', proposal: play.state.proposals?.[0]?.id ?? '' });
  expect(play.state.proposals).toEqual([]);
});

test('nobody confirms what is not there', () => {
  expect(caseIn('agreement').refuse('lead', { type: 'confirmProposal', proposal: 'closeCase-1' }).code).toBe(
    'not-your-command',
  );
});
