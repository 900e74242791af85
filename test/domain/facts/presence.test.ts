/** That it is this child: somebody who sees it says so, at each door. */
import type { CaseInPlay } from '../../support/factories';
import { caseIn, hashOf, hear } from '../../support/factories';
import { passageRules } from '../../support/mechanism-rules';
import { obligationsIn, owed, ready } from '../plays/returns';

const says = (matches: boolean) => ({ type: 'identifyChild', how: 'photograph', matches }) as const;
const blockersOf = (play: CaseInPlay, by: 'lead' | 'receiver'): string[] =>
  (by === 'lead'
    ? play.refuse('lead', { type: 'depart' })
    : play.refuse('receiver', { type: 'confirmHandover' })
  ).blockers!.map(({ blocker }) => blocker);

describe('that it is this child', () => {
  test('the host says within a day of its arrival, and no child departs unseen', () => {
    const play = caseIn('preparation');
    play.take('host', { type: 'recordArrival' });
    const duty = obligationsIn(play).find(({ kind }) => kind === 'identify-child');
    expect(duty).toMatchObject({ party: 'embassy', subject: 'site', safety: true });
    expect(blockersOf(play, 'lead')).toContain('child-unidentified');
    play.take('host', says(true));
    expect(owed(play).some((one) => one.startsWith('identify-child'))).toBe(false);
    expect(blockersOf(play, 'lead')).not.toContain('child-unidentified');
  });

  test('without hosting the mediator sees to it before the departure', () => {
    const play = caseIn('preparation', passageRules);
    expect(owed(play)).toContain('identify-child departure mediator');
    play.take('northOfficial', { type: 'identifyChild', how: 'video', matches: true });
    expect(owed(play)).not.toContain('identify-child departure mediator');
  });

  test('seen at one site says nothing of the child that arrives at another', () => {
    const play = caseIn('hosting');
    play.take('host', says(true));
    play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
    expect(owed(play)).toContain('identify-child site inn');
    expect(blockersOf(play, 'lead')).toContain('child-unidentified');
  });

  test('is said again at the door, where papers of a recipient prove nothing about the child', () => {
    const play = caseIn('transit').fork();
    play.take('escort', { type: 'arrive' });
    play.take('receiver', { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') });
    expect(owed(play).some((one) => one.startsWith('identify-child handover'))).toBe(true);
    expect(blockersOf(play, 'receiver')).toContain('child-unidentified');
    hear(play);
    play.take('receiver', { type: 'confirmHandover' });
  });

  test('only who can see the child says it', () => {
    expect(caseIn('preparation').refuse('host', says(true)).code).toBe('wrong-stage');
    expect(caseIn('hosting').refuse('southOfficial', says(true)).code).toBe('not-your-command');
    expect(caseIn('transit').refuse('escort2', says(true)).code).toBe('not-your-command');
    caseIn('transit').fork().take('escort', says(true));
  });
});

describe('that it is another child', () => {
  test('stops the way at once; nobody takes it back alone, not even who said it', () => {
    const play = ready();
    play.take('host', says(false));
    expect(blockersOf(play, 'lead')).toEqual(['child-unidentified', 'child-mismatch']);
    const since = play.now;
    expect(obligationsIn(play).find(({ kind }) => kind === 'settle-mismatch')).toMatchObject({
      party: 'mediator',
      safety: true,
      since,
    });
    // Said by one alone, also by another: it waits for a second person, and nothing moves meanwhile.
    const [proposed] = play.take('host', says(true));
    expect(proposed).toMatchObject({ type: 'ActProposed', second: { urgent: true } });
    expect(blockersOf(play, 'lead')).toEqual(['child-unidentified', 'child-mismatch']);
    const proposal = proposed?.type === 'ActProposed' ? proposed.proposal : '';
    expect(play.refuse('host', { type: 'confirmProposal', proposal }).code).toBe('not-your-command');
    play.take('officer', { type: 'confirmProposal', proposal });
    play.take('lead', { type: 'depart' });
  });

  test('at the door no confirmation goes through, and a second no does not start the clock anew', () => {
    const play = caseIn('handover');
    hear(play);
    play.take('receiver', { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') });
    play.take('receiver', says(false));
    const since = play.now;
    play.take('escort', says(false));
    expect(play.state.presence?.mismatchSince).toBe(since);
    expect(blockersOf(play, 'receiver')).toContain('child-mismatch');
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('gate-closed');
    play.takeByTwo('escort', 'receiver', says(true));
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    expect(play.state.stage).toBe('follow-up');
  });
});
