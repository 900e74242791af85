/** What Additional Protocol I, article 78 (3) asks for, and recipients who are no single relative. */
import oldDossier from './dossier-of-0.1.json';
import {
  bloodGroups,
  carerKinds,
  custodyBases,
  missingConsents,
  recipientKinds,
} from '../../src/contracts/dossier/dossier';
import type { Dossier } from '../../src/contracts/dossier/dossier';
import { facetsTouchedBy, findLostNames } from '../../src/contracts/dossier/revision';
import { dossierSchemaAt } from '../../src/contracts/dossier/schema';
import { canonicalHash } from '../../src/contracts/seal';
import { sampleDay, sampleDossier, sampleWith } from './dossier-sample';
import type { Edits } from './dossier-sample';

const schema = dossierSchemaAt(() => sampleDay);
const tomorrow = '2026-11-23';
const faultsOf = (edits: Edits): [string, string][] =>
  schema.safeParse(sampleWith(edits)).error?.issues.map(({ path, message }) => [path.join('.'), message]) ??
  [];
const mother = sampleDossier().child.parents!.mother!;
const otherForm = { script: 'cyrillic', given: 'Марія', family: 'Вигадана', recordedOn: '2026-11-01' };

describe('a dossier of before', () => {
  it('is taken as it is and keeps its hash', () => {
    const read = schema.parse(oldDossier);
    expect(read).toEqual(oldDossier);
    expect(canonicalHash(read)).toBe('5e763f0f34c3a7d591aa9df5f284a804b85a2596e9687445083c4193902e45e8');
  });

  it('that is completed later voids no approval and opens no facet', () => {
    const before = schema.parse(oldDossier);
    expect(facetsTouchedBy(before, sampleDossier())).toEqual({ facets: [], material: false });
  });
});

describe('what describes the child', () => {
  const taken: [string, Edits][] = [
    ['a mother without a maiden name', { 'child.parents': { mother: { names: mother.names } } }],
    ['a father alone', { 'child.parents': { father: sampleDossier().child.parents!.father } }],
    ['two nationalities', { 'child.nationality': ['UKR', 'XXA'] }],
    ['features in several lines', { 'child.features': 'A scar.\nA birthmark.' }],
    ['a carer since nobody knows when', { 'child.presentCarer.since': undefined }],
    ...bloodGroups.map((group): [string, Edits] => [`blood group ${group}`, { 'child.bloodGroup': group }]),
    ...carerKinds.map((kind): [string, Edits] => [`a carer: ${kind}`, { 'child.presentCarer.kind': kind }]),
  ];
  it.each(taken)('may be %s', (_what, edits) => {
    expect(schema.parse(sampleWith(edits))).toEqual(sampleWith(edits));
  });

  const refused: [string, string, string, Edits][] = [
    [
      'a photograph that is no reference',
      'child.photograph',
      'Invalid input: expected string, received number',
      { 'child.photograph': 6 },
    ],
    [
      'a photograph that is not listed',
      'child.photograph',
      'doc-9 is not among the documents',
      { 'child.photograph': 'doc-9' },
    ],
    [
      'a place of birth without a letter',
      'child.placeOfBirth',
      'must contain a letter or a digit',
      { 'child.placeOfBirth': '—' },
    ],
    [
      'a nationality by its name',
      'child.nationality.0',
      'must be a code of three letters as in a passport, such as UKR; XXA: stateless',
      { 'child.nationality': ['Ukraine'] },
    ],
    [
      'no nationality',
      'child.nationality',
      'Too small: expected array to have >=1 items',
      { 'child.nationality': [] },
    ],
    [
      'a mother without a name',
      'child.parents.mother.names',
      'Too small: expected array to have >=1 items',
      { 'child.parents.mother.names': [] },
    ],
    [
      'a father whose name is a filler',
      'child.parents.father.names.0.given',
      'is no name: leave it out where there is, or is known, only one',
      { 'child.parents.father.names.0.given': 'unknown' },
    ],
    [
      'a mother’s name recorded tomorrow',
      'child.parents.mother.names.0.recordedOn',
      'must not lie in the future',
      { 'child.parents.mother.names.0.recordedOn': tomorrow },
    ],
    [
      'a mother’s name from a paper that is not listed',
      'child.parents.mother.names.0.sourceDocument',
      'doc-9 is not among the documents',
      { 'child.parents.mother.names.0.sourceDocument': 'doc-9' },
    ],
    [
      'features with hidden characters',
      'child.features',
      'must not contain control, invisible or direction-overriding characters',
      { 'child.features': 'scar\u202E' },
    ],
    [
      'a blood group without its sign',
      'child.bloodGroup',
      'Invalid option: expected one of "0+"|"0-"|"A+"|"A-"|"B+"|"B-"|"AB+"|"AB-"',
      { 'child.bloodGroup': 'A' },
    ],
    [
      'a carer since tomorrow',
      'child.presentCarer.since',
      'must not lie in the future',
      { 'child.presentCarer.since': tomorrow },
    ],
  ];
  it.each(refused)('can’t be %s', (_what, path, message, edits) => {
    expect(faultsOf(edits)).toEqual([[path, message]]);
  });

  const changed: [string, Edits, string[], boolean][] = [
    ['another photograph', { 'child.photograph': 'doc-4' }, ['identity'], true],
    ['the photograph’s file', { 'documents.5.sha256': 'a'.repeat(64) }, ['identity'], true],
    ['the photograph taken away', { 'child.photograph': undefined }, ['identity'], true],
    ['another place of birth', { 'child.placeOfBirth': 'Mariupol' }, ['identity'], true],
    ['another nationality', { 'child.nationality': ['RUS'] }, ['identity'], true],
    ['a nationality beside the one', { 'child.nationality': ['UKR', 'RUS'] }, ['identity'], true],
    ['other features', { 'child.features': 'None' }, ['identity'], true],
    ['another mother', { 'child.parents.mother.names.0.given': 'Hanna' }, ['identity'], true],
    ['another maiden name', { 'child.parents.mother.maidenName': 'Kazka' }, ['identity'], true],
    ['a father taken away', { 'child.parents.father': undefined }, ['identity'], true],
    ['a form of the mother’s name added', { 'child.parents.mother.names.1': otherForm }, [], false],
    ['another carer', { 'child.presentCarer.name': 'A foster family' }, ['whereabouts'], true],
    ['another ground of the carer', { 'child.presentCarer.kind': 'guardian' }, ['whereabouts'], true],
    ['a consent that is missing', { 'recipients.0.consentMissing': 'refused' }, ['custody'], true],
    ['another blood group', { 'child.bloodGroup': 'B-' }, [], false],
  ];
  it.each(changed)('with %s touches just what rests on it', (_what, edits, facets, material) => {
    expect(facetsTouchedBy(sampleDossier(), sampleWith(edits))).toEqual({ facets, material });
  });

  const completed: [string, Edits][] = (
    [
      'photograph',
      'placeOfBirth',
      'nationality',
      'parents',
      'features',
      'bloodGroup',
      'presentCarer',
    ] as const
  ).map((field) => [field, { [`child.${field}`]: undefined }]);
  it.each([
    ...completed,
    ['maiden name', { 'child.parents.mother.maidenName': undefined }],
    ['father', { 'child.parents.father': undefined }],
    ['day since when the carer has the child', { 'child.presentCarer.since': undefined }],
  ] as [string, Edits][])('may be completed by the %s, and nothing agreed is void', (_what, edits) => {
    expect(facetsTouchedBy(sampleWith(edits), sampleDossier())).toEqual({ facets: [], material: false });
  });

  it('keeps the written forms of its parents’ names', () => {
    const changedName = sampleWith({ 'child.parents.mother.names.0.given': 'Hanna' });
    const paths = (after: Dossier) => findLostNames(sampleDossier(), after).map(({ path }) => path.join('.'));
    expect(paths(changedName)).toEqual(['child.parents.mother.names.0']);
    expect(paths(sampleWith({ 'child.parents.mother.names.1': otherForm }))).toEqual([]);
  });
});

describe('a recipient', () => {
  const relations = ['adoptive-parent', 'half-sibling', 'great-grandparent', 'authority'] as const;
  const taken: [string, Edits][] = [
    ...missingConsents.map((why): [string, Edits] => [
      `without the consent of somebody: ${why}`,
      { 'recipients.0.consentMissing': why },
    ]),
    ...recipientKinds.map((kind): [string, Edits] => [kind, { 'recipients.0.kind': kind }]),
    ...relations.map((relation): [string, Edits] => [
      relation,
      { 'recipients.0.kinship.relation': relation },
    ]),
    ...custodyBases.map((basis): [string, Edits] => [basis, { 'recipients.0.custody.0.basis': basis }]),
    ['godmother', { 'recipients.0.kinship.relation': 'other', 'recipients.0.kinship.words': 'godmother' }],
  ];
  it.each(taken)('may be, or have: %s', (_what, edits) => {
    expect(schema.parse(sampleWith(edits))).toEqual(sampleWith(edits));
  });

  it('has a relation in words only where the relation is other', () => {
    expect(faultsOf({ 'recipients.0.kinship.words': 'godmother' })).toEqual([
      ['recipients.0.kinship.words', 'may be given only where the relation is other'],
    ]);
  });

  it('of whom nothing is said is a person; to make them a couple is material', () => {
    const touched = (kind: string) =>
      facetsTouchedBy(sampleDossier(), sampleWith({ 'recipients.0.kind': kind }));
    expect(touched('person')).toEqual({ facets: [], material: false });
    expect(touched('couple')).toEqual({ facets: ['kinship'], material: true });
  });
});
