import fc from 'fast-check';
import { nextDigestSlot } from '../../src/notify/routing/digest-slot';
import type { SlotCalendar } from '../../src/notify/routing/digest-slot';
import { noDaysOff } from '../../src/notify/routing/local-time';
import { wallClock } from './support/wall-clock';
import { propertyRuns } from '../support/property-runs';

const kyiv: SlotCalendar = {
  timeZone: 'Europe/Kyiv',
  daysOff: { weekend: ['saturday', 'sunday'], holidays: ['2026-12-25'] },
};
const daily = { every: 'day', at: '08:30' } as const;

describe('the hour of a digest', () => {
  it('is the next one in the official’s own day, never the one that has just struck', () => {
    expect(nextDigestSlot('2026-12-14T06:29:59.999Z', daily, kyiv)).toBe('2026-12-14T06:30:00.000Z');
    expect(nextDigestSlot('2026-12-14T06:30:00.000Z', daily, kyiv)).toBe('2026-12-15T06:30:00.000Z');
  });

  it('passes over weekend and holidays', () => {
    // Thursday noon; Friday is a holiday.
    expect(nextDigestSlot('2026-12-24T10:00:00.000Z', daily, kyiv)).toBe('2026-12-28T06:30:00.000Z');
  });

  it('comes on a Saturday to which a working day was moved', () => {
    const moved = { ...kyiv, daysOff: { ...kyiv.daysOff, workingDays: ['2026-12-26'] } };
    expect(nextDigestSlot('2026-12-24T10:00:00.000Z', daily, moved)).toBe('2026-12-26T06:30:00.000Z');
  });

  it('keeps the hour when clocks change', () => {
    expect(nextDigestSlot('2027-03-26T12:00:00.000Z', daily, kyiv)).toBe('2027-03-29T05:30:00.000Z');
  });

  it('is the moment clocks jump when they leave it out, and the first of two', () => {
    const calendar = { timeZone: 'Europe/Kyiv', daysOff: noDaysOff };
    const at = { every: 'day', at: '03:30' } as const;
    expect(nextDigestSlot('2027-03-27T12:00:00.000Z', at, calendar)).toBe('2027-03-28T01:00:00.000Z');
    const first = { every: 'day', at: '03:00' } as const;
    expect(nextDigestSlot('2027-03-27T12:00:00.000Z', first, calendar)).toBe('2027-03-28T01:00:00.000Z');
    expect(nextDigestSlot('2026-10-24T12:00:00.000Z', at, calendar)).toBe('2026-10-25T00:30:00.000Z');
    expect(nextDigestSlot('2026-10-25T00:30:00.000Z', at, calendar)).toBe('2026-10-26T01:30:00.000Z');
  });

  it('once a week is on its day, or on the first working day after it', () => {
    const weekly = { every: 'week', on: 'friday', at: '09:00' } as const;
    expect(nextDigestSlot('2026-12-14T00:00:00.000Z', weekly, kyiv)).toBe('2026-12-18T07:00:00.000Z');
    // The 25th is a holiday, then comes the weekend.
    expect(nextDigestSlot('2026-12-18T07:00:00.000Z', weekly, kyiv)).toBe('2026-12-28T07:00:00.000Z');
    expect(nextDigestSlot('2026-12-26T00:00:00.000Z', weekly, kyiv)).toBe('2026-12-28T07:00:00.000Z');
    expect(nextDigestSlot('2026-12-28T07:00:00.000Z', weekly, kyiv)).toBe('2027-01-01T07:00:00.000Z');
  });

  it('in a rehearsal comes every few seconds, whatever the calendar', () => {
    expect(nextDigestSlot('2026-12-26T00:00:01.000Z', { every: 'PT2S' }, kyiv)).toBe(
      '2026-12-26T00:00:02.000Z',
    );
    expect(nextDigestSlot('2026-12-26T00:00:02.000Z', { every: 'PT2S' }, kyiv)).toBe(
      '2026-12-26T00:00:04.000Z',
    );
  });

  it('is the very minute that a walk along the wall clock finds', () => {
    fc.assert(
      fc.property(wallClock.cases, ({ at, timeZone, weekend, holidays, to }) => {
        const found = nextDigestSlot(
          at,
          { every: 'day', at: to },
          { timeZone, daysOff: { weekend, holidays } },
        );
        let before = wallClock.minuteAt(Date.parse(at), timeZone);
        let struck: string | undefined = before.time >= to ? before.date : undefined;
        const expected = wallClock.walk(new Date(Date.parse(at) + 1).toISOString(), timeZone, (minute) => {
          // The hour strikes once a day: in the first minute at or past it.
          const strikes = minute.time >= to && struck !== minute.date;
          if (minute.time >= to) struck = minute.date;
          before = minute;
          return (
            strikes && !weekend.includes(minute.weekday) && !(holidays as string[]).includes(minute.date)
          );
        });
        expect(found).toBe(expected);
      }),
      propertyRuns(150),
    );
  });
});
