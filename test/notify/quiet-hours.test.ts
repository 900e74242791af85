import fc from 'fast-check';
import { endOfQuiet } from '../../src/notify/routing/quiet-hours';
import type { QuietTimes } from '../../src/notify/routing/quiet-hours';
import { noDaysOff } from '../../src/notify/routing/local-time';
import { wallClock } from './support/wall-clock';
import { propertyRuns } from '../support/property-runs';

const night: QuietTimes = {
  quietHours: { from: '19:00', to: '08:00', daysOff: true },
  timeZone: 'Asia/Qatar',
  daysOff: { weekend: ['friday', 'saturday'], holidays: ['2026-12-20'] },
};
const inKyiv: QuietTimes = { ...night, timeZone: 'Europe/Kyiv', daysOff: noDaysOff };

describe('quiet hours', () => {
  it('let a letter go at once by day', () => {
    // A Monday, 11:00 in Doha.
    expect(endOfQuiet('2026-12-14T08:00:00.000Z', night)).toBe('2026-12-14T08:00:00.000Z');
  });

  it('keep it from the evening to the morning', () => {
    expect(endOfQuiet('2026-12-14T16:00:00.000Z', night)).toBe('2026-12-15T05:00:00.000Z');
    expect(endOfQuiet('2026-12-14T15:59:59.999Z', night)).toBe('2026-12-14T15:59:59.999Z');
    expect(endOfQuiet('2026-12-15T04:59:59.999Z', night)).toBe('2026-12-15T05:00:00.000Z');
  });

  it('keep it over the weekend and the holiday after it', () => {
    // Thursday evening; Friday and Saturday are the weekend, Sunday the 20th a holiday.
    expect(endOfQuiet('2026-12-17T17:00:00.000Z', night)).toBe('2026-12-21T05:00:00.000Z');
  });

  it('may be none at all', () => {
    expect(endOfQuiet('2026-12-18T23:00:00.000Z', { ...night, quietHours: 'none' })).toBe(
      '2026-12-18T23:00:00.000Z',
    );
  });

  it('end when clocks jump over their end', () => {
    // Kyiv, 28 March 2027: 03:00 becomes 04:00, so 03:30 does not exist.
    const times: QuietTimes = { ...inKyiv, quietHours: { from: '22:00', to: '03:30', daysOff: false } };
    expect(endOfQuiet('2027-03-28T00:30:00.000Z', times)).toBe('2027-03-28T01:00:00.000Z');
  });

  it('end twice in the night when clocks show their end twice', () => {
    // Kyiv, 25 October 2026: 04:00 becomes 03:00.
    const times: QuietTimes = { ...inKyiv, quietHours: { from: '22:00', to: '03:30', daysOff: false } };
    expect(endOfQuiet('2026-10-24T23:00:00.000Z', times)).toBe('2026-10-25T00:30:00.000Z');
    // Twenty past three for the second time: quiet again, until it is half past again.
    expect(endOfQuiet('2026-10-25T01:20:00.000Z', times)).toBe('2026-10-25T01:30:00.000Z');
  });

  it('never hold a letter for ever, even if the calendar has no working day', () => {
    const none: QuietTimes = {
      ...night,
      daysOff: {
        weekend: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
        holidays: [],
      },
    };
    expect(endOfQuiet('2026-12-14T08:00:00.000Z', none)).toBe('2026-12-14T08:00:00.000Z');
  });

  it('end at the very minute that a walk along the wall clock finds', () => {
    fc.assert(
      fc.property(wallClock.cases, ({ at, timeZone, weekend, holidays, from, to, daysOff }) => {
        const times: QuietTimes = {
          quietHours: { from, to, daysOff },
          timeZone,
          daysOff: { weekend, holidays },
        };
        const quiet = (minute: { date: string; time: string; weekday: string }): boolean => {
          if (
            daysOff &&
            (weekend.includes(minute.weekday as never) || (holidays as string[]).includes(minute.date))
          )
            return true;
          return from > to
            ? minute.time >= from || minute.time < to
            : minute.time >= from && minute.time < to;
        };
        expect(endOfQuiet(at, times)).toBe(wallClock.walk(at, timeZone, (minute) => !quiet(minute)));
      }),
      propertyRuns(150),
    );
  });
});
