/** Steps of a ladder: when each is due, and which are owed after a silence. Never-rule 7. */
import { workingCalendarOf } from '../../../src/contracts/mechanism/hours';
import { nextStepInstantOf, stepInstantOf, stepsDueOf } from '../../../src/domain/obligations/ladder';
import type { Ladder, MechanismRules } from '../../../src/domain/model/mechanism';
import type { Obligation } from '../../../src/domain/obligations/obligations';
import { addDuration } from '../../../src/domain/calendar/time';
import { caseIn } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import { obligationsIn } from '../plays/returns';

const ladder: Ladder = {
  due: 'P30D',
  steps: [
    { after: 'P14D', act: 'remind' },
    { after: 'P21D', act: 'remind' },
    { after: 'P30D', act: 'escalate' },
    { after: 'P60D', act: 'review', to: { kind: 'mediator', roles: ['case-officer'] } },
  ],
  thenEvery: 'P30D',
};
const rules: MechanismRules = {
  ...hostingRules,
  ladders: { ...hostingRules.ladders, 'locate-child': ladder, 'review-hold': ladder },
};
const play = caseIn('tracing', rules);
const [locate] = obligationsIn(play) as [Obligation];
const after = (days: number): string => addDuration(locate.since, `P${days}D`);
const taken = (step: number) => ({ ...play.state, ladderSteps: { [locate.key]: step } });
const due = (days: number, already = 0) =>
  stepsDueOf(taken(already), locate, rules, after(days)).map(({ step, act }) => `${step} ${act}`);

describe('a ladder', () => {
  test.each([
    [1, 14],
    [2, 21],
    [3, 30],
    [4, 60],
    [5, 90],
    [6, 120],
    [15, 390],
  ])('has step %i on day %i', (step, day) => expect(stepInstantOf(locate, step, rules)).toBe(after(day)));

  test.each([
    [13, 0, []],
    [14, 0, ['1 remind']],
    [14, 1, []],
    [21, 1, ['2 remind']],
    [30, 2, ['3 escalate']],
    [60, 3, ['4 review']],
    [89, 4, []],
    [90, 4, ['5 remind']],
    [120, 5, ['6 remind']],
  ])('on day %i with %i steps taken owes %j', (day, already, steps) =>
    expect(due(day, already)).toEqual(steps),
  );

  test('is due at its very instant, and not a moment before', () => {
    const instant = stepInstantOf(locate, 1, rules);
    const before = new Date(Date.parse(instant) - 1).toISOString();
    expect(stepsDueOf(taken(0), locate, rules, before)).toEqual([]);
    expect(stepsDueOf(taken(0), locate, rules, instant)).toHaveLength(1);
    expect(nextStepInstantOf(taken(0), locate, rules, before)).toBe(instant);
  });

  test('after a year of silence owes one step of each kind, not fourteen', () => {
    expect(due(366)).toEqual(['3 escalate', '4 review', '14 remind']);
    expect(due(366, 14)).toEqual([]);
    expect(due(30)).toEqual(['2 remind', '3 escalate']);
  });

  test('reminds the owner, escalates to the lead, and sends where a step says so', () => {
    const offices = stepsDueOf(taken(0), locate, rules, after(366)).map(({ party, office }) => [
      party,
      office.kind,
      ...office.roles,
    ]);
    expect(offices).toEqual([
      ['mediator', 'mediator', 'lead'],
      ['mediator', 'mediator', 'case-officer'],
      ['south', 'holding', 'official', 'decider'],
    ]);
  });

  test('without steps only repeats', () => {
    const bare = { ...rules, ladders: { ...rules.ladders, 'locate-child': { ...ladder, steps: [] } } };
    expect(stepsDueOf(taken(0), locate, bare, after(29))).toEqual([]);
    expect(stepsDueOf(taken(0), locate, bare, after(30))).toHaveLength(1);
  });

  test('counts from the due instant where the case itself gives that', () => {
    const held = play.fork();
    held.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
    const hold = obligationsIn(held).find(({ kind }) => kind === 'review-hold')!;
    expect(hold.due > hold.since).toBe(true);
    expect(stepInstantOf(hold, 1, rules)).toBe(addDuration(hold.due, 'P14D'));
  });
});

describe('time alone', () => {
  test('takes every step once, however often somebody looks', () => {
    const watched = caseIn('tracing', rules);
    for (let day = 0; day < 130; day += 1) watched.sleep('P1D');
    const steps = watched.events.flatMap(({ event }) =>
      event.type === 'LadderStepTaken' && event.kind === 'locate-child' ? [event.step] : [],
    );
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a met obligation is reminded of no more', () => {
    const met = caseIn('tracing', rules);
    met.take('southOfficial', { type: 'reportWhereabouts', evidence: [] });
    met.pass('P100D');
    expect(
      met.events.some(({ event }) => event.type === 'LadderStepTaken' && event.kind === 'locate-child'),
    ).toBe(false);
  });
});

describe('a ladder of working days', () => {
  const swiss = workingCalendarOf(
    { weekend: ['saturday', 'sunday'], workingHours: { from: '08:00', to: '17:00' }, holidays: [] },
    'Europe/Zurich',
  );
  const counted: MechanismRules = {
    ...rules,
    parties: rules.parties.map((party) => (party.id === 'south' ? { ...party, calendar: swiss } : party)),
    ladders: {
      ...rules.ladders,
      'locate-child': {
        due: '3 working days',
        steps: [
          { after: '3 working days', act: 'remind' },
          { after: 'P4D', act: 'escalate' },
        ],
        thenEvery: '2 working days',
      },
    },
  };
  // A Thursday.
  const owed: Obligation = { ...locate, since: '2026-03-05T10:00:00.000Z' };

  test.each([
    [1, '2026-03-10T16:00:00.000Z'], // Friday, Monday, Tuesday at five
    [2, '2026-03-10T16:00:00.000Z'], // four days are over on Monday: not before the step above it
    [3, '2026-03-12T16:00:00.000Z'],
    [4, '2026-03-16T16:00:00.000Z'],
    [12, '2026-04-07T15:00:00.000Z'], // in summer time
  ])('has step %i at %s', (step, at) => expect(stepInstantOf(owed, step, counted)).toBe(at));

  test('counts what is due after a year as it would have day by day', () => {
    const [last] = stepsDueOf(taken(2), owed, counted, '2027-03-10T16:00:00.000Z');
    expect(stepInstantOf(owed, last!.step, counted) <= '2027-03-10T16:00:00.000Z').toBe(true);
    expect(stepInstantOf(owed, last!.step + 1, counted) > '2027-03-10T16:00:00.000Z').toBe(true);
  });

  test('counts in the calendar of who owes it: for another party every day is one', () => {
    const north = { ...owed, party: 'north' };
    expect(stepInstantOf(north, 1, counted)).toBe('2026-03-08T10:00:00.000Z');
    expect(stepInstantOf(north, 4, counted)).toBe('2026-03-13T10:00:00.000Z');
  });
});
