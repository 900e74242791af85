/** The choice of who travels is the best there is, held against all choices; and nobody is passed over in silence. */
import fc from 'fast-check';
import { candidatesOf } from '../../../src/domain/group/candidates';
import { chosen } from '../../../src/domain/group/choosing';
import type { Load, Room } from '../../../src/domain/group/choosing';
import type { MemberStatus } from '../../../src/domain/group/member';
import { GroupInPlay, readyChild } from '../../support/group-play';

interface Numbered extends Load {
  readonly turn: number;
}
const load = fc
  .record({
    perEscort: fc.array(fc.constantFrom(0, 1, 2, 5), { minLength: 1, maxLength: 4 }),
    isUrgent: fc.boolean(),
  })
  .map((each) => ({ ...each, size: each.perEscort.length }));
const room = fc.record(
  { seats: fc.integer({ min: 1, max: 12 }), escorts: fc.integer({ min: 1, max: 4 }) },
  { requiredKeys: [] },
);

const sizeOf = (loads: readonly Load[]): number => loads.reduce((sum, { size }) => sum + size, 0);
const fits = (loads: readonly Load[], { seats = Infinity, escorts = Infinity }: Room): boolean =>
  sizeOf(loads) <= seats &&
  // In tenths, which fifths and halves are.
  loads.flatMap(({ perEscort }) => perEscort).reduce((sum, n) => sum + (n && 10 / n), 0) <= escorts * 10;
const worth = (loads: readonly Numbered[]): [number, number, number] => [
  sizeOf(loads.filter(({ isUrgent }) => isUrgent)),
  sizeOf(loads),
  -loads.reduce((sum, { size, turn }) => sum + size * turn, 0),
];
const all = <Item>(items: readonly Item[]): Item[][] =>
  items.reduce<Item[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);

it('is the best of all choices that have room: the urgent, then the most, then the first in turn', () => {
  fc.assert(
    fc.property(fc.array(load, { maxLength: 8 }), room, (drawn, bounds) => {
      const loads = drawn.map((each, turn) => ({ ...each, turn }));
      const found = chosen(loads, bounds);
      expect(fits(found, bounds)).toBe(true);
      expect(found.map(({ turn }) => turn)).toEqual([...found].map(({ turn }) => turn).sort((a, b) => a - b));
      const best = all(loads)
        .filter((some) => fits(some, bounds))
        .map(worth)
        .sort((one, other) => other[0] - one[0] || other[1] - one[1] || other[2] - one[2])[0];
      expect(worth(found)).toEqual(best);
    }),
    { numRuns: 400 },
  );
});

const template = [...new GroupInPlay(new Map([['CHDA-0001', readyChild('CHDA-0001')]])).cases.values()][0]!
  .status;
const now = '2027-03-01T08:00:00.000Z';
const day = (number: number): string => `2027-03-${String(number).padStart(2, '0')}`;
const drawnFamily = fc.record({ size: fc.integer({ min: 1, max: 4 }), from: fc.nat(60), length: fc.nat(20) });

it('puts every child on a list or says why not, whatever the windows, seats and escorts', () => {
  fc.assert(
    fc.property(
      fc.array(drawnFamily, { maxLength: 10 }),
      room,
      fc.integer({ min: 1, max: 3 }),
      (drawn, bounds, lists) => {
        const members = new Map<string, MemberStatus>();
        for (const [index, { size, from, length }] of drawn.entries()) {
          const ids = Array.from({ length: size }, (_, at) => `F${index}-${at}`);
          const window = {
            from: from < 30 ? day(from + 1) : `2027-06-${String(from - 29).padStart(2, '0')}`,
            to: from < 30 ? day(Math.min(31, from + 1 + length)) : '2027-07-01',
          };
          for (const id of ids)
            members.set(id, {
              ...template,
              ...{
                case: id,
                isAgreed: true,
                window,
                siblings: ids.filter((other) => other !== id),
                perEscort: 5,
              },
            });
        }
        const statuses = new Map(
          [...members].map(([id, { approvedUntil: _ends, group: _none, ...rest }]) => [id, rest]),
        );
        const found = candidatesOf(statuses, { now, days: 40, lists, ...bounds });
        const listed = new Set(found.lists.flatMap(({ members: on }) => on.map((each) => each.case)));
        const apart = found.apart.map((each) => each.case);
        expect(new Set(apart).size).toBe(apart.length);
        expect([...listed, ...apart].sort()).toEqual([...statuses.keys()].sort());
        for (const list of found.lists) {
          expect(list.members.length).toBeLessThanOrEqual(bounds.seats ?? Infinity);
          expect(list.escorts).toBeLessThanOrEqual(bounds.escorts ?? Infinity);
        }
      },
    ),
    { numRuns: 200 },
  );
});

it('takes two families of two before one of three where four have room, and says of all others why not', () => {
  const status = (id: string, ...siblings: string[]): [string, MemberStatus] => [
    id,
    { ...template, ...{ case: id, siblings, window: { from: day(1), to: day(20) } } },
  ];
  const late: [string, MemberStatus] = [
    'L',
    { ...template, case: 'L', window: { from: '2027-11-01', to: '2027-12-01' } },
  ];
  const members = new Map(
    [
      ...[status('A1', 'A2', 'A3'), status('A2', 'A1', 'A3'), status('A3', 'A1', 'A2')],
      ...[status('B1', 'B2'), status('B2', 'B1'), status('C1', 'C2'), status('C2', 'C1'), late],
    ].map(([id, { approvedUntil: _ends, ...rest }]) => [id, rest] as const),
  );
  const found = candidatesOf(members, { now, days: 30, lists: 5, seats: 4 });
  expect(found.lists.map((list) => list.members.map((each) => each.case))).toEqual([
    ['B1', 'B2', 'C1', 'C2'],
  ]);
  expect(found.apart.map(({ case: id, why }) => [id, why])).toEqual([
    ...['A1', 'A2', 'A3'].map((id) => [id, 'no-room']),
    ['L', 'not-yet'],
  ]);
});
