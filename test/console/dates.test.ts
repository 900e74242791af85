/** Days, instants, ages and names as the console reads and writes them, and a dossier while it is typed. */
import { ageOf } from '../../console/src/case/age';
import { readDay, readInstant } from '../../console/src/commands/date-field';
import { complete, pruned, withAt } from '../../console/src/file/editing';
import { bestName, nameText } from '../../console/src/parts/child';
import { dayText, relativeText } from '../../console/src/parts/when';
import type { Typed } from '../../console/src/session/draft';
import { dossierSchema } from '#contracts/dossier/schema';
import { sampleDossier } from '../contracts/dossier-sample';
import { calendarDate, givenInstant } from '#contracts/dates';

const typed = (day: string, month: string, year: string, time?: string): Typed => ({
  'on.day': [day],
  'on.month': [month],
  'on.year': [year],
  ...(time !== undefined && { 'on.time': [time] }),
});

describe('a typed day', () => {
  it.each([
    [['4', '12', '2026'], '2026-12-04'],
    [['04', '3', '2026'], '2026-03-04'],
    [[' 4 ', ' 3', '2026 '], '2026-03-04'],
    [['29', '2', '2028'], '2028-02-29'],
    // Short of a digit: as it was typed, for the API to refuse.
    [['4', '12', '26'], '0026-12-04'],
    [['31', '4', '2026'], '2026-04-31'],
    [['4', '', '2026'], '2026-00-04'],
    [['', '4', '2026'], '2026-04-00'],
  ] as const)('%j is %s', ([day, month, year], expected) => {
    expect(readDay(typed(day, month, year), 'on')).toBe(expected);
  });

  it('is none where only the year stands, for the year is filled in beforehand', () => {
    expect(readDay(typed('', '', '2026'), 'on')).toBeUndefined();
    expect(readDay({}, 'on')).toBeUndefined();
    expect(readDay(typed(' ', '', '2026'), 'on')).toBeUndefined();
  });

  it('that does not exist is refused by the API, not turned into another', () => {
    for (const [day, month, year] of [
      ['31', '4', '2026'],
      ['29', '2', '2027'],
      ['4', '', '2026'],
      ['4', '12', ''],
    ] as const)
      expect(calendarDate.safeParse(readDay(typed(day, month, year), 'on')).success).toBe(false);
  });
});

describe('a typed instant', () => {
  const written = (text: string): string => new Date(text).toISOString();
  it('is read in the reader’s own time zone, at nine where no time was typed', () => {
    expect(readInstant(typed('4', '12', '2026', '14:05'), 'on')).toBe(written('2026-12-04T14:05:00'));
    expect(readInstant(typed('4', '12', '2026', '7:05'), 'on')).toBe(written('2026-12-04T07:05:00'));
    expect(readInstant(typed('4', '12', '2026', ' '), 'on')).toBe(written('2026-12-04T09:00:00'));
    expect(readInstant(typed('4', '12', '2026'), 'on')).toBe(written('2026-12-04T09:00:00'));
    expect(readInstant(typed('', '', '2026', '14:05'), 'on')).toBeUndefined();
  });

  it.each([
    ['31', '4'],
    ['29', '2'],
    ['31', '2'],
    ['32', '1'],
    ['1', '13'],
  ])('on day %s of month %s, which does not exist, is refused by the API', (day, month) => {
    const instant = readInstant(typed(day, month, '2027', '14:05'), 'on');
    expect(instant).toBeDefined();
    expect(givenInstant.safeParse(instant).success).toBe(false);
  });
});

describe('a dossier while it is typed', () => {
  it('withAt makes what is missing on the way, and leaves the old one as it was', () => {
    const before = { child: { names: [{ given: 'Artem' }] } };
    expect(withAt(before, ['child', 'names', 0, 'family'], 'Prymarnyi')).toEqual({
      child: { names: [{ given: 'Artem', family: 'Prymarnyi' }] },
    });
    expect(withAt(undefined, ['child', 'names', 0, 'given'], 'Artem')).toEqual(before);
    expect(before).toEqual({ child: { names: [{ given: 'Artem' }] } });
    expect(withAt(before, [], 'other')).toBe('other');
  });

  it('withAt takes out by undefined: a key, or one of a list, which closes up', () => {
    expect(withAt({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
    expect(withAt({ list: ['x', 'y', 'z'] }, ['list', 1], undefined)).toEqual({ list: ['x', 'z'] });
    expect(withAt({ a: 1 }, ['b'], undefined)).toEqual({ a: 1 });
    expect(withAt({ a: { b: 1 } }, ['a', 'b'], undefined)).toEqual({ a: {} });
  });

  it('withAt keeps an answer that is false, nought or empty', () => {
    for (const value of [false, 0, '', null]) expect(withAt({}, ['a'], value)).toEqual({ a: value });
  });

  it('pruned drops what was left empty at any depth, and nothing else', () => {
    expect(
      pruned({
        a: '  ',
        b: ' kept ',
        c: { d: '', e: { f: ' ' } },
        g: ['', 'x', {}, { h: '' }],
        i: [],
        j: false,
        k: 0,
        l: null,
      }),
    ).toEqual({ b: 'kept', g: ['x'], i: [], j: false, k: 0, l: null });
    expect(pruned('')).toBeUndefined();
    expect(pruned(undefined)).toBeUndefined();
  });

  it('complete adds the lists that the schema asks for even where they are empty', () => {
    const dossier = complete({
      child: {
        names: [{ script: 'latin', given: 'Artem', family: ' ' }],
        birthDate: { exact: '2013-04-05' },
        sex: 'male',
        citizenships: [],
      },
      recipients: [
        {
          id: 'recipient-1',
          names: [{ script: 'latin', given: 'Olena' }],
          kinship: { relation: 'mother' },
          custody: [{ basis: 'court-order' }],
        },
      ],
    });
    expect(dossier.child).toMatchObject({
      healthNeeds: [],
      languages: [],
      names: [{ script: 'latin', given: 'Artem' }],
    });
    expect(dossier.child.names[0]).not.toHaveProperty('family');
    expect(dossier.recipients[0]).toMatchObject({ kinship: { evidence: [] }, custody: [{ evidence: [] }] });
    expect(dossier.documents).toEqual([]);
  });

  it('complete leaves out what describes the child and was emptied again, and keeps what is said', () => {
    const emptied = complete({
      child: {
        placeOfBirth: ' ',
        nationality: [''],
        parents: { mother: { names: [], maidenName: '' }, father: { names: [] } },
        presentCarer: { name: '', kind: undefined },
      },
    });
    expect(Object.keys(emptied.child).sort()).toEqual(['healthNeeds', 'languages', 'names']);
    const { child } = sampleDossier();
    expect(complete(sampleDossier() as never).child).toEqual(child);
    const { father: _father, ...mother } = child.parents!;
    expect(complete({ child: { ...child, parents: mother } }).child.parents).toEqual(mother);
  });

  it('complete of nothing lacks no list, only what a person has to say', () => {
    const { error } = dossierSchema.safeParse(complete({}));
    const missing = error?.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
    expect(missing?.sort()).toEqual([
      'child.birthDate invalid_union',
      'child.languages too_small',
      'child.names too_small',
      'child.sex invalid_value',
      'child.whereabouts invalid_type',
      'recipients too_small',
    ]);
  });
});

describe('the name a reader sees', () => {
  const latin = { script: 'latin', given: 'Artem', family: 'Prymarnyi' };
  const cyrillic = { script: 'cyrillic', given: 'Артем', family: 'Примарний' };
  const arabic = { script: 'arabic', given: 'أرتيم' };
  it('is in their own script, else in Latin, else in Cyrillic, else what there is', () => {
    const all = [arabic, cyrillic, latin];
    expect(bestName(all, 'en')).toBe(latin);
    expect(bestName(all, 'uk')).toBe(cyrillic);
    expect(bestName(all, 'ru')).toBe(cyrillic);
    expect(bestName(all, 'ar')).toBe(arabic);
    expect(bestName([cyrillic, latin], 'ar')).toBe(latin);
    expect(bestName([arabic, cyrillic], 'en')).toBe(cyrillic);
    expect(bestName([arabic], 'uk')).toBe(arabic);
    expect(bestName([], 'en')).toBeUndefined();
  });

  it('is never one recorded in error, even where there is no other', () => {
    const wrong = { ...latin, recordedInError: { reason: 'filler', on: '2026-01-02' } };
    expect(bestName([wrong, cyrillic], 'en')).toBe(cyrillic);
    expect(bestName([wrong], 'en')).toBeUndefined();
  });

  it('is the parts there are', () => {
    expect(
      [latin, arabic, { family: 'Prymarnyi' }, { given: '', family: 'Prymarnyi' }, {}].map(nameText),
    ).toEqual(['Artem Prymarnyi', 'أرتيم', 'Prymarnyi', 'Prymarnyi', '']);
  });
});

describe('the age of a child', () => {
  it.each([
    ['2013-12-04', new Date(2026, 11, 3), 12],
    ['2013-12-04', new Date(2026, 11, 4), 13],
    ['2013-12-04', new Date(2026, 10, 30), 12],
    ['2013-12-04', new Date(2027, 0, 1), 13],
    ['2026-12-04', new Date(2026, 11, 4), 0],
    // Nobody is a year older on the 28th; who was born on a leap day is on the day after.
    ['2012-02-29', new Date(2027, 1, 28), 14],
    ['2012-02-29', new Date(2027, 2, 1), 15],
  ])('born on %s, on %s: %d', (exact, today, age) => {
    expect(ageOf({ birthDate: { exact } }, today)).toEqual({ age });
  });

  it('is the year of birth where no more may be read, and the years of an estimate', () => {
    expect(ageOf({ birthYear: 2013 })).toEqual({ birthYear: 2013 });
    expect(ageOf({ birthDate: { estimated: { from: '2013-01-01', to: '2014-12-31' } } })).toEqual({
      birthYear: { from: 2013, to: 2014 },
    });
    expect(ageOf({})).toEqual({});
    expect(ageOf(undefined)).toEqual({});
  });
});

describe('how long until, or since', () => {
  const now = Date.parse('2026-12-04T12:00:00Z');
  const told = (milliseconds: number, locale = 'en-GB'): string =>
    relativeText(new Date(now + milliseconds).toISOString(), locale, now);
  const minute = 60_000;
  const hour = 60 * minute;
  const day = 24 * hour;
  it.each([
    [0, 'this minute'],
    [29_000, 'this minute'],
    [-29_000, 'this minute'],
    [-31_000, '1 minute ago'],
    [minute, 'in 1 minute'],
    [59 * minute, 'in 59 minutes'],
    [hour, 'in 1 hour'],
    [-hour, '1 hour ago'],
    [23 * hour, 'in 23 hours'],
    [day, 'tomorrow'],
    [-day, 'yesterday'],
    [3 * day, 'in 3 days'],
    [-45 * day, '45 days ago'],
  ])('%d ms is “%s”', (distance, text) => {
    expect(told(distance)).toBe(text);
  });

  it('is in the reader’s language', () => {
    expect(told(-3 * day, 'uk')).toBe('3 дні тому');
  });

  it('a day is the same day in every time zone', () => {
    expect(dayText('2026-12-04', 'en-GB')).toBe('4 December 2026');
    expect(dayText('2026-01-01', 'en-GB', 'short')).toBe('1 Jan 2026');
  });
});
