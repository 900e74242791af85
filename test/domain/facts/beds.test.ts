/** Which beds a site has on which nights. */
import { bedsFor, capacityOn, roomFor, siteDayBegins, siteDayOf } from '../../../src/domain/facts/beds';
import { zoneOffsetsOf } from '../../../src/contracts/zone-offsets';
import type { Site } from '../../../src/domain/model/mechanism';
import { hostingRules } from '../../support/mechanism-rules';

const site: Site = {
  id: 'residence',
  party: 'embassy',
  capacity: 6,
  beds: [
    { id: 'ground', kind: 'accessible', room: 'ground-floor' },
    { id: 'crib', kind: 'cot', room: 'blue' },
    { id: 'blue-1', kind: 'usual', room: 'blue' },
    { id: 'blue-2', kind: 'usual', room: 'blue', opens: '2026-05-01' },
    { id: 'sofa', kind: 'carer', closed: '2026-06-01' },
  ],
  closures: [{ from: '2026-08-01', to: '2026-08-15' }],
};
const open = { from: '2026-07-01' };

describe('the beds of a site', () => {
  test('are as many usual ones as it has room for where it lists none', () =>
    expect(bedsFor({ id: 'inn', party: 'inn', capacity: 3 }, { nights: open })).toEqual([1, 2, 3]));

  test('are given as the child needs them: what few need comes last for the others', () => {
    expect(bedsFor(site, { nights: open, kind: 'usual' })).toEqual([3, 4, 6, 1]);
    expect(bedsFor(site, { nights: open, kind: 'accessible' })).toEqual([1]);
    expect(bedsFor(site, { nights: open, kind: 'cot' })).toEqual([2]);
    expect(bedsFor(site, { nights: { from: '2026-03-02' }, kind: 'carer' })).toEqual([5, 3, 6]);
    expect(bedsFor(site, { nights: open })).toEqual([3, 4, 6, 1, 2]);
    expect(bedsFor({ ...site, capacity: 8 }, { nights: open, kind: 'usual', room: 'blue' })).toEqual([
      3, 4, 6, 7, 8, 1,
    ]);
  });

  test('are there on each night that is asked for', () => {
    const from = (first: string, to?: string) =>
      bedsFor(site, { nights: { from: first, ...(to !== undefined && { to }) }, kind: 'carer' });
    expect(from('2026-05-20', '2026-06-01')[0]).toBe(5);
    expect(from('2026-05-20', '2026-06-02')[0]).toBe(3);
    expect(bedsFor(site, { nights: { from: '2026-04-30' }, kind: 'usual' })).toEqual([3, 6, 1]);
  });

  test('are none on nights on which the site is shut', () => {
    const on = (first: string, to?: string) =>
      bedsFor(site, { nights: { from: first, ...(to !== undefined && { to }) } }).length > 0;
    expect([on('2026-07-31'), on('2026-08-01'), on('2026-08-14'), on('2026-08-15')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([on('2026-07-20', '2026-08-01'), on('2026-07-20', '2026-08-02')]).toEqual([true, false]);
  });

  test('count for children, carers’ beds apart', () =>
    expect(
      ['2026-04-01', '2026-05-01', '2026-08-01', '2026-08-15'].map((date) => capacityOn(site, date)),
    ).toEqual([4, 5, 0, 5]));

  test('of one room are found for a family: the smallest room that does', () => {
    const rooms: Site = {
      ...site,
      beds: ['a', 'a', 'a', 'b', 'b'].map((room, at) => ({ id: `bed-${at}`, kind: 'usual', room })),
    };
    expect(roomFor(rooms, [1, 2, 3, 4, 5, 6], 2)).toBe('b');
    expect(roomFor(rooms, [1, 2, 3, 4, 5, 6], 3)).toBe('a');
    expect(roomFor(rooms, [1, 2, 4, 5, 6], 3)).toBeUndefined();
  });
});

describe('the day at a site', () => {
  const rules = {
    ...hostingRules,
    zones: { 'Europe/Zurich': zoneOffsetsOf('Europe/Zurich'), 'Asia/Qatar': zoneOffsetsOf('Asia/Qatar') },
  };
  test('is that of its own clocks, else of its host’s', () => {
    const at = '2026-03-02T22:30:00.000Z';
    expect(siteDayOf(site, at, rules)).toBe('2026-03-02');
    const there = { ...site, timeZone: 'Asia/Qatar' };
    expect(siteDayOf(there, at, rules)).toBe('2026-03-03');
    expect(siteDayBegins(there, '2026-03-03', rules)).toBe('2026-03-02T21:00:00.000Z');
  });
});
