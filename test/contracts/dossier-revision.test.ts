import fc from 'fast-check';
import { facetsTouchedBy, findLostNames } from '../../src/contracts/dossier/revision';
import type { Dossier } from '../../src/contracts/dossier/dossier';
import { revisedFields } from '../../src/contracts/dossier/material';
import { edited, sampleDossier, sampleWith } from './dossier-sample';
import type { Edits } from './dossier-sample';
import { propertyRuns } from '../support/property-runs';

const second = { ...sampleDossier().recipients[0], id: 'recipient-2' };
const otherForm = { ...sampleDossier().child.names[1], given: 'Solomia' };

describe('a revision of a dossier', () => {
  const rows: [string, Edits, string[], boolean][] = [
    ['nothing', {}, [], false],
    ['a form of the child’s name added', { 'child.names.2': otherForm }, [], false],
    ['the order of the forms', { 'child.names': sampleDossier().child.names.reverse() }, [], false],
    ['the birth date', { 'child.birthDate.exact': '2018-07-10' }, ['identity'], true],
    ['the sex', { 'child.sex': 'male' }, ['identity'], true],
    ['the child’s birth certificate', { 'documents.0.number': 'I-2' }, ['identity', 'kinship'], true],
    [
      'a paper of the child added',
      { 'documents.6': { id: 'doc-9', kind: 'travel-document', holder: 'child', issuedBy: 'X' } },
      [],
      false,
    ],
    ['a paper no facet rests on', { 'documents.3.number': 'M-2' }, [], true],
    ['the whereabouts', { 'child.whereabouts.place': 'Elsewhere' }, ['whereabouts'], true],
    ['the child’s view', { 'child.view.text': 'I want to stay.' }, ['childs-view'], false],
    ['the health needs, erased', { 'child.healthNeeds': [] }, [], true],
    ['a source note', { sourceNote: 'Letter' }, [], false],
    ['the recipient’s name', { 'recipients.0.names.0.given': 'Павло' }, ['kinship'], true],
    ['the recipient’s birth date', { 'recipients.0.birthDate.exact': '1989-01-01' }, ['kinship'], true],
    ['the relation', { 'recipients.0.kinship.relation': 'cousin' }, ['kinship'], true],
    ['evidence of the kinship', { 'documents.4.number': 'B-2' }, ['kinship'], true],
    ['the custody basis', { 'recipients.0.custody.0.validUntil': '2029-01-01' }, ['custody'], true],
    [
      'a custody basis added',
      { 'recipients.0.custody.1': { basis: 'guardianship', relation: 'uncle', evidence: [] } },
      ['custody'],
      true,
    ],
    ['the paper custody rests on', { 'documents.2.expiresOn': '2027-01-01' }, ['custody'], true],
    ['the recipient’s contact', { 'recipients.0.contact.address': 'Lviv' }, ['willingness'], false],
    ['the recipient gone', { 'recipients.0.unavailable': { since: '2026-11-01' } }, ['willingness'], true],
    ['a recipient added', { 'recipients.1': second }, [], false],
    ['the recipient removed', { recipients: [second] }, ['kinship', 'custody', 'willingness'], true],
  ];
  test.each(rows)('that changes %s touches just what rests on it', (_what, edits, facets, material) => {
    expect(facetsTouchedBy(sampleDossier(), sampleWith(edits))).toEqual({ facets, material });
  });

  test('that changes another recipient leaves this one’s facets alone', () => {
    const before = sampleWith({ 'recipients.1': second });
    const after = sampleWith({ 'recipients.1': { ...second, custody: [] } });
    expect(facetsTouchedBy(before, after, 'recipient-1')).toEqual({ facets: [], material: false });
    expect(facetsTouchedBy(before, after, 'recipient-2')).toEqual({ facets: ['custody'], material: true });
    expect(facetsTouchedBy(before, after)).toEqual({ facets: ['custody'], material: true });
  });

  test('that swaps the recipient’s passport is material, and its holder is looked at again', () => {
    const passport = {
      ...{ id: 'doc-8', kind: 'passport', holder: 'recipient-1', number: 'EK1', issuedBy: 'X' },
      sha256: 'a'.repeat(64),
    };
    const before = sampleWith({ 'documents.6': passport });
    for (const [key, value] of Object.entries({ number: 'ZZ9', issuedBy: 'Y', sha256: 'b'.repeat(64) })) {
      const after = sampleWith({ 'documents.6': { ...passport, [key]: value } });
      expect(facetsTouchedBy(before, after, 'recipient-1')).toEqual({ facets: ['kinship'], material: true });
    }
    expect(facetsTouchedBy(before, sampleDossier())).toEqual({ facets: ['kinship'], material: true });
  });

  test('says of every field that is not material why', () => {
    for (const { immaterial } of Object.values(revisedFields))
      if (immaterial !== undefined) expect(immaterial).not.toBe('');
  });

  test('is judged the same whichever order its fields are written in', () => {
    const reordered = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reordered);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reordered(inner)]),
      );
    };
    expect(facetsTouchedBy(sampleDossier(), reordered(sampleDossier()) as Dossier)).toEqual({
      facets: [],
      material: false,
    });
  });

  test('touches each facet once, and nothing when nothing changed', () => {
    fc.assert(
      fc.property(fc.subarray(rows.map(([, edits]) => edits)), (edits) => {
        const after = edits.reduce<Dossier>((dossier, edit) => edited(dossier, edit), sampleDossier());
        const { facets } = facetsTouchedBy(sampleDossier(), after);
        expect(new Set(facets).size).toBe(facets.length);
        expect(facetsTouchedBy(after, structuredClone(after))).toEqual({ facets: [], material: false });
      }),
      propertyRuns(),
    );
  });

  test('may add written forms of a name, never change or remove one', () => {
    const before = sampleDossier();
    const added = sampleWith({ 'child.names': [otherForm, ...before.child.names] });
    expect(findLostNames(before, added)).toEqual([]);
    const changed = sampleWith({
      'child.names.1.given': 'Solomia',
      'recipients.0.names': before.recipients[0]?.names.slice(1),
    });
    expect(findLostNames(before, changed).map(({ path }) => path.join('.'))).toEqual([
      'child.names.1',
      'recipients.0.names.0',
    ]);
  });

  test('may mark a form as recorded in error, and can’t take the mark away or change the form with it', () => {
    const before = sampleDossier();
    const mark = { reason: 'typed-wrongly', on: '2026-11-01' } as const;
    const marked = sampleWith({ 'child.names.1.recordedInError': mark });
    expect(findLostNames(before, marked)).toEqual([]);
    expect(findLostNames(marked, before)).toHaveLength(1);
    const changed = sampleWith({ 'child.names.1.recordedInError': mark, 'child.names.1.given': 'Solomia' });
    expect(findLostNames(before, changed)).toHaveLength(1);
  });

  test('may leave out a form whose letters were lost', () => {
    const before = sampleWith({ 'child.names.2': { ...otherForm, given: 'Sol\uFFFDmia' } });
    expect(findLostNames(before, sampleDossier())).toEqual([]);
  });
});
