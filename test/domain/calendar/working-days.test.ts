/** Working days, counted by the rules with plain numbers, against the time-zone library and against walking the clock. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { workingCalendarOf, weekdays } from '../../../src/contracts/mechanism/hours';
import type { CalendarFile } from '../../../src/contracts/mechanism/hours';
import { zoneOffsetsOf } from '../../../src/contracts/zone-offsets';
import type { Instant } from '../../../src/domain/calendar/time';
import {
  addTimeframe,
  instantOfLocal,
  isTimeframe,
  localDayOf,
} from '../../../src/domain/calendar/working-days';
import { propertyRuns } from '../../support/property-runs';

/** Beside the parties' own: a half-hour summer time, clocks changed at midnight, a quarter of an hour, both ends. */
const zones = [
  ...['Europe/Kyiv', 'Europe/Moscow', 'Asia/Qatar', 'Europe/Zurich', 'America/New_York', 'UTC'],
  ...['Pacific/Apia', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Santiago', 'Asia/Beirut'],
  ...['Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Africa/Casablanca', 'Europe/London'],
] as const;

const office = (file: Partial<CalendarFile> = {}): CalendarFile => ({
  weekend: ['saturday', 'sunday'],
  workingHours: { from: '09:00', to: '17:00' },
  holidays: [],
  workingDays: [],
  ...file,
});
const in5Days = (at: string, zone: string, file?: Partial<CalendarFile>): string =>
  local(addTimeframe(at, '5 working days', workingCalendarOf(office(file), zone)), zone);
const local = (at: Instant, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16);

const isWorked = (
  { weekend, holidays, workingDays }: CalendarFile,
  name: (typeof weekdays)[number],
  date: string,
): boolean => workingDays.includes(date) || (!weekend.includes(name) && !holidays.includes(date));

/** What the library says: the same rule in its words. */
function bySteppingDays(at: Instant, days: number, file: CalendarFile, zone: string): Instant {
  let day = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  for (let left = days; left > 0;) {
    day = day.add({ days: 1 });
    const name = weekdays[day.dayOfWeek % 7]!;
    if (isWorked(file, name, day.toString())) left -= 1;
  }
  const closing = day.toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from(file.workingHours.to),
  });
  return new Date(closing.epochMilliseconds).toISOString();
}

/** What somebody sees who looks at the wall clock every quarter of an hour and counts. */
function byWalking(at: Instant, days: number, file: CalendarFile, zone: string): Instant {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: zone, weekday: 'long', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  const swedish = ['söndag', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'];
  const look = (time: number) => {
    const parts = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
    const { weekday = '', year, month, day, hour, minute } = parts;
    return { weekday, date: `${year}-${month}-${day}`, time: `${hour}:${minute}` };
  };
  const quarter = 900_000;
  let time = Date.parse(at);
  let { date: seen } = look(time);
  let left = days;
  let counts = false;
  for (time = Math.ceil(time / quarter) * quarter; ; time += quarter) {
    const now = look(time);
    if (now.date !== seen) {
      seen = now.date;
      const name = weekdays[swedish.indexOf(now.weekday)]!;
      counts = isWorked(file, name, now.date);
      if (counts) left -= 1;
    }
    if (left === 0 && counts && now.time >= file.workingHours.to) return new Date(time).toISOString();
  }
}

const instants = fc
  .integer({ min: Date.UTC(2021, 0, 1) / 60_000, max: Date.UTC(2049, 0, 1) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000).toISOString());
/** Around the nights on which most clocks are changed. */
const changing = fc
  .tuple(
    fc.integer({ min: 2021, max: 2048 }),
    fc.constantFrom('03-08', '03-25', '04-04', '04-24', '09-05', '10-01', '10-25', '11-01'),
    fc.integer({ min: 0, max: 14 * 24 * 60 }),
  )
  .map(([year, day, minutes]) =>
    new Date(Date.parse(`${year}-${day}T00:00:00Z`) + minutes * 60_000).toISOString(),
  );
const dates = fc
  .tuple(fc.integer({ min: 2021, max: 2049 }), fc.integer({ min: 0, max: 364 }))
  .map(([year, day]) => new Date(Date.UTC(year, 0, 1) + day * 86_400_000).toISOString().slice(0, 10));
const files = (toTimes: readonly string[]) =>
  fc.record({
    weekend: fc.uniqueArray(fc.constantFrom(...weekdays), { maxLength: 6 }),
    workingHours: fc.record({ from: fc.constant('00:00'), to: fc.constantFrom(...toTimes) }),
    holidays: fc.array(dates, { maxLength: 60 }),
    workingDays: fc.array(dates, { maxLength: 60 }),
  });

describe('working days', () => {
  test('do not count the day a thing arose, and end with the last day’s working hours', () => {
    // A Monday morning, and the same Monday after work.
    expect(in5Days('2026-11-23T08:00:00.000Z', 'Europe/Kyiv')).toBe('2026-11-30T17:00');
    expect(in5Days('2026-11-23T20:00:00.000Z', 'Europe/Kyiv')).toBe('2026-11-30T17:00');
    // Half an hour before midnight in Kyiv it is still Sunday, half an hour later Monday.
    expect(in5Days('2026-11-22T21:30:00.000Z', 'Europe/Kyiv')).toBe('2026-11-27T17:00');
    expect(in5Days('2026-11-22T22:30:00.000Z', 'Europe/Kyiv')).toBe('2026-11-30T17:00');
  });

  test('count a Saturday to which the government moved a day, and the Monday it gave for it not', () => {
    const moved = { workingDays: ['2027-02-20'], holidays: ['2027-02-22', '2027-02-23'] };
    const thursday = '2027-02-18T10:00:00.000Z';
    expect(in5Days(thursday, 'Europe/Moscow', { holidays: moved.holidays })).toBe('2027-03-01T17:00');
    expect(in5Days(thursday, 'Europe/Moscow', moved)).toBe('2027-02-26T17:00');
  });

  test('pass over weekends and holidays, each party’s own', () => {
    const friday = '2026-12-11T10:00:00.000Z';
    const doha = { weekend: ['friday', 'saturday'] as const, holidays: ['2026-12-18', '2026-12-16'] };
    expect(in5Days(friday, 'Asia/Qatar', { ...doha, weekend: [...doha.weekend] })).toBe('2026-12-20T17:00');
    expect(in5Days(friday, 'Europe/Kyiv')).toBe('2026-12-18T17:00');
    expect(in5Days(friday, 'Europe/Moscow', { holidays: ['2026-12-14', '2026-12-15'] })).toBe(
      '2026-12-22T17:00',
    );
  });

  test('of three parties that owe the same end on three days', () => {
    // The last working day of 2026 in Doha is not that in Moscow, where the new year lasts until the 11th.
    const at = '2026-12-29T06:00:00.000Z';
    const moscow = { holidays: ['2026-12-31', ...[1, 2, 3, 4, 5, 6, 7, 8].map((day) => `2027-01-0${day}`)] };
    expect([
      in5Days(at, 'Asia/Qatar', { weekend: ['friday', 'saturday'] }),
      in5Days(at, 'Europe/Kyiv', { holidays: ['2027-01-01'] }),
      in5Days(at, 'Europe/Moscow', moscow),
    ]).toEqual(['2027-01-05T17:00', '2027-01-06T17:00', '2027-01-14T17:00']);
  });

  test('are days of 24 hours for whoever has no calendar', () => {
    expect(addTimeframe('2026-11-20T10:00:00.000Z', '5 working days')).toBe('2026-11-25T10:00:00.000Z');
    expect(addTimeframe('2026-11-20T10:00:00.000Z', '1 working day')).toBe('2026-11-21T10:00:00.000Z');
  });

  test('leave durations as they are, calendar or not', () => {
    const calendar = workingCalendarOf(office(), 'Europe/Kyiv');
    expect(addTimeframe('2026-11-20T10:00:00.000Z', 'P7D', calendar)).toBe('2026-11-27T10:00:00.000Z');
  });

  test.each([
    ['5 working days', true],
    ['1 working day', true],
    ['P5D', true],
    ['0 working days', false],
    ['-1 working days', false],
    ['1.5 working days', false],
    ['5 days', false],
    ['working days', false],
    ['5  working days', false],
    ['1000 working days', false],
  ])('%s is a timeframe: %s', (text, is) => expect(isTimeframe(text)).toBe(is));

  test('end at an hour that the clocks leave out as much later as they jump, and at the first of two', () => {
    const night = (zone: string, to: string, at: string) =>
      addTimeframe(
        at,
        '1 working day',
        workingCalendarOf(office({ weekend: [], workingHours: { from: '00:00', to } }), zone),
      );
    // Kyiv leaves out 03:00 to 04:00 on 2026-03-29 and has it twice on 2026-10-25.
    expect(night('Europe/Kyiv', '03:30', '2026-03-28T10:00:00.000Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(night('Europe/Kyiv', '03:30', '2026-10-24T10:00:00.000Z')).toBe('2026-10-25T00:30:00.000Z');
    // Lord Howe leaves out half an hour: 02:00 to 02:30 on 2026-10-04.
    expect(night('Australia/Lord_Howe', '02:15', '2026-10-03T01:00:00.000Z')).toBe(
      '2026-10-03T15:45:00.000Z',
    );
  });

  test('are counted as the time-zone library counts them, anywhere', () => {
    const times = ['17:00', '23:59', '00:30', '02:15', '02:30', '03:30', '01:45'];
    fc.assert(
      fc.property(
        fc.oneof(instants, changing),
        fc.integer({ min: 1, max: 30 }),
        files(times),
        fc.constantFrom(...zones),
        (at, days, file, zone) => {
          const counted = addTimeframe(at, `${days} working days`, workingCalendarOf(file, zone));
          if (counted !== bySteppingDays(at, days, file, zone))
            throw new Error(`${counted} is not ${bySteppingDays(at, days, file, zone)}`);
        },
      ),
      propertyRuns(1500),
    );
  });

  test('are counted as somebody counts them who looks at the wall clock', () => {
    fc.assert(
      fc.property(
        fc.oneof(instants, changing),
        fc.integer({ min: 1, max: 6 }),
        files(['17:00', '12:30', '18:45']),
        fc.constantFrom(...zones),
        (at, days, file, zone) => {
          expect(addTimeframe(at, `${days} working days`, workingCalendarOf(file, zone))).toBe(
            byWalking(at, days, file, zone),
          );
        },
      ),
      propertyRuns(60),
    );
  });
});

describe('the offsets of a zone', () => {
  test('are one pair where the clocks are never changed', () => {
    expect(zoneOffsetsOf('Asia/Qatar')).toEqual([Date.UTC(2020, 0, 1) / 1000, 180]);
  });

  test('are two pairs a year where they are changed twice, ascending', () => {
    const offsets = zoneOffsetsOf('Europe/Kyiv');
    const from = offsets.filter((_value, at) => at % 2 === 0);
    expect(from).toHaveLength(1 + 31 * 2);
    expect(from).toEqual([...from].sort((a, b) => a - b));
    expect(new Set(offsets.filter((_value, at) => at % 2 === 1))).toEqual(new Set([120, 180]));
  });

  test('before the first and after the last are those', () => {
    const kyiv = workingCalendarOf(office(), 'Europe/Kyiv');
    expect(instantOfLocal(0, 720, kyiv)).toBe('1970-01-01T10:00:00.000Z');
    expect(localDayOf('2060-07-01T22:30:00.000Z', kyiv)).toBe(Date.UTC(2060, 6, 2) / 86_400_000);
  });

  test('hold from the very second on which the clocks are changed', () => {
    // Cairo's clocks go from Thursday midnight back to eleven: for an hour it is Thursday again.
    const cairo = workingCalendarOf(office(), 'Africa/Cairo');
    const thursday = Date.UTC(2026, 9, 29) / 86_400_000;
    expect(localDayOf('2026-10-29T20:59:59.000Z', cairo)).toBe(thursday);
    expect(localDayOf('2026-10-29T21:00:00.000Z', cairo)).toBe(thursday);
    expect(localDayOf('2026-10-29T22:00:00.000Z', cairo)).toBe(thursday + 1);
  });

  test('of a zone that does not exist are refused', () => {
    expect(() => zoneOffsetsOf('Europe/Atlantis')).toThrow(RangeError);
  });

  test('show every minute of every day where the library shows it', () => {
    fc.assert(
      fc.property(fc.oneof(instants, changing), fc.constantFrom(...zones), (at, zone) => {
        const calendar = workingCalendarOf(office(), zone);
        const shown = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
        const day = Date.parse(`${shown.toPlainDate().toString()}T00:00:00Z`) / 86_400_000;
        expect(localDayOf(at, calendar)).toBe(day);
        const first = shown.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' });
        expect(instantOfLocal(day, shown.hour * 60 + shown.minute, calendar)).toBe(
          new Date(Math.floor(first.epochMilliseconds / 60_000) * 60_000).toISOString(),
        );
      }),
      propertyRuns(1500),
    );
  });
});
