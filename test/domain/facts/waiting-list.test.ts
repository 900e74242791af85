/** Who gets the next bed, and that nobody waits for ever. */
import fc from 'fast-check';
import { addDuration } from '../../../src/domain/calendar/time';
import {
  countsFrom,
  furthestAhead,
  headStarts,
  inTurn,
  offersOf,
  offerValidFor,
} from '../../../src/domain/facts/waiting-list';
import type { WaitingForBed } from '../../../src/domain/facts/waiting-list';
import { propertyRuns } from '../../support/property-runs';

const start = '2026-03-02T08:00:00.000Z';
const hoursOn = (hours: number): string => addDuration(start, `PT${hours}H`);
const waiting = (id: string, hours: number, change: Partial<WaitingForBed> = {}): WaitingForBed => ({
  ...{ case: id, since: hoursOn(hours), medicallyUrgent: false, siblingsComplete: false },
  ...change,
});
const anyWaiting = (hours: number): fc.Arbitrary<WaitingForBed> =>
  fc.record({
    case: fc.uuid(),
    since: fc.integer({ min: 0, max: hours }).map(hoursOn),
    medicallyUrgent: fc.boolean(),
    siblingsComplete: fc.boolean(),
  });
const cases = (list: readonly WaitingForBed[]): string[] => list.map((one) => one.case);

describe('the waiting list of a site', () => {
  test('has the urgent first, then whole families, then who waits longest', () => {
    const list = [
      waiting('newest', 3),
      waiting('oldest', 1),
      waiting('family', 2, { siblingsComplete: true }),
      waiting('urgent', 4, { medicallyUrgent: true }),
    ];
    expect(cases(inTurn(list))).toEqual(['urgent', 'family', 'oldest', 'newest']);
  });

  test('is the same in whatever order it is read, and loses nobody', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyWaiting(900), { selector: (one) => one.case }), (list) => {
        const turn = inTurn(list);
        expect(inTurn([...list].reverse())).toEqual(turn);
        expect(cases(turn).sort()).toEqual(cases(list).sort());
      }),
      propertyRuns(),
    );
  });

  test('lets nobody pass who asked later than all that presses can make up for', () => {
    const longest = Object.values(headStarts).reduce(addDuration, start);
    expect(addDuration(start, furthestAhead)).toBe(longest);
    fc.assert(
      fc.property(anyWaiting(900), anyWaiting(2_000), (one, later) => {
        const isTooLate = later.since > addDuration(one.since, furthestAhead);
        if (isTooLate) expect(inTurn([later, one])[0]).toBe(one);
        expect(countsFrom(one) <= one.since).toBe(true);
      }),
      propertyRuns(),
    );
  });

  test('starves nobody: one bed a day, and though urgent families come every day, each gets its turn', () => {
    fc.assert(
      fc.property(fc.array(anyWaiting(24), { minLength: 1, maxLength: 12 }), (first) => {
        const plain = waiting('plain', 0);
        let list: WaitingForBed[] = [...first.map((one, at) => ({ ...one, case: `first-${at}` })), plain];
        // As many as there were, and who came within what presses at most: 17 days.
        const mostDays = first.length + 18;
        let day = 0;
        for (; day <= mostDays && list.includes(plain); day += 1) {
          const urgent = { medicallyUrgent: true, siblingsComplete: true };
          list = inTurn([...list, waiting(`day-${day}`, 24 * (day + 1), urgent)]).slice(1);
        }
        expect(list).not.toContain(plain);
      }),
      propertyRuns(),
    );
  });
});

describe('offers of free beds', () => {
  const list = [waiting('first', 0), waiting('second', 1), waiting('third', 2)];
  const offered = (hours: number, ...since: number[]) =>
    offersOf(
      list,
      since.map((at, number) => ({ number: number + 1, since: hoursOn(at) })),
      hoursOn(hours),
    ).map((offer) => [offer.case, offer.number, offer.until]);

  test('go at once to the first in turn, and to the next when they are not taken up', () => {
    expect(offered(10, 10)).toEqual([['first', 1, hoursOn(22)]]);
    expect(offered(21, 10)).toEqual([['first', 1, hoursOn(22)]]);
    expect(offered(22, 10)).toEqual([['second', 1, hoursOn(34)]]);
    expect(offered(34, 10)).toEqual([['third', 1, hoursOn(46)]]);
    // Nobody else waits: it comes round.
    expect(offered(46, 10)).toEqual([['first', 1, hoursOn(58)]]);
  });

  test('are one for each, and begin when somebody waits', () => {
    expect(offered(3, 1, 3)).toEqual([
      ['first', 1, hoursOn(13)],
      ['second', 2, hoursOn(15)],
    ]);
    expect(offered(3, 1, 1, 1, 1).map(([id]) => id)).toEqual(['first', 'second', 'third']);
    expect(offersOf(list, [{ number: 4 }], hoursOn(2))).toEqual([
      { case: 'first', number: 4, until: addDuration(start, offerValidFor) },
    ]);
    expect(offersOf([], [{ number: 1 }], start)).toEqual([]);
  });

  test('are never two for a child, nor two of a bed, and no bed is left while somebody waits', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyWaiting(100), { selector: (one) => one.case }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }),
        (many, since) => {
          const free = since.map((at, number) => ({ number, since: hoursOn(at) }));
          const offers = offersOf(many, free, hoursOn(300));
          expect(new Set(offers.map((offer) => offer.case)).size).toBe(offers.length);
          expect(new Set(offers.map((offer) => offer.number)).size).toBe(offers.length);
          expect(offers).toHaveLength(Math.min(many.length, free.length));
          for (const { until } of offers) expect(until > hoursOn(300)).toBe(true);
        },
      ),
      propertyRuns(),
    );
  });
});
