/** In whose care and where (never-rule 12), and stops that strand nobody (never-rule 13). */
import fc from 'fast-check';
import type { ReturnCase } from '../../../src/domain/model/case';
import { careOf, isOnTheWay } from '../../../src/domain/facts/care';
import { caseIn, legsOf, passOn, shift } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { actorOf } from '../../support/mechanism-rules';
import { propertyRuns } from '../../support/property-runs';
import { homeAgain, owed, ready } from '../plays/returns';
import { playScript, scripts } from '../plays/random-play';

const divert = { type: 'divert', place: 'border', kind: 'turned-back' } as const;
const reach = { type: 'reachSafePoint', place: 'border' } as const;
const withSafePoint = (): CaseInPlay => {
  const play = ready();
  const [first, ...rest] = legsOf(play);
  play.take('dispatcher', { type: 'planLegs', legs: [{ ...first!, safePoint: true }, ...rest] });
  play.take('lead', { type: 'depart' });
  passOn(play);
  return play;
};

describe('in whose care a child is', () => {
  test.each([
    ['intake', { with: 'unknown' }],
    ['tracing', { with: 'unknown' }],
    ['verification', { with: 'present-carer' }],
    ['preparation', { with: 'present-carer' }],
    ['hosting', { with: 'host', site: 'residence' }],
    ['transit', { with: 'escort' }],
    ['handover', { with: 'escort', place: 'home-town' }],
    ['follow-up', { with: 'recipient' }],
  ] as const)('is answered in %s', (stage, care) => {
    const { since, ...told } = careOf(caseIn(stage).state);
    expect(told).toEqual(care);
    expect(since <= caseIn(stage).now).toBe(true);
  });

  test('is where the escort was last heard of, as it happened', () => {
    const play = caseIn('transit');
    play.take('escort', { type: 'checkIn', place: 'station' });
    expect(careOf(play.state)).toMatchObject({ with: 'escort', place: 'station' });
    play.take('escort', { type: 'checkIn' });
    expect(careOf(play.state)).toMatchObject({ place: 'station' });
    play.take('escort', { type: 'completeLeg', leg: 'leg-1' });
    expect(careOf(play.state)).toMatchObject({ place: 'border' });
  });
});

describe('a stop', () => {
  const stops: readonly [string, (play: CaseInPlay) => void][] = [
    ['a hold', (play) => play.take('officer', { type: 'placeHold', hold: 'h', reason: 'legal' })],
    ['a recall', (play) => play.take('southDecider', { type: 'withdrawApproval' })],
    ['a request withdrawn', (play) => play.take('northOfficial', { type: 'withdrawRequest' })],
    ['an emergency', (play) => play.take('escort', { type: 'reportMedicalEmergency' })],
    ['a child found unfit', (play) => play.take('clinician', { type: 'clearMedically', fit: false })],
    ['a pause', (play) => play.take('duty', { type: 'pauseJourney', kind: 'security' })],
    ['papers that lapsed', (play) => play.pass('P90D')],
  ];
  test.each(stops)('keeps nobody from a safe point: %s', (_what, stop) => {
    const play = caseIn('transit');
    stop(play);
    play.take('escort', divert);
    play.take('escort', reach);
    expect(careOf(play.state)).toMatchObject({ with: 'escort', place: 'border', isSafePoint: true });
    // Going on from there is what waits.
    expect(play.state.journey?.paused).toBeDefined();
    expect(play.refuse('escort', { type: 'arrive' }).code).toMatch(/journey-paused|recall-open/);
  });

  test('off the way makes the journey wait, and people are asked whether it goes on', () => {
    const play = withSafePoint();
    play.take('escort', divert);
    expect(play.types.slice(-2)).toEqual(['JourneyPaused', 'Diverted']);
    expect(owed(play)).toContain('resume-journey mediator');
    expect(owed(play)).toContain('check-in escorts');
    play.take('escort', reach);
    play.take('duty', { type: 'resumeJourney' });
    expect(play.state.journey).toMatchObject({ lastPlace: { place: 'border' } });
    expect(play.state.journey?.diverted).toBeUndefined();
    expect(careOf(play.state)).not.toHaveProperty('isSafePoint');
    homeAgain(play);
  });

  test('at a place that the plan does not call safe is taken, and marked', () => {
    const play = withSafePoint();
    play.take('escort', { ...divert, place: 'station' });
    expect(play.state.journey?.diverted).toMatchObject({ place: 'station', unplanned: true });
    expect(play.take('escort', { ...reach, place: 'station' })).toMatchObject([{ unplanned: true }]);
    play.take('escort', divert);
    expect(play.state.journey?.diverted).not.toHaveProperty('unplanned');
    // Where the child is given to its recipient is safe by the plan itself.
    play.take('escort', { ...divert, place: 'home-town' });
    expect(play.state.journey?.diverted).not.toHaveProperty('unplanned');
    expect(play.refuse('escort', { ...divert, place: 'nowhere' }).code).toBe('unknown-place');
  });

  test('is told of this child only by who travels with it, and its sign of life counts from when it happened', () => {
    const play = caseIn('transit');
    const at = shift(play.now, 60_000);
    play.now = shift(play.now, 3_600_000);
    for (const command of [reach, divert])
      expect(play.refuse(actorOf('escort2'), command).code).toBe('not-your-command');
    play.take('escort', { ...divert, at });
    expect(play.state.journey).toMatchObject({ lastSignAt: at, diverted: { since: at } });
    const heard = play.state.journey!.lastSignAt;
    play.take('dispatcher', reach);
    expect(play.state.journey).toMatchObject({ lastSignAt: heard, lastPlace: { place: 'border' } });
  });
});

describe('where a child is, is a fact', () => {
  test.each(['intake', 'tracing', 'verification', 'agreement', 'preparation'] as const)(
    'an arrival at a site is taken in %s, asked for or not',
    (stage) => {
      const play = caseIn(stage);
      play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
      expect(careOf(play.state)).toMatchObject({ with: 'host', site: 'guesthouse' });
      expect(owed(play).some((one) => one.startsWith('write-welfare-note'))).toBe(true);
      expect(play.refuse('duty', { type: 'recordArrival', site: 'guesthouse' }).code).toBe('already-done');
      expect(play.refuse('duty', { type: 'recordArrival', site: 'elsewhere' }).code).toBe('unknown-site');
      play.take('innHost', { type: 'writeWelfareNote', wellbeing: 'well' });
      // To another site: one stay, and the newer.
      play.take('duty', { type: 'recordArrival', site: 'residence' });
      expect(careOf(play.state)).toMatchObject({ site: 'residence' });
    },
  );

  test.each(['transit', 'handover'] as const)('one who is brought to a site from %s is there', (stage) => {
    const play = caseIn(stage);
    play.takeByTwo('duty', 'officer', { type: 'recordArrival', site: 'guesthouse' });
    expect(play.state).toMatchObject({ stage: 'hosting', handover: { confirmedBy: [] } });
    expect(careOf(play.state)).toMatchObject({ with: 'host', site: 'guesthouse' });
    // Going on is the gate’s: another journey, planned and heard anew.
    expect(play.refuse('lead', { type: 'depart' }).blockers).toContainEqual({ blocker: 'legs-missing' });
  });

  test('whose journey is not ended, and who is watched on, by one word alone, or by a stranger’s', () => {
    const play = caseIn('transit');
    const before = { ...play.state.journey };
    play.take('host', { type: 'recordArrival' });
    const { id: proposal } = play.state.proposals!.at(-1)!;
    expect(play.state.journey).toMatchObject(before);
    expect(careOf(play.state)).toMatchObject({ with: 'escort' });
    expect(owed(play)).toContain('check-in escorts');
    expect(play.refuse(actorOf('escort2'), { type: 'confirmProposal', proposal }).code).toBe(
      'not-your-command',
    );
    play.take('escort', { type: 'confirmProposal', proposal });
    expect(careOf(play.state)).toMatchObject({ with: 'host', site: 'residence' });
  });

  test('what worried a host that has the child no longer is the mediator’s to end', () => {
    const play = caseIn('hosting');
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'concern' });
    play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
    expect(owed(play).find((one) => one.startsWith('resolve-concern'))).toMatch(/mediator$/);
  });

  test('a host says it of its own site only', () => {
    const play = caseIn('preparation');
    expect(play.refuse('host', { type: 'recordArrival', site: 'guesthouse' }).code).toBe('not-your-command');
    play.take('host', { type: 'recordArrival' });
    expect(play.state).toMatchObject({ stage: 'hosting', stay: { site: 'residence', status: 'occupied' } });
  });

  test('where no site is asked for and none is named, nothing is guessed', () =>
    expect(caseIn('verification').refuse('duty', { type: 'recordArrival' })).toMatchObject({
      code: 'unknown-site',
      field: 'site',
    }));
});

/** Never-rule 12: who has a duty on the way can always bring the child to a named place, by few words. */
function broughtToAPlace(play: CaseInPlay): ReturnCase {
  const twin = play.fork();
  if (!twin.state.escort) twin.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
  const escort = twin.state.escort!.official === 'escort2' ? 'escort2' : 'escort';
  if (twin.state.stage === 'transit') twin.take(actorOf(escort), reach);
  else twin.take('receiver', { type: 'placeInInterimCare', kind: 'centre', place: 'home-town' });
  return twin.state;
}

test('from whatever happens on the way few words lead to a named place of care', () => {
  let seen = 0;
  fc.assert(
    fc.property(scripts, (script) => {
      playScript(script, (play) => {
        if (!isOnTheWay(play.state) || play.state.stage === 'closed') return;
        seen += 1;
        const care = careOf(broughtToAPlace(play));
        expect('place' in care && care.place).toBeTruthy();
      });
    }),
    propertyRuns(40),
  );
  expect(seen).toBeGreaterThan(20);
});
