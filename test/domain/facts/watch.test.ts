/** Nobody who is watched loosens the watch: intervals, legs, signs of life, alarms put off. */
import type { Leg } from '../../../src/domain/model/commands';
import type { RejectionCode } from '../../../src/domain/model/rejections';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { addDuration } from '../../../src/domain/calendar/time';
import { caseIn, legsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import type { ActorName } from '../../support/mechanism-rules';
import { obligationsIn } from '../plays/returns';

const every = (play: CaseInPlay, checkInEvery: string): readonly Leg[] =>
  legsOf(play).map((leg) => ({ ...leg, checkInEvery }));
const checkInDue = (play: CaseInPlay): string =>
  obligationsIn(play).find(({ kind }) => kind === 'check-in')?.due ?? '';

describe('a longer time between signs of life than the mechanism’s', () => {
  test.each(['escort', 'dispatcher', 'officer'] as const)('is not for the %s to plan', (by: ActorName) => {
    const play = caseIn('transit');
    expect(play.refuse(by, { type: 'planLegs', legs: every(play, 'P1Y') }).code).toBe('check-in-too-rare');
  });

  test('is the lead’s, with a reason, and counts only once a second person has confirmed it', () => {
    const play = caseIn('transit');
    const legs = every(play, 'PT6H');
    const due = checkInDue(play);
    expect(play.refuse('lead', { type: 'planLegs', legs }).code).toBe('note-required');
    const [proposed] = play.take('lead', { type: 'planLegs', legs, note: 'note-1' });
    expect(proposed?.type).toBe('ActProposed');
    expect(checkInDue(play)).toBe(due);
    play.take('duty', { type: 'confirmProposal', proposal: play.state.proposals![0]!.id });
    expect(checkInDue(play)).toBe(addDuration(play.state.journey!.lastSignAt, 'PT6H'));
    // The escort may plan on with what was agreed, and with nothing longer.
    play.take('escort', { type: 'planLegs', legs });
    expect(play.refuse('escort', { type: 'planLegs', legs: every(play, 'PT7H') }).code).toBe(
      'check-in-too-rare',
    );
  });

  test('that stands in an older plan of legs does not count', () => {
    const play = caseIn('transit');
    const { lastSignAt } = play.state.journey!;
    const older = play.events.find(({ event }) => event.type === 'LegsPlanned')!;
    expect(older.event).not.toHaveProperty('granted');
    const late = { ...play.state, legs: every(play, 'P1Y') };
    const alarm = obligationsOf(late, play.rules, play.now);
    expect(alarm.find(({ kind }) => kind === 'check-in')?.due).toBe(
      addDuration(lastSignAt, play.rules.checkInEvery),
    );
  });
});

test('a stricter leg is not made laxer by the escort while it is travelled, by the mediator it is', () => {
  const play = caseIn('transit');
  play.take('escort', { type: 'planLegs', legs: every(play, 'PT1H') });
  const plain = legsOf(play).map(({ checkInEvery: _, ...leg }) => leg);
  expect(play.refuse('escort', { type: 'planLegs', legs: plain }).code).toBe('check-in-too-rare');
  expect(play.refuse('dispatcher', { type: 'planLegs', legs: plain }).code).toBe('check-in-too-rare');
  play.take('officer', { type: 'planLegs', legs: plain });
});

describe('legs that are no journey of this plan', () => {
  const moved = (play: CaseInPlay, days: number): readonly Leg[] =>
    legsOf(play).map((leg) => {
      const shifted = (at: string): string => new Date(Date.parse(at) + days * 86_400_000).toISOString();
      return { ...leg, departAt: shifted(leg.departAt), arriveAt: shifted(leg.arriveAt) };
    });

  test.each([
    ['in the past', -30, 'date-past'],
    ['before the window', -6, 'legs-outside-window'],
    ['long after the window', 365, 'legs-outside-window'],
  ] as const)('%s are refused', (_what, days, code: RejectionCode) => {
    const play = caseIn('hosting');
    play.runEffects();
    expect(play.refuse('dispatcher', { type: 'planLegs', legs: moved(play, days) }).code).toBe(code);
  });

  test('on the way a year later are refused too: the watch would outlast the journey', () => {
    const play = caseIn('transit');
    expect(play.refuse('dispatcher', { type: 'planLegs', legs: moved(play, 365) }).code).toBe(
      'legs-outside-window',
    );
  });

  test('are not planned by an escort who does not travel with the child', () => {
    const play = caseIn('transit');
    expect(play.refuse('escort2', { type: 'planLegs', legs: legsOf(play) }).code).toBe('not-your-command');
  });
});

test('another escort’s word on the way is no sign of life of this child', () => {
  for (const type of ['reportIncident', 'pauseJourney'] as const) {
    const play = caseIn('transit');
    const due = checkInDue(play);
    play.take('escort2', { type, kind: 'delay' });
    expect(checkInDue(play)).toBe(due);
    const own = caseIn('transit');
    own.take('escort', { type, kind: 'delay' });
    expect(checkInDue(own)).not.toBe(due);
  }
});

test('whoever is watched does not put off the alarm about themselves; who answers it may', () => {
  const play = caseIn('transit');
  play.pass('PT2H30M');
  const { key: obligation } = obligationsIn(play).find(({ kind }) => kind === 'check-in')!;
  const until = addDuration(play.now, 'PT30M');
  expect(play.refuse('escort', { type: 'acknowledgeObligation', obligation, until }).code).toBe('own-watch');
  play.take('duty', { type: 'acknowledgeObligation', obligation, until });
});
