/** Durations and dates as the rules count them. */
import {
  addDuration,
  dateOf,
  earliest,
  isDuration,
  millisecondsBetween,
} from '../../../src/domain/calendar/time';

describe('a duration', () => {
  test.each([
    'P1Y',
    'P6M',
    'P1W',
    'P30D',
    'PT48H',
    'PT15M',
    'PT1.5S',
    'PT0S',
    'P1Y2M3W4DT5H6M7.123S',
    'P1W2D',
  ])('%s is one', (text) => expect(isDuration(text)).toBe(true));
  test.each([
    '',
    'P',
    'PT',
    'P1DT',
    '1D',
    'p1d',
    'P-1D',
    '-P1D',
    'P1.5D',
    'PT1H30',
    'PT1.2345S',
    'PT1S1M',
    'P1D ',
    'P1H',
  ])('“%s” is none, and adding it is an error', (text) => {
    expect(isDuration(text)).toBe(false);
    expect(() => addDuration('2026-01-01T00:00:00.000Z', text)).toThrow(RangeError);
  });

  test.each([
    ['2026-01-31T10:00:00.000Z', 'P1M', '2026-02-28T10:00:00.000Z'],
    ['2028-01-31T10:00:00.000Z', 'P1M', '2028-02-29T10:00:00.000Z'],
    ['2026-08-31T00:00:00.000Z', 'P6M', '2027-02-28T00:00:00.000Z'],
    ['2026-10-31T23:59:59.999Z', 'P1M', '2026-11-30T23:59:59.999Z'],
    ['2028-02-29T12:00:00.000Z', 'P1Y', '2029-02-28T12:00:00.000Z'],
    ['2026-12-15T12:00:00.000Z', 'P1M', '2027-01-15T12:00:00.000Z'],
    ['2026-01-31T00:00:00.000Z', 'P1M1D', '2026-03-01T00:00:00.000Z'],
    ['2026-01-01T00:00:00.000Z', 'P1W', '2026-01-08T00:00:00.000Z'],
    ['2026-01-01T00:00:00.000Z', 'PT48H', '2026-01-03T00:00:00.000Z'],
    ['2026-01-01T00:00:00.000Z', 'PT1.5S', '2026-01-01T00:00:01.500Z'],
    ['2026-01-01T00:00:00.000Z', 'PT0.001S', '2026-01-01T00:00:00.001Z'],
    ['2026-03-28T12:00:00.000Z', 'P1D', '2026-03-29T12:00:00.000Z'], // summer time begins; UTC does not mind
    ['2026-01-01T00:00:00.000Z', 'P999999Y', '9999-12-31T23:59:59.999Z'],
    ['2026-01-01T00:00:00.000Z', 'P99999999999999999999D', '9999-12-31T23:59:59.999Z'],
  ])('%s and %s is %s', (at, duration, sum) => expect(addDuration(at, duration)).toBe(sum));
});

describe('a date', () => {
  test('of an example is one of UTC', () => expect(dateOf('2026-12-31T23:59:59.999Z')).toBe('2026-12-31'));

  test('comes earliest or is nothing', () => {
    expect(earliest([])).toBeUndefined();
    expect(earliest(['2026-02-01', '2026-01-01', '2026-03-01'])).toBe('2026-01-01');
    expect(millisecondsBetween('2026-01-01T00:00:01.000Z', '2026-01-01T00:00:00.000Z')).toBe(-1000);
  });
});
