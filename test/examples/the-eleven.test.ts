import fc from 'fast-check';
import { dossierSchemaAt } from '../../src/contracts/dossier/schema';
import { ageOn, stories } from '../../src/examples/case-file';
import { getExampleMechanism } from '../../src/examples/example-files';
import { loadBesideTheEleven, loadTheEleven } from '../../src/examples/the-eleven';
import { propertyRuns } from '../support/property-runs';

/** As reported in the source story, and as assumed for the teenagers and the two of whom nothing was reported. */
const ages = {
  '01-twin-girl': 2,
  '02-twin-boy': 2,
  '03-girl-of-5': 5,
  '04-boy-of-6': 6,
  '05-child-of-10': 10,
  '06-teenager-donetsk': 13,
  '07-teenager-zaporizhzhia': 15,
  '08-boy-of-16': 16,
  '09-boy-of-14': 14,
  '10-not-reported-a': 8,
  '11-not-reported-b': 12,
};
const reportedAges = new Set(['01', '02', '03', '04', '05', '08', '09']);
const bornOn = ({ dossier: { child } }: ReturnType<typeof loadTheEleven>[number]) =>
  'exact' in child.birthDate ? child.birthDate.exact : child.birthDate.estimated.from;
const anyDay = fc
  .integer({ min: Date.parse('2024-02-15') / 86_400_000, max: Date.parse('2060-12-31') / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

describe('the eleven', () => {
  test('are the children of the report, each of its age', () => {
    const children = loadTheEleven('2026-11-22').map((file) => [
      file.name,
      ageOn(bornOn(file), '2026-11-22'),
    ]);
    expect(Object.fromEntries(children)).toEqual(ages);
  });

  test('on whatever day they are opened, their ages are the reported ones and their dossiers sound', () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        for (const file of loadTheEleven(today)) {
          expect([file.name, ageOn(bornOn(file), today)]).toEqual([
            file.name,
            ages[file.name as keyof typeof ages],
          ]);
          expect(dossierSchemaAt(() => today).safeParse(file.dossier).error).toBeUndefined();
          expect(file.asOf).toBe(today);
        }
      }),
      propertyRuns(25),
    );
  });

  test('tell every story of the demo, each once', () => {
    const files = [...loadTheEleven('2024-02-15'), ...loadBesideTheEleven('2024-02-15')];
    const told = files.map(({ story }) => story);
    expect([...told].sort()).toEqual([...stories].sort());
  });

  test('those beside them are invented altogether, one of them of age', () => {
    const beside = loadBesideTheEleven('2026-11-22');
    expect(beside.map((file) => ageOn(bornOn(file), '2026-11-22'))).toEqual([13, 18]);
    for (const { dossier, source } of beside) {
      expect(dossier.invented).toEqual(['child', 'documents', 'recipients']);
      expect(source).toContain('Invented for the demo');
    }
  });

  test('the twins name each other as siblings, share birth date and uncle, and have names of their own', () => {
    const [girl, boy] = loadTheEleven('2024-02-15');
    expect([girl?.siblings, boy?.siblings]).toEqual([['02-twin-boy'], ['01-twin-girl']]);
    expect(girl?.dossier.child.birthDate).toEqual(boy?.dossier.child.birthDate);
    expect(girl?.dossier.recipients).toEqual(boy?.dossier.recipients);
    expect(girl?.dossier.child.names[0]?.given).not.toBe(boy?.dossier.child.names[0]?.given);
  });

  test('every sibling named is one of the eleven, and names the other back', () => {
    const files = loadTheEleven('2024-02-15');
    for (const file of files)
      for (const sibling of file.siblings)
        expect(files.find(({ name }) => name === sibling)?.siblings).toContain(file.name);
  });

  test('nothing that was not reported passes for reported', () => {
    for (const file of loadTheEleven('2024-02-15')) {
      const marked = [...(file.dossier.invented ?? []), ...(file.dossier.assumed ?? [])];
      expect(marked).toEqual(
        expect.arrayContaining(
          ['child.names', 'child.birthDate', 'child.sex', 'documents'].filter(
            (field) => field !== 'child.sex' || !/reported of this child: a boy/i.test(file.source),
          ),
        ),
      );
      expect(new Set(marked).size).toBe(marked.length);
      // A reported age makes the birth date's day invented; an unreported one is assumed altogether.
      expect(file.dossier.assumed?.includes('child.birthDate')).toBe(
        !reportedAges.has(file.name.slice(0, 2)),
      );
      expect(file.dossier.sourceNote).toBe(file.source);
      expect(file.source).toContain('Public reporting of February 2024');
    }
  });

  test('each opens under the example mechanisms: its parties are theirs', () => {
    for (const mechanism of [getExampleMechanism('doha'), getExampleMechanism('fast')])
      for (const { opening } of loadTheEleven('2024-02-15')) {
        expect(mechanism.parties).toContainEqual(
          expect.objectContaining({ id: opening.requestingParty, kind: 'requesting' }),
        );
        expect(mechanism.parties).toContainEqual(
          expect.objectContaining({ id: opening.holdingParty, kind: 'holding' }),
        );
      }
  });

  test('a child whose whereabouts are unknown is opened as such', () => {
    for (const { opening, dossier } of loadTheEleven('2024-02-15'))
      expect(opening.whereaboutsKnown).toBe(dossier.child.whereabouts.known);
  });
});
