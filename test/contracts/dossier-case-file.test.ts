import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ageOn, readCaseFile } from '../../src/examples/case-file';
import { checkDigitOf, datedAsOf } from '../../src/examples/dated-as-of';
import { getExamplePath } from '../../src/examples/example-files';
import { propertyRuns } from '../support/property-runs';

const twin = readFileSync(getExamplePath('the-eleven', '01-twin-girl.yaml'), 'utf8');
const faultsOf = (text: string): string[] => {
  const read = readCaseFile('01-twin-girl', text);
  return 'faults' in read ? read.faults.map(({ path, message }) => `${path}: ${message}`) : [];
};

describe('a case file', () => {
  test('opens its case with the whereabouts as its dossier has them', () => {
    const read = readCaseFile('01-twin-girl', twin);
    expect('caseFile' in read && read.caseFile).toMatchObject({
      name: '01-twin-girl',
      story: 'plain',
      siblings: ['02-twin-boy'],
      opening: { requestingParty: 'ukraine', recipient: 'recipient-1', whereaboutsKnown: true },
    });
  });

  test.each([
    ['an unknown story', 'story: plain', 'story: sad', /^story: expected one of/],
    ['an age that is not the birth date’s', 'age: 2', 'age: 3', /^age: is not the age/],
    [
      'a recipient it does not list',
      'recipient: recipient-1',
      'recipient: recipient-2',
      /^opening.recipient: recipient-2 is not/,
    ],
    [
      'a document issued after its day',
      'issuedOn: 2023-08-21',
      'issuedOn: 2024-02-16',
      /^dossier.documents\[2\].issuedOn: must not lie in the future/,
    ],
    [
      'a source note in the dossier as well',
      '  documents:',
      '  sourceNote: x\n  documents:',
      /^dossier.sourceNote: is not known here/,
    ],
    ['a field nobody knows', 'age: 2', 'age: 2\ngroup: 3', /^group: is not known here/],
  ])('with %s is refused where it stands', (_fault, part, by, expected) => {
    expect(twin).toContain(part);
    expect(faultsOf(twin.replace(part, by))).toEqual([expect.stringMatching(expected)]);
  });
});

describe('an example’s dates', () => {
  test('all move by as many days', () => {
    const moved = datedAsOf(
      { a: '2024-02-15', b: [{ c: '2023-02-15' }], d: 'of 2024-02-15', e: 7 },
      '2024-02-15',
      '2026-02-15',
    );
    expect(moved).toEqual({ a: '2026-02-15', b: [{ c: '2025-02-15' }], d: 'of 2024-02-15', e: 7 });
  });

  test('stay as they are on the day they were written', () => {
    const read = readCaseFile('01-twin-girl', twin);
    if ('faults' in read) throw new Error('unsound');
    expect(datedAsOf(read.caseFile, '2024-02-15', '2024-02-15')).toEqual(read.caseFile);
  });

  test('move in a passport’s machine-readable zone too, with their check digits', () => {
    const mrz = [
      'P<UKRVYHADANYI<<BOHDAN<<<<<<<<<<<<<<<<<<<<<<',
      'FX000101<8UKR8804178M3103153<<<<<<<<<<<<<<00',
    ];
    const { mrz: moved } = datedAsOf({ mrz }, '2024-02-15', '2024-02-16');
    expect(moved[1]?.slice(13, 19)).toBe('880418');
    expect(moved[1]?.slice(21, 27)).toBe('310316');
    expect(moved[1]?.[19]).toBe(checkDigitOf('880418'));
    expect(datedAsOf({ mrz: moved }, '2024-02-16', '2024-02-15')).toEqual({ mrz });
  });

  test('of another zone than a passport’s are not moved wrongly, but refused', () => {
    expect(() => datedAsOf({ mrz: ['I<UTO', 'X'] }, '2024-02-15', '2024-02-16')).toThrow(RangeError);
  });

  test('give the check digits of ICAO 9303’s own specimen', () => {
    expect(checkDigitOf('L898902C3')).toBe('6');
    expect(checkDigitOf('740812')).toBe('2');
    expect(checkDigitOf('120415')).toBe('9');
    expect(checkDigitOf('ZE184226B<<<<<')).toBe('1');
  });

  test('there and back are the same', () => {
    const day = fc
      .integer({ min: 0, max: 30_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (date, from, to) => {
        expect(datedAsOf(datedAsOf({ date }, from, to), to, from)).toEqual({ date });
      }),
      propertyRuns(),
    );
  });
});

describe('an age', () => {
  test.each([
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-02-29', '2024-02-29', 16],
    ['2008-11-22', '2026-11-22', 18],
    ['2008-11-23', '2026-11-22', 17],
    ['2026-11-22', '2026-11-22', 0],
  ])('of somebody born on %s is on %s %i years', (birth, on, years) => {
    expect(ageOn(birth, on)).toBe(years);
  });
});
