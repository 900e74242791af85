/** Safe conduct: each deciding side says that it will not stop the child, for places and hours; a word taken back strands nobody. */
import type { Command, CommandOf } from '../../../src/domain/model/commands';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { modalities } from '../../../src/domain/model/plan';
import { eventReaders } from '../../../src/domain/readers/event-readers';
import { noticesOf } from '../../../src/domain/obligations/notices';
import { nextInstantOf } from '../../../src/domain/obligations/schedule';
import { evolve } from '../../../src/domain/evolve/evolve';
import { awaitWindow, caseIn, makeReady, noteVerbale, shift, steps, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, passageRules } from '../../support/mechanism-rules';
import { owed } from '../plays/returns';

const hour = 3_600_000;
const asking: MechanismRules = { ...hostingRules, safeConduct: { asked: true } };

function readyUnder(rules: MechanismRules, terms: Parameters<typeof termsOf>[1] = {}): CaseInPlay {
  const play = caseIn('agreement', rules);
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, terms) });
  steps.agreement(play);
  if (rules.sites.length > 0) steps.preparation(play);
  play.runEffects();
  makeReady(play);
  awaitWindow(play);
  return play;
}
/** For all legs, an hour more on either side. */
const grant = (
  { state }: CaseInPlay,
  change: Partial<CommandOf<'grantSafeConduct'>> = {},
): CommandOf<'grantSafeConduct'> => ({
  type: 'grantSafeConduct',
  legs: state.legs.map(({ id }) => id),
  opens: shift(state.legs[0]!.departAt, -hour),
  until: shift(state.legs.at(-1)!.arriveAt, hour),
  ...change,
});
const lacking = ({ state, rules, now }: CaseInPlay): string[] =>
  gateBlockersOf(state, rules, now).map(({ blocker, subject }) =>
    blocker === 'safe-conduct-missing' ? (subject ?? '') : blocker,
  );
const owing = (play: CaseInPlay): string[] =>
  owed(play).filter((each) => each.startsWith('grant-safe-conduct'));
const ready = readyUnder(asking);
const granted = (): CaseInPlay => {
  const play = ready.fork();
  for (const side of ['northDecider', 'southDecider'] as const) play.take(side, grant(play));
  return play;
};

describe('a departure', () => {
  test('waits for the safe conduct of each deciding side on each leg, and for nobody else', () => {
    const play = ready.fork();
    expect(lacking(play)).toEqual(['north:leg-1', 'north:leg-2', 'south:leg-1', 'south:leg-2']);
    expect(owing(play)).toEqual(['grant-safe-conduct north', 'grant-safe-conduct south']);
    play.take('northDecider', grant(play));
    play.take('southDecider', grant(play, { legs: ['leg-1'] }));
    expect(lacking(play)).toEqual(['south:leg-2']);
    expect(play.refuse('lead', { type: 'depart' }).code).toBe('gate-closed');
    play.take('southDecider', grant(play, { legs: ['leg-2'] }));
    expect(lacking(play)).toEqual([]);
    expect(owing(play)).toEqual([]);
    play.take('lead', { type: 'depart' });
  });

  test('under rules that do not ask waits for none, and a grant is taken all the same', () => {
    for (const rules of [hostingRules, { ...hostingRules, safeConduct: { asked: false } }]) {
      const play = readyUnder(rules);
      expect(lacking(play)).toEqual([]);
      expect(owing(play)).toEqual([]);
      play.take('southDecider', grant(play));
      play.take('lead', { type: 'depart' });
    }
  });

  test.each(modalities)('by %s waits where the rules name that modality', (modality) => {
    const rules = { ...hostingRules, safeConduct: { asked: [modality] } };
    for (const by of modalities)
      expect(lacking(readyUnder(rules, { modality: by })).length > 0).toBe(by === modality);
  });

  test('waits for a state of passage, too', () => {
    expect(lacking(readyUnder({ ...passageRules, safeConduct: { asked: true } }))).toContain(
      'transit-land:leg-2',
    );
  });

  test.each<[string, Partial<CommandOf<'grantSafeConduct'>>]>([
    ['begins after the leg', { opens: shift(ready.state.legs[0]!.departAt, 1) }],
    ['ends before the leg', { until: shift(ready.state.legs.at(-1)!.arriveAt, -1) }],
  ])('lacks one that %s by a millisecond', (_what, change) => {
    const play = granted();
    play.take('southDecider', grant(play, change));
    expect(lacking(play)).toHaveLength(1);
  });

  test('rules without a ladder for it block, and ask nobody', () => {
    const { 'grant-safe-conduct': _, ...ladders } = asking.ladders;
    const play = readyUnder({ ...asking, ladders });
    expect(lacking(play)).not.toEqual([]);
    expect(owing(play)).toEqual([]);
  });
});

describe('a safe conduct', () => {
  test.each<[string, (play: CaseInPlay) => Partial<CommandOf<'grantSafeConduct'>>, string]>([
    ['no leg', () => ({ legs: [] }), 'unknown-leg'],
    ['a leg that is not planned', () => ({ legs: ['leg-1', 'leg-7'] }), 'unknown-leg'],
    ['hours that end before they begin', ({ now }) => ({ opens: now, until: now }), 'window-inverted'],
    ['hours of the past', ({ now }) => ({ opens: shift(now, -hour), until: now }), 'date-past'],
  ])('is refused for %s', (_what, change, code) => {
    const play = ready.fork();
    expect(play.refuse('southDecider', grant(play, change(play))).code).toBe(code);
  });

  test('is asked for anew for other hours or another route, and stands for legs that only have another name', () => {
    const play = granted();
    const planned = play.state.legs;
    play.take('dispatcher', { type: 'planLegs', legs: planned.map((leg) => ({ ...leg, id: `${leg.id}b` })) });
    expect(lacking(play)).toEqual([]);
    const [first, second] = [planned[0]!, planned[1]!];
    const later = { ...second, arriveAt: shift(second.arriveAt, 2 * hour) };
    play.take('dispatcher', { type: 'planLegs', legs: [first, later] });
    expect(lacking(play)).toEqual(['north:leg-2', 'south:leg-2']);
    expect(owing(play)).toHaveLength(2);
    play.take('dispatcher', { type: 'planLegs', legs: [{ ...first, to: 'home-town' }] });
    expect(lacking(play)).toEqual(['north:leg-1', 'south:leg-1']);
  });

  test('lapses by its own time: the process wakes, says so, and the side is asked again', () => {
    const play = ready.fork();
    const until = shift(play.now, 20 * 60_000);
    play.take('southDecider', grant(play, { opens: shift(play.now, -hour), until }));
    expect(nextInstantOf(play.state, play.rules, play.now)! <= until).toBe(true);
    play.now = until;
    play.take('system', { type: 'observeTime' });
    expect(play.types).toContain('SafeConductLapsed');
    expect(play.state.safeConducts).toEqual([]);
    expect(owing(play)).toContain('grant-safe-conduct south');
  });

  test('counts until the instant at which it ends, and at that instant no more, whoever has noticed it', () => {
    const { state, rules } = granted();
    const { until } = state.safeConducts![0]!;
    const missingAt = (at: string): number =>
      gateBlockersOf(state, rules, at).filter(({ blocker }) => blocker === 'safe-conduct-missing').length;
    expect(missingAt(shift(until, -1))).toBe(0);
    expect(missingAt(until)).toBe(4);
  });

  test('is over with the plan', () => {
    const play = granted();
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { modality: 'air' }) });
    expect(play.state.safeConducts).toEqual([]);
  });

  test('of another side is nobody’s to withdraw', () => {
    const play = granted();
    play.take('southDecider', { type: 'withdrawSafeConduct' });
    expect(lacking(play)).toEqual(['south:leg-1', 'south:leg-2']);
    expect(owing(play)).toEqual(['grant-safe-conduct south']);
  });

  test('is read by who has the child, and not by observers', () => {
    for (const type of ['SafeConductGranted', 'SafeConductWithdrawn', 'SafeConductLapsed'] as const) {
      expect(eventReaders[type]).toEqual(expect.arrayContaining(['escort', 'host', 'holding']));
      expect(eventReaders[type]).not.toContain('observer');
    }
  });
});

describe('withdrawn on the way', () => {
  const withdrawn = (): CaseInPlay => {
    const play = granted();
    play.take('lead', { type: 'depart' });
    play.take('escort', { type: 'takeIntoCare' });
    play.take('southDecider', { type: 'withdrawSafeConduct' });
    return play;
  };

  test('it is news at once for the mediator’s people on duty and for who is on the road', () => {
    const play = withdrawn();
    const last = play.events.findLast(({ event }) => event.type === 'SafeConductWithdrawn')!;
    const after = play.events
      .filter(({ version }) => version <= last.version)
      .reduce<typeof play.state | undefined>(evolve, undefined)!;
    expect(
      noticesOf(last, after, play.rules).map(({ kind, party, roles, safety }) => ({
        kind,
        party,
        safety,
        to: roles.join(),
      })),
    ).toEqual([
      {
        kind: 'safe-conduct-withdrawn',
        party: 'mediator',
        safety: true,
        to: 'case-officer,lead,duty-officer',
      },
      {
        kind: 'safe-conduct-withdrawn',
        party: 'escorts',
        safety: true,
        to: 'escort,dispatcher,duty-officer',
      },
    ]);
  });

  test('it stops nobody: the journey goes on to a safe point and to its end', () => {
    const onward: readonly Command[] = [
      { type: 'checkIn' },
      { type: 'completeLeg', leg: 'leg-1' },
      { type: 'completeLeg', leg: 'leg-2' },
      { type: 'arrive' },
    ];
    const play = withdrawn();
    expect(play.state.journey?.paused).toBeUndefined();
    for (const command of onward) play.take('escort', command);
    expect(play.state.stage).toBe('handover');
  });

  test('the side is asked again for what lies ahead, and for nothing that is behind', () => {
    const play = withdrawn();
    expect(owing(play)).toEqual(['grant-safe-conduct south']);
    play.take('escort', { type: 'completeLeg', leg: 'leg-1' });
    play.take('southDecider', grant(play, { legs: ['leg-2'] }));
    expect(owing(play)).toEqual([]);
  });
});

describe('by note', () => {
  const relayed = (
    play: CaseInPlay,
    decision: CommandOf<'relayDecision'>['decision'],
    relay = 'relay-9',
  ): CommandOf<'relayDecision'> => ({
    type: 'relayDecision',
    ...{ relay, party: 'south', decision, source: noteVerbale(play) },
  });
  const note = (play: CaseInPlay) => {
    const { type: _, ...granted } = grant(play);
    return { act: 'grant-safe-conduct', ...granted } as const;
  };
  const confirmed = (): CaseInPlay => {
    const play = ready.fork();
    play.take('officer', relayed(play, note(play)));
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-9' });
    return play;
  };

  test('it counts once a second mediator has confirmed it, and ends when the side repudiates it', () => {
    const play = ready.fork();
    play.take('officer', relayed(play, note(play)));
    expect(lacking(play)).toContain('south:leg-1');
    expect(play.refuse('officer', { type: 'confirmRelay', relay: 'relay-9' }).code).toBe('own-relay');
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-9' });
    expect(lacking(play)).toEqual(['north:leg-1', 'north:leg-2']);
    play.take('southDecider', { type: 'repudiateRelay', relay: 'relay-9' });
    expect(lacking(play)).toContain('south:leg-1');
  });

  test('a withdrawal counts as soon as one mediator enters it', () => {
    const play = confirmed();
    play.take('officer', relayed(play, { act: 'withdraw-safe-conduct' }, 'relay-10'));
    expect(lacking(play)).toContain('south:leg-2');
    expect(play.state.safeConducts).toEqual([]);
  });

  test('it does not undo what the side itself said since, nor that day', () => {
    const play = ready.fork();
    play.take('officer', relayed(play, note(play)));
    play.take('southDecider', { type: 'withdrawSafeConduct' });
    expect(play.refuse('officer2', { type: 'confirmRelay', relay: 'relay-9' }).code).toBe('stale-version');
    expect(play.refuse('officer', relayed(play, note(play), 'relay-10')).code).toBe('relay-predates');
  });

  test('is the approval of nothing: a side’s decision on the plan stands beside it', () => {
    const play = confirmed();
    expect(play.state.decisions.south).toBe(ready.state.decisions.south);
    play.take('officer', relayed(play, { act: 'withdraw-safe-conduct' }, 'relay-10'));
    expect(play.state.decisions.south?.act).toBe('approve');
  });

  test('it is refused of a side that may not be relayed', () => {
    const play = ready.fork();
    const ofNorth = { ...relayed(play, note(play)), party: 'north' };
    expect(play.refuse('officer', ofNorth).code).toBe('relay-not-allowed');
  });
});
