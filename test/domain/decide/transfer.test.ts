/** Hand to hand: whoever gives a child says so, whoever takes it says so, and until then it is where it was. */
import { careOf } from '../../../src/domain/facts/care';
import { fold } from '../../../src/domain/evolve/evolve';
import { caseIn, passOn, shift } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, passageRules } from '../../support/mechanism-rules';
import { homeAgain, owed, ready } from '../plays/returns';

const give = { type: 'giveIntoCare' } as const;
const take = { type: 'takeIntoCare' } as const;
const note = 'note-1';
const mayLeave = (rules = hostingRules): CaseInPlay => {
  const play = ready(rules);
  play.take('lead', { type: 'depart' });
  return play;
};
const hands = (play: CaseInPlay): string[] => owed(play).filter((one) => /into-care|check-in/.test(one));

describe('the go is a permission', () => {
  test('the child is at the site until the escort says that it is with them', () => {
    const play = mayLeave();
    expect(careOf(play.state)).toMatchObject({ with: 'host', site: 'residence' });
    expect(play.state.stay?.status).toBe('occupied');
    expect(hands(play)).toEqual(['give-into-care embassy', 'take-into-care escorts']);
    // It is still written about, and nobody on the road is asked for a sign of life.
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well' });
    play.take('host', give);
    expect(careOf(play.state)).toMatchObject({ with: 'host' });
    expect(hands(play)).toEqual(['take-into-care escorts']);
    const at = shift(play.now, 30_000);
    play.now = shift(play.now, 60_000);
    play.take('escort', { ...take, at });
    expect(careOf(play.state)).toEqual({ with: 'escort', since: at });
    expect(play.state.stay).toBeUndefined();
    expect(hands(play)).toEqual(['check-in escorts']);
    expect(play.state.journey?.transfer).toBeUndefined();
    homeAgain(play);
  });

  test('a sign of life of the escort says it as well; the giving hand is still owed', () => {
    const play = mayLeave();
    play.take('escort', { type: 'checkIn', place: 'station' });
    expect(play.types.slice(-3)).toEqual(['CareTaken', 'CheckedIn', 'PlaceReleased']);
    expect(careOf(play.state)).toMatchObject({ with: 'escort', place: 'station' });
    expect(hands(play)).toEqual(['check-in escorts', 'give-into-care embassy']);
    // Also once it has arrived: who gave it can still say so.
    const arrived = play.fork();
    arrived.take('escort', { type: 'arrive' });
    expect(owed(arrived)).toContain('give-into-care embassy');
    arrived.take('host', give);
    play.take('host', give);
    expect(hands(play)).toEqual(['check-in escorts']);
  });

  test.each(['completeLeg', 'divert', 'reachSafePoint'] as const)(
    'so does what happens on the road: %s',
    (type) => {
      const play = mayLeave();
      const said = { leg: 'leg-1', place: 'border', kind: 'delay' } as const;
      const { leg, place, kind } = said;
      if (type === 'completeLeg') play.take('escort', { type, leg });
      if (type === 'divert') play.take('escort', { type, place, kind });
      if (type === 'reachSafePoint') play.take('escort', { type, place });
      expect(careOf(play.state).with).toBe('escort');
    },
  );

  test('without hosting the side that has the child gives it', () => {
    const play = mayLeave(passageRules);
    expect(careOf(play.state).with).toBe('present-carer');
    expect(hands(play)).toEqual(['give-into-care south', 'take-into-care escorts']);
    passOn(play);
    expect(careOf(play.state).with).toBe('escort');
    homeAgain(play);
  });

  test('an escort who does not come leaves the child where it is, and others are told within the hour', () => {
    const play = mayLeave();
    play.pass('P1D');
    expect(
      play.events.filter(({ event }) => event.type === 'LadderStepTaken' && event.kind === 'take-into-care')
        .length,
    ).toBeGreaterThan(3);
    expect(careOf(play.state)).toMatchObject({ with: 'host' });
    // The host says that the child is still there; a second person confirms, and the journey is over.
    play.takeByTwo('host', 'duty', { type: 'recordArrival' });
    expect(play.state).toMatchObject({ stage: 'hosting', stay: { status: 'occupied' } });
    expect(play.state.journey).toBeUndefined();
  });

  test('a side that says no before the child has left: turning back leaves it at the site', () => {
    const play = mayLeave();
    play.take('southDecider', { type: 'withdrawApproval' });
    play.take('lead', { type: 'decideRecall', outcome: 'turn-back' });
    expect(play.types).toContain('JourneyEnded');
    expect(careOf(play.state)).toMatchObject({ with: 'host', site: 'residence' });
  });
});

describe('the two hands', () => {
  test('are never one person’s, and each is its own', () => {
    const play = mayLeave();
    expect(play.refuse('escort', give).code).toBe('not-your-command');
    expect(play.refuse('southOfficial', give).code).toBe('not-your-command');
    expect(play.refuse('escort2', take).code).toBe('not-your-command');
    play.take('host', give);
    expect(play.refuse('clinician', give).code).toBe('already-done');
    play.take('escort', take);
    expect(play.refuse('escort', take).code).toBe('already-done');
  });

  test('may be spoken for, with a word why, where one can’t speak', () => {
    const play = mayLeave();
    expect(play.refuse('duty', give)).toEqual({ code: 'note-required', field: 'note' });
    expect(play.take('duty', { ...give, note })).toMatchObject([{ type: 'CareGiven', onBehalf: true }]);
    expect(play.refuse('dispatcher', take)).toEqual({ code: 'note-required', field: 'note' });
    expect(play.take('dispatcher', { ...take, note })[0]).toMatchObject({
      type: 'CareTaken',
      onBehalf: true,
    });
    expect(careOf(play.state).with).toBe('escort');
  });

  test('when one dies before it has spoken, the other’s word stands and somebody is asked', () => {
    const play = mayLeave();
    play.take('host', give);
    play.pass('PT12H');
    expect(careOf(play.state).with).toBe('host');
    expect(hands(play)).toEqual(['take-into-care escorts']);
    play.take('dispatcher', { ...take, note });
    homeAgain(play);
  });
});

describe('a change of escorts on the way', () => {
  const changing = (): CaseInPlay => {
    const play = caseIn('transit');
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
    return play;
  };

  test('passes the child from the one to the other; until then the first is heard of', () => {
    const play = changing();
    expect(hands(play)).toEqual(['give-into-care escorts', 'take-into-care escorts', 'check-in escorts']);
    play.take('escort', { type: 'checkIn' });
    play.take('escort', give);
    play.take('escort2', take);
    expect(play.refuse('escort', { type: 'checkIn' }).code).toBe('not-your-command');
    expect(hands(play)).toEqual(['check-in escorts']);
  });

  test('the dispatcher speaks for one of the two, never for both', () => {
    const play = changing();
    play.take('dispatcher', { ...give, note });
    expect(play.refuse('dispatcher', { ...take, note }).code).toBe('both-hands');
    play.take('escort2', { type: 'checkIn' });
    expect(play.state.journey?.transfer).toBeUndefined();
  });

  test('that is taken back asks nobody for anything', () => {
    const play = changing();
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
    expect(play.state.journey?.transfer).toBeUndefined();
    expect(hands(play)).toEqual(['check-in escorts']);
  });

  test('again before the first change: the child is still with the first', () => {
    const play = mayLeave();
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
    expect(play.state.journey?.transfer).toMatchObject({ from: 'host' });
    play.take('escort2', take);
    expect(careOf(play.state).with).toBe('escort');
  });
});

test('a departure recorded before this was asked leaves the child with the escort at once', () => {
  const play = mayLeave();
  const before = play.events.map((one) =>
    one.event.type === 'Departed'
      ? {
          ...one,
          event: { type: one.event.type, planVersion: one.event.planVersion, planHash: one.event.planHash },
        }
      : one,
  );
  expect(careOf(fold(before))).toMatchObject({ with: 'escort' });
});

test('rules of before, which running processes carry, ask for signs of life of a child that nobody took', () => {
  const { 'take-into-care': _, 'give-into-care': __, ...ladders } = hostingRules.ladders;
  const play = mayLeave();
  play.rules = { ...hostingRules, ladders };
  expect(hands(play)).toEqual(['check-in escorts']);
});
