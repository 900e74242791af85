/** When a case counts as stalled. docs/rules.md: 30 days, 14 if hosted or urgent, 90 in tracing; reminders don't count. */
import { stallsAt } from '../../../src/domain/obligations/stalled';
import { addDuration } from '../../../src/domain/calendar/time';
import { caseIn, openCase, play as played } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { obligationsIn, owed } from '../plays/returns';

const stallIn = ({ state, rules }: CaseInPlay): string | undefined => stallsAt(state, rules);
const after = (play: CaseInPlay, duration: string): string =>
  addDuration(play.state.lastProgressAt, duration);

describe('a case without progress is stalled', () => {
  test.each([
    ['intake', 'P30D'],
    ['tracing', 'P90D'],
    ['verification', 'P30D'],
    ['agreement', 'P30D'],
    ['preparation', 'P30D'],
    ['hosting', 'P14D'],
    ['transit', 'P30D'],
    ['handover', 'P30D'],
  ] as const)('in %s after %s', (stage, limit) => {
    const play = caseIn(stage);
    expect(stallIn(play)).toBe(after(play, limit));
  });

  test('after 14 days where it is urgent, in tracing too', () => {
    const play = played([
      ['northOfficial', openCase({ medicallyUrgent: true })],
      ['officer', { type: 'acceptFile' }],
    ]);
    expect(stallIn(play)).toBe(after(play, 'P14D'));
  });

  test('not between two visits, but a month after one was due', () => {
    const play = caseIn('follow-up');
    for (const [index, offset] of play.rules.followUpVisits.slice(0, 9).entries()) {
      play.passUntil(addDuration(play.state.handover.at!, offset));
      play.take('receiver', { type: 'reportVisit', visit: index + 1, outcome: 'well' });
    }
    expect(stallIn(play)).toBe(addDuration(addDuration(play.state.handover.at!, 'P3M'), 'P30D'));
  });

  test('never once it is closed', () => expect(stallIn(caseIn('closed'))).toBeUndefined());
});

describe('progress', () => {
  test('is not what reminders, lapses and the process do', () => {
    const play = caseIn('preparation');
    const { lastProgressAt } = play.state;
    play.runEffects();
    play.pass('P29D'); // reminders, and the window has passed
    expect(play.types).toContain('LadderStepTaken');
    expect(play.types).toContain('PlanLapsed');
    expect(play.state.stage).toBe('agreement');
    expect(play.state.lastProgressAt).toBe(lastProgressAt);
  });

  test('is neither the daily note about a hosted child nor the review of a hold', () => {
    const play = caseIn('hosting');
    play.take('host', { type: 'placeHold', hold: 'hold-1', reason: 'family' });
    const { lastProgressAt } = play.state;
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well' });
    play.take('host', { type: 'reviewHold', hold: 'hold-1', reviewBy: play.now.slice(0, 10) });
    expect(play.state.lastProgressAt).toBe(lastProgressAt);
    play.take('host', { type: 'liftHold', hold: 'hold-1' });
    expect(play.state.lastProgressAt).toBe(play.now);
  });
});

describe('a stalled case', () => {
  test('is said to be once, reviewed from that day on, and no longer stalled when somebody acts', () => {
    const play = caseIn('tracing');
    const quietSince = play.state.lastProgressAt;
    play.pass('P91D');
    expect(play.events.filter(({ event }) => event.type === 'CaseStalled').map(({ event }) => event)).toEqual(
      [{ type: 'CaseStalled', since: quietSince }],
    );
    const found = addDuration(quietSince, 'P90D');
    expect(play.state.stalledSince).toBe(found);
    const review = obligationsIn(play).find(({ kind }) => kind === 'review-stalled');
    expect(review).toMatchObject({ since: found, due: addDuration(found, 'P7D') });
    const reminded = play.events.some(
      ({ event }) => event.type === 'LadderStepTaken' && event.kind === 'review-stalled',
    );
    expect(reminded).toBe(false);
    play.take('southOfficial', { type: 'reportWhereabouts', evidence: [] });
    expect(play.state.stalledSince).toBeUndefined();
    expect(owed(play)).not.toContain('review-stalled mediator');
  });
});
