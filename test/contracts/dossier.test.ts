import fc from 'fast-check';
import { dossierSchema, dossierSchemaAt } from '../../src/contracts/dossier/schema';
import { todayAnywhere } from '../../src/contracts/dossier/text';
import { sampleDay, sampleDossier, sampleWith } from './dossier-sample';
import type { Edits } from './dossier-sample';
import { propertyRuns } from '../support/property-runs';

const schema = dossierSchemaAt(() => sampleDay);
/** Paths of the faults, as `child.names.0.given`. */
const faultsOf = (dossier: unknown): string[] =>
  schema.safeParse(dossier).error?.issues.map(({ path }) => path.join('.')) ?? [];
const tomorrow = '2026-11-23';

describe('a dossier', () => {
  test('without a fault is taken as it is', () => {
    expect(schema.parse(sampleDossier())).toEqual(sampleDossier());
  });

  test('with only what is known of a child nobody has found yet is taken', () => {
    const bare = {
      child: {
        names: [{ script: 'cyrillic', given: 'Марко', family: 'Вигаданий', recordedOn: '2026-01-01' }],
        birthDate: { estimated: { from: '2020-01-01', to: '2021-12-31' } },
        sex: 'unknown',
        languages: ['uk'],
        whereabouts: { known: false },
        healthNeeds: [],
      },
      documents: [],
      recipients: [
        {
          id: 'recipient-1',
          names: [{ script: 'latin', given: 'Petro', family: 'Vyhadanyi', recordedOn: '2026-01-01' }],
          kinship: { relation: 'father', evidence: [] },
          custody: [],
        },
      ],
    };
    expect(schema.parse(bare)).toEqual(bare);
  });

  const faults: [string, string, Edits][] = [
    ['an unknown field at the top', '', { note: 'x' }],
    ['an unknown field of the child', 'child', { 'child.nickname': 'Solia' }],
    ['an unknown field of a document', 'documents.0', { 'documents.0.pages': 2 }],
    ['an unknown field of a recipient', 'recipients.0', { 'recipients.0.income': 1 }],
    ['no child', 'child', { child: undefined }],
    ['no name', 'child.names', { 'child.names': [] }],
    ['a name of an unknown script', 'child.names.0.script', { 'child.names.0.script': 'greek' }],
    ['an empty given name', 'child.names.0.given', { 'child.names.0.given': '  ' }],
    ['a given name without a letter', 'child.names.0.given', { 'child.names.0.given': '—' }],
    ['a family name of 101 letters', 'child.names.0.family', { 'child.names.0.family': 'В'.repeat(101) }],
    ['a line break in a name', 'child.names.0.given', { 'child.names.0.given': 'Соло\nмія' }],
    ['a NUL in a name', 'child.names.0.given', { 'child.names.0.given': 'Соло\u0000мія' }],
    ['a bidi override in a name', 'child.names.0.given', { 'child.names.0.given': 'Sol\u202Eomiia' }],
    ['a bidi isolate in a name', 'child.names.0.given', { 'child.names.0.given': 'Sol\u2066omiia' }],
    ['a direction mark in a name', 'child.names.0.given', { 'child.names.0.given': 'Sol\u200Eomiia' }],
    ['a zero-width space in a name', 'child.names.0.given', { 'child.names.0.given': 'Sol\u200Bomiia' }],
    ['a soft hyphen in a name', 'child.names.0.given', { 'child.names.0.given': 'Sol\u00ADomiia' }],
    ['a lone surrogate in a name', 'child.names.0.given', { 'child.names.0.given': 'Sol\uD800omiia' }],
    ['a tag character in a name', 'child.names.0.given', { 'child.names.0.given': 'Sol\u{E0041}' }],
    ['a bidi override in a text', 'child.view.text', { 'child.view.text': 'home\u202E' }],
    ['a name recorded tomorrow', 'child.names.1.recordedOn', { 'child.names.1.recordedOn': tomorrow }],
    [
      'a name from an unlisted document',
      'child.names.0.sourceDocument',
      { 'child.names.0.sourceDocument': 'doc-9' },
    ],
    [
      'both an exact and an estimated birth date',
      'child.birthDate',
      { 'child.birthDate.estimated': { from: '2018-01-01', to: '2018-12-31' } },
    ],
    ['a birth date that does not exist', 'child.birthDate.exact', { 'child.birthDate.exact': '2019-02-29' }],
    [
      'a birth date with a time',
      'child.birthDate.exact',
      { 'child.birthDate.exact': '2018-07-09T00:00:00Z' },
    ],
    ['a birth date before 1900', 'child.birthDate.exact', { 'child.birthDate.exact': '1899-12-31' }],
    ['a birth tomorrow', 'child.birthDate.exact', { 'child.birthDate.exact': tomorrow }],
    [
      'an estimate that ends tomorrow',
      'child.birthDate.estimated.to',
      { 'child.birthDate': { estimated: { from: '2018-01-01', to: tomorrow } } },
    ],
    [
      'an estimate that ends before it starts',
      'child.birthDate.estimated.to',
      { 'child.birthDate': { estimated: { from: '2018-01-02', to: '2018-01-01' } } },
    ],
    ['an unknown sex', 'child.sex', { 'child.sex': 'f' }],
    ['no language', 'child.languages', { 'child.languages': [] }],
    ['a language by its name', 'child.languages.0', { 'child.languages': ['Ukrainian'] }],
    [
      'known whereabouts without a place',
      'child.whereabouts.place',
      { 'child.whereabouts.place': undefined },
    ],
    ['whereabouts since tomorrow', 'child.whereabouts.since', { 'child.whereabouts.since': tomorrow }],
    [
      'a health need with an unlisted paper',
      'child.healthNeeds.0.evidence.0',
      { 'child.healthNeeds.0.evidence': ['doc-9'] },
    ],
    ['a view recorded tomorrow', 'child.view.recordedOn', { 'child.view.recordedOn': tomorrow }],
    ['a view of 4001 characters', 'child.view.text', { 'child.view.text': 'a'.repeat(4001) }],
    ['a document listed twice', 'documents.1.id', { 'documents.1.id': 'doc-1' }],
    [
      'a document id of another form',
      'documents.6.id',
      { 'documents.6': { ...sampleDossier().documents[4], id: 'doc-05' } },
    ],
    ['a document of unknown kind', 'documents.0.kind', { 'documents.0.kind': 'selfie' }],
    ['a document of an unlisted holder', 'documents.1.holder', { 'documents.1.holder': 'recipient-2' }],
    ['a document of nobody', 'documents.1.holder', { 'documents.1.holder': undefined }],
    ['one line of MRZ', 'documents.1.mrz', { 'documents.1.mrz': ['P<UKR'] }],
    ['an MRZ in small letters', 'documents.1.mrz.0', { 'documents.1.mrz.0': 'p<ukr' }],
    ['a document issued tomorrow', 'documents.3.issuedOn', { 'documents.3.issuedOn': tomorrow }],
    [
      'a document that ends before its issue',
      'documents.1.expiresOn',
      { 'documents.1.expiresOn': '2021-03-14' },
    ],
    ['a hash in capitals', 'documents.0.sha256', { 'documents.0.sha256': 'A'.repeat(64) }],
    [
      'no recipient',
      'recipients',
      { recipients: [], documents: sampleDossier().documents.filter(({ holder }) => holder === 'child') },
    ],
    ['a recipient listed twice', 'recipients.1.id', { 'recipients.1': sampleDossier().recipients[0] }],
    [
      'a recipient id of another form',
      'recipients.1.id',
      { 'recipients.1': { ...sampleDossier().recipients[0], id: 'uncle' } },
    ],
    [
      'a recipient born tomorrow',
      'recipients.0.birthDate.exact',
      { 'recipients.0.birthDate.exact': tomorrow },
    ],
    ['an unknown relation', 'recipients.0.kinship.relation', { 'recipients.0.kinship.relation': 'friend' }],
    [
      'kinship by an unlisted document',
      'recipients.0.kinship.evidence.1',
      { 'recipients.0.kinship.evidence.1': 'doc-9' },
    ],
    [
      'custody by an unlisted document',
      'recipients.0.custody.0.evidence.0',
      { 'recipients.0.custody.0.evidence': ['doc-9'] },
    ],
    [
      'custody that ends before it starts',
      'recipients.0.custody.0.validUntil',
      { 'recipients.0.custody.0.validUntil': '2025-08-20' },
    ],
    [
      'custody on an unknown basis',
      'recipients.0.custody.0.basis',
      { 'recipients.0.custody.0.basis': 'promise' },
    ],
    [
      'a telephone number without its country',
      'recipients.0.contact.telephone',
      { 'recipients.0.contact.telephone': '044 000' },
    ],
    [
      'an address that is no e-mail address',
      'recipients.0.contact.email',
      { 'recipients.0.contact.email': 'uncle' },
    ],
    [
      'a recipient unavailable since tomorrow',
      'recipients.0.unavailable.since',
      { 'recipients.0.unavailable': { since: tomorrow } },
    ],
    ['a mark on a field that is not there', 'invented.0', { invented: ['child.shoeSize'] }],
    ['a mark on a recipient who is not there', 'assumed.0', { assumed: ['recipients.recipient-7.names'] }],
    ['a mark that reaches for a prototype', 'invented.0', { invented: ['child.constructor'] }],
  ];
  test.each(faults)('with %s is refused at %s', (_fault, path, edits) => {
    expect(faultsOf(sampleWith(edits))).toEqual([path]);
  });

  test('with many faults hears of all of them', () => {
    const dossier = sampleWith({
      'child.birthDate.exact': tomorrow,
      'documents.0.holder': 'recipient-2',
      'recipients.0.custody.0.validUntil': '2025-01-01',
    });
    expect(faultsOf(dossier)).toEqual([
      'documents.0.holder',
      'child.birthDate.exact',
      'recipients.0.custody.0.validUntil',
    ]);
  });

  test.each([null, [], 'dossier', 7, {}])('that is %j is refused', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });

  test('no hostile value makes the schema throw', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('child', 'documents', 'recipients', 'invented'),
        (value, part) => {
          expect(typeof schema.safeParse({ ...sampleDossier(), [part]: value }).success).toBe('boolean');
        },
      ),
      propertyRuns(),
    );
  });

  test('one and the same name typed in composed and decomposed letters becomes one', () => {
    const typed = (given: string) =>
      schema.parse(sampleWith({ 'child.names.0.given': given })).child.names[0]?.given;
    expect(typed('Андрі\u0438\u0306')).toBe(typed('Андрі\u0439'));
    expect(typed('Андрій'.normalize('NFD'))).toBe('Андрій');
  });

  test('a parsed dossier parses to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (name) => {
        const first = schema.safeParse(sampleWith({ 'child.names.0.given': name }));
        if (first.success) expect(schema.parse(first.data)).toEqual(first.data);
      }),
      propertyRuns(),
    );
  });

  test('names keep the joiners and running text the direction marks that Arabic script needs', () => {
    const dossier = sampleWith({
      'child.names.0.given': 'عبد\u200Cالله',
      'child.view.text': 'أريد العودة \u200F(Kyiv)\u200F\nإلى البيت',
    });
    expect(faultsOf(dossier)).toEqual([]);
  });

  test('of a child born today is taken, wherever on earth it is today', () => {
    const born = (day: string) =>
      sampleWith({
        'child.birthDate.exact': day,
        'documents.0.issuedOn': undefined,
        'child.whereabouts.since': undefined,
      });
    const utcToday = new Date().toISOString().slice(0, 10);
    expect(dossierSchema.safeParse(born(utcToday)).success).toBe(true);
    expect(dossierSchema.safeParse(born(todayAnywhere())).success).toBe(true);
    const dayAfterTomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect(dossierSchema.safeParse(born(dayAfterTomorrow)).success).toBe(false);
  });
});
