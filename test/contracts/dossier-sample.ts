/** A dossier without a fault and, on the sample's day, without a finding: tests change one thing in it. */
import type { Dossier } from '../../src/contracts/dossier/dossier';

export const sampleDay = '2026-11-22';

/** A fresh copy each time. The passport's check digits are right. */
export const sampleDossier = (): Dossier => ({
  child: {
    names: [
      {
        script: 'cyrillic',
        given: 'Соломія',
        family: 'Вигадана',
        patronymic: 'Андріївна',
        sourceDocument: 'doc-1',
        recordedOn: '2026-10-01',
      },
      { script: 'latin', given: 'Solomiia', family: 'Vyhadana', recordedOn: '2026-10-01' },
    ],
    birthDate: { exact: '2018-07-09' },
    placeOfBirth: 'Kherson',
    nationality: ['UKR'],
    parents: {
      mother: {
        names: [{ script: 'latin', given: 'Mariia', family: 'Vyhadana', recordedOn: '2026-10-01' }],
        maidenName: 'Kazkova',
      },
      father: {
        names: [{ script: 'latin', given: 'Andrii', family: 'Vyhadanyi', recordedOn: '2026-10-01' }],
      },
    },
    photograph: 'doc-6',
    features: 'A scar above the left eyebrow',
    sex: 'female',
    languages: ['uk'],
    whereabouts: { known: true, place: 'Children’s home', since: '2023-01-01' },
    presentCarer: { name: 'Children’s home', kind: 'institution', since: '2023-01-01' },
    bloodGroup: 'A+',
    healthNeeds: [{ need: 'Asthma', evidence: ['doc-4'] }],
    view: { text: 'I want to go home.', recordedOn: '2026-10-20', heardBy: 'Interviewer' },
  },
  documents: [
    { id: 'doc-1', kind: 'birth-certificate', holder: 'child', issuedBy: 'Registry', issuedOn: '2018-07-28' },
    {
      id: 'doc-2',
      kind: 'passport',
      holder: 'recipient-1',
      number: 'FX000101',
      mrz: ['P<UKRVYHADANYI<<BOHDAN<<<<<<<<<<<<<<<<<<<<<<', 'FX000101<8UKR8804178M3103153<<<<<<<<<<<<<<00'],
      issuedBy: 'Migration service',
      issuedOn: '2021-03-15',
      expiresOn: '2031-03-15',
    },
    {
      id: 'doc-3',
      kind: 'court-order',
      holder: 'recipient-1',
      issuedBy: 'District court',
      issuedOn: '2025-08-21',
      expiresOn: '2028-08-21',
    },
    { id: 'doc-4', kind: 'medical', holder: 'child', issuedBy: 'Hospital', issuedOn: '2026-09-01' },
    { id: 'doc-5', kind: 'birth-certificate', holder: 'recipient-1', issuedBy: 'Registry' },
    { id: 'doc-6', kind: 'photograph', holder: 'child', issuedBy: 'Requesting side' },
  ],
  recipients: [
    {
      id: 'recipient-1',
      names: [
        { script: 'cyrillic', given: 'Богдан', family: 'Вигаданий', recordedOn: '2026-10-01' },
        { script: 'latin', given: 'Bohdan', family: 'Vyhadanyi', recordedOn: '2026-10-01' },
      ],
      birthDate: { exact: '1988-04-17' },
      languages: ['uk'],
      kinship: { relation: 'uncle', evidence: ['doc-1', 'doc-5'] },
      custody: [
        {
          basis: 'court-order',
          relation: 'uncle',
          validFrom: '2025-08-21',
          validUntil: '2028-08-21',
          evidence: ['doc-3'],
        },
      ],
      contact: { telephone: '+380 44 000 0000', email: 'uncle@family.example', address: 'Kyiv' },
    },
  ],
});

/** What to put where: `{ 'child.names.0.given': '' }`. Undefined deletes; one past the end of a list appends. */
export type Edits = Readonly<Record<string, unknown>>;

/** A copy with the edits made in their order. */
export function edited<Value>(value: Value, edits: Edits): Value {
  const copy = structuredClone(value);
  for (const [path, replacement] of Object.entries(edits)) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const target = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy) as Record<
      string,
      unknown
    >;
    if (replacement === undefined) Reflect.deleteProperty(target, last);
    else target[last] = structuredClone(replacement);
  }
  return copy;
}
export const sampleWith = (edits: Edits): Dossier => edited(sampleDossier(), edits);
