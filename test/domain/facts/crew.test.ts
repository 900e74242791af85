/** Who and what must travel along: the gate asks for whatever plan, clearance and age call for, and for nothing more. */
import { travelNeeds } from '../../../src/domain/model/commands';
import type { CommandOf, TravelNeed } from '../../../src/domain/model/commands';
import type { DossierFacts } from '../../../src/domain/model/dossier-facts';
import { companions } from '../../../src/domain/model/plan';
import type { Companion } from '../../../src/domain/model/plan';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { blockersFor } from '../../../src/domain/readers/blocker-readers';
import { eventReaders } from '../../../src/domain/readers/event-readers';
import { awaitWindow, caseIn, daysAfter, makeReady, passOn, steps, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, passageRules } from '../../support/mechanism-rules';
import { homeAgain, owed } from '../plays/returns';

interface Child {
  readonly companions?: readonly Companion[];
  readonly needs?: readonly TravelNeed[];
  /** Days since the sixth birthday, on the day on which its escort is assigned. */
  readonly pastSix?: number;
}
const aged = ({ dossier, now }: CaseInPlay, pastSix: number): DossierFacts => {
  const sixth = daysAfter(now, -pastSix);
  return { ...dossier, ofAgeOn: `${Number(sixth.slice(0, 4)) + 12}${sixth.slice(4)}` };
};
/** Ready, but for its crew. */
function readyFor(
  { companions: named = ['escort'], needs, pastSix }: Child,
  rules = hostingRules,
): CaseInPlay {
  const play = caseIn('agreement', rules);
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, { companions: named }) });
  steps.agreement(play);
  if (rules.sites.length > 0) steps.preparation(play);
  play.runEffects();
  if (pastSix !== undefined) {
    const { dossier } = play;
    play.dossier = aged(play, pastSix);
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
    // How it is heard at its age is another rule.
    play.dossier = dossier;
  }
  makeReady(play);
  if (needs) play.take('clinician', { ...fit(play), needs });
  awaitWindow(play);
  return play;
}
const fit = (play: CaseInPlay) =>
  ({ type: 'clearMedically', fit: true, validUntil: daysAfter(play.now, 60) }) as const;
const crew = (
  has: readonly TravelNeed[],
  [children, escorts]: readonly [number, number] = [1, 1],
): CommandOf<'confirmCrew'> => ({ type: 'confirmCrew', has, escorts, children });
const missing = ({ state, rules, now }: CaseInPlay): (string | undefined)[] =>
  gateBlockersOf(state, rules, now).map(({ blocker, subject }) =>
    blocker === 'crew-missing' ? subject : blocker,
  );
const owesCrew = (play: CaseInPlay): boolean => owed(play).includes('confirm-crew escorts');

describe('a plan', () => {
  const calls: Readonly<Record<Companion, readonly string[]>> = {
    escort: [],
    sibling: [],
    medic: ['medic'],
    guardian: ['companion'],
    recipient: ['companion'],
  };
  test.each(companions.map((companion) => [companion, calls[companion]] as const))(
    'that names %s along calls for %j',
    (companion, called) => {
      const play = readyFor({ companions: ['escort', companion] }, passageRules);
      expect(missing(play)).toEqual(called);
      expect(owesCrew(play)).toBe(called.length > 0);
    },
  );

  test('with a medic departs with the medic, not without', () => {
    const play = readyFor({ companions: ['escort', 'medic'] });
    expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([
      { blocker: 'crew-missing', subject: 'medic' },
    ]);
    play.take('dispatcher', crew(['oxygen']));
    expect(missing(play)).toEqual(['medic']);
    expect(owesCrew(play)).toBe(true);
    play.take('dispatcher', crew(['medic']));
    expect(owesCrew(play)).toBe(false);
    play.take('lead', { type: 'depart' });
    passOn(play);
    homeAgain(play);
  });
});

describe('what the child needs on the way', () => {
  test.each(travelNeeds)('is asked of the crew: %s', (need) => {
    const play = readyFor({ needs: [need] });
    expect(missing(play)).toEqual([need, 'escort-ratio']);
    expect(owesCrew(play)).toBe(true);
    play.take('dispatcher', crew(travelNeeds.filter((each) => each !== need)));
    expect(missing(play)).toEqual([need]);
    play.take('dispatcher', crew([need]));
    expect(missing(play)).toEqual([]);
  });

  test('is as whoever cleared it last says, each once', () => {
    const play = readyFor({ needs: ['oxygen', 'medic', 'oxygen'] });
    expect(play.state.medical.clearance?.needs).toEqual(['medic', 'oxygen']);
    play.take('dispatcher', crew(['oxygen', 'medic', 'medic']));
    expect(play.state.escort?.crew).toMatchObject({ has: ['medic', 'oxygen'], escorts: 1, children: 1 });
    play.take('clinician', { ...fit(play), needs: ['stretcher'] });
    expect(missing(play)).toEqual(['stretcher']);
    play.take('clinician', { ...fit(play), needs: [] });
    expect(missing(play)).toEqual([]);
    expect(play.state.medical.clearance).not.toHaveProperty('needs');
  });
});

describe('escorts for the children who travel together', () => {
  test.each<
    readonly [who: string, child: Child, enough: readonly [number, number][], few: [number, number][]]
  >([
    [
      'a usual child',
      {},
      [
        [1, 1],
        [5, 1],
        [6, 2],
      ],
      [
        [6, 1],
        [11, 2],
      ],
    ],
    ['one on its sixth birthday', { pastSix: 0 }, [[5, 1]], [[6, 1]]],
    [
      'one on the day before',
      { pastSix: -1 },
      [
        [1, 1],
        [2, 1],
        [4, 2],
      ],
      [
        [3, 1],
        [5, 2],
      ],
    ],
    [
      'one with needs',
      { needs: ['medicine'] },
      [
        [1, 1],
        [2, 2],
      ],
      [
        [2, 1],
        [3, 2],
      ],
    ],
    ['a small one with needs', { pastSix: -1, needs: ['medicine'] }, [[1, 1]], [[2, 1]]],
  ])('are enough for %s by the ratio', (_who, child, enough, few) => {
    const play = readyFor(child);
    for (const counts of enough) {
      play.take('dispatcher', crew(['medicine'], counts));
      expect([counts, missing(play)]).toEqual([counts, []]);
    }
    for (const counts of few) {
      play.take('dispatcher', crew(['medicine'], counts));
      expect([counts, missing(play)]).toEqual([counts, ['escort-ratio']]);
      expect(owesCrew(play)).toBe(true);
    }
  });

  test('are as many as the mechanism says', () => {
    const rules = { ...hostingRules, escortRatio: { usual: 3, underSix: 3, withNeeds: 2 } };
    const play = readyFor({ pastSix: -1 }, rules);
    expect(missing(play)).toEqual([]);
    play.take('dispatcher', crew([], [4, 1]));
    expect(missing(play)).toEqual(['escort-ratio']);
  });

  test('are as usual under rules that do not say', () => {
    const { escortRatio: _, ...silent } = hostingRules;
    const play = readyFor({ pastSix: -1 }, silent);
    play.take('dispatcher', crew([], [2, 1]));
    expect(missing(play)).toEqual([]);
    play.take('dispatcher', crew([], [3, 1]));
    expect(missing(play)).toEqual(['escort-ratio']);
  });

  test('are not asked about a child whose birth date nobody knows', () => {
    expect(missing(readyFor({}))).toEqual([]);
  });
});

describe('a crew', () => {
  test('is owed for a small child, and for one of whom nothing more is asked not', () => {
    expect(owesCrew(readyFor({ pastSix: -1 }))).toBe(true);
    expect(owesCrew(readyFor({ pastSix: 30 }))).toBe(false);
  });

  test('is asked for by no rules of before', () => {
    const { 'confirm-crew': _, ...ladders } = hostingRules.ladders;
    const play = readyFor(
      { companions: ['escort', 'medic'], needs: ['oxygen'], pastSix: -1 },
      { ...hostingRules, ladders },
    );
    expect(missing(play)).toEqual([]);
    expect(owesCrew(play)).toBe(false);
    expect(play.state.escort).not.toHaveProperty('perEscort');
    play.take('lead', { type: 'depart' });
  });

  test('is that of its escort: another confirms anew', () => {
    const play = readyFor({ companions: ['escort', 'medic'], pastSix: -1 });
    play.take('dispatcher', crew(['medic']));
    expect(missing(play)).toEqual([]);
    play.dossier = aged(play, -90);
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
    expect(missing(play)).toEqual(['medic', 'escort-ratio']);
    play.take('dispatcher', crew(['medic']));
    play.take('system', { type: 'noteSubstitution', official: 'escort2', party: 'escorts', by: 'escort' });
    expect(play.state.escort?.official).toBe('escort');
    expect(missing(play)).toEqual(['medic', 'escort-ratio']);
  });

  test('is that of its plan, and of its journey', () => {
    const play = readyFor({ companions: ['escort', 'medic'] });
    play.take('dispatcher', crew(['medic']));
    const back = play.fork();
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { companions: ['escort', 'medic'] }) });
    expect(play.state.escort).toBeUndefined();
    back.take('lead', { type: 'depart' });
    passOn(back);
    expect(back.state.escort?.crew).toBeDefined();
    back.takeByTwo('duty', 'lead', { type: 'recordArrival', site: 'residence' });
    expect(back.state.escort).toMatchObject({ official: 'escort' });
    expect(back.state.escort).not.toHaveProperty('crew');
    expect(missing(back)).toContain('medic');
  });

  test('is read by whoever takes the child on; what it lacks, by those who have the child and the sides', () => {
    expect(eventReaders.CrewConfirmed).toContain('receiving');
    const lacking = [{ blocker: 'crew-missing', subject: 'oxygen' }] as const;
    for (const kind of ['escort', 'host', 'mediator'] as const)
      expect(blockersFor(kind, lacking)).toEqual(lacking);
    for (const kind of ['receiving', 'observer'] as const) expect(blockersFor(kind, lacking)).toEqual([]);
  });

  test('has an escort first', () => {
    const play = caseIn('preparation');
    expect(play.refuse('dispatcher', crew([])).code).toBe('escort-unassigned');
  });
});
