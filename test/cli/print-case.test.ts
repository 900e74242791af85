import { stripVTControlCharacters } from 'node:util';
import { caseLines } from '../../src/cli/print/print-case';
import type { CaseSummary } from '../../src/cli/print/print-case';
import { nearest } from '../../src/stack/process/nearest';
import { unknownSettings } from '../../src/config-unknown';

const view: CaseSummary = {
  id: '7Q2M-4ZK9',
  version: 12,
  stage: 'preparation',
  stageSince: '2026-11-20T08:00:00.000Z',
  requestingParty: 'ukraine',
  holdingParty: 'russia',
  officer: { official: 'qa-officer-1', deputy: 'qa-officer-2' },
  recipient: { ref: 'recipient-1' },
  plan: {
    ...{ version: 1, hash: 'a'.repeat(64), window: { from: '2026-12-01', to: '2026-12-05' } },
    recipient: 'recipient-1',
    ...{ modality: 'escorted', site: null, handoverPlace: 'border', companions: ['grandmother'] },
  },
  facets: {
    custody: {
      status: 'settled',
      attestation: {
        ...{ finding: 'confirmed', by: { party: 'ukraine', official: 'ua-official-1' } },
        ...{ at: '2026-11-21T09:30:00.000Z', evidence: ['doc-3'], validUntil: '2027-01-01' },
      },
      reviewer: { party: 'qatar', official: 'qa-reviewer' },
    },
  },
  checks: { findings: [{ code: 'document-issued-before-birth', severity: 'blocking', document: 'doc-2' }] },
  dossier: {
    child: {
      ...{
        names: [{ given: 'Kyrylo', family: 'Hadanyi' }],
        placeOfBirth: 'Kherson',
        nationality: ['UKR', 'XXA'],
      },
      parents: {
        mother: { names: [{ given: 'Mariia', family: 'Hadana' }], maidenName: 'Kazkova' },
        father: { names: [{ family: 'Hadanyi' }] },
      },
      ...{ photograph: 'doc-4', features: 'A scar.\nA birthmark.', bloodGroup: 'AB-' },
      presentCarer: { name: 'Home no. 4', kind: 'institution', since: '2025-01-01' },
    },
    recipients: [
      { id: 'recipient-1', names: [{ given: 'Olha', family: 'Hadana' }], kinship: { relation: 'aunt' } },
      {
        ...{ id: 'recipient-2', kind: 'couple', names: [{ given: 'Ivan' }] },
        kinship: { relation: 'other', words: 'godparents' },
      },
    ],
    documents: [{ id: 'doc-3', kind: 'power-of-attorney', holder: 'recipient-1', expiresOn: '2027-01-01' }],
  },
  care: { with: 'interim-care', kind: 'hospital', place: 'kyiv', since: '2026-11-22T09:00:00.000Z' },
  familyTold: [
    { of: 'located', at: '2026-11-19T09:00:00.000Z', how: 'letter', language: 'en' },
    { of: 'agreed', at: '2026-11-20T09:00:00.000Z', how: 'telephone', language: 'uk' },
  ],
  childTold: [{ of: 'agreed', at: '2026-11-20T10:00:00.000Z', how: 'in-person', language: 'ru' }],
  hearings: [{ recipient: 'recipient-1', answer: 'unsure', heardAt: '2026-11-21T09:00:00.000Z' }],
  legs: [
    {
      ...{ id: 'leg-1', from: 'moscow', to: 'doha' },
      ...{ departAt: '2026-12-01T06:00:00.000Z', arriveAt: '2026-12-01T11:00:00.000Z', checkInEvery: 'PT1H' },
    },
  ],
  obligations: [{ kind: 'depart', party: 'escort', due: '2026-12-01T06:00:00.000Z', safety: false }],
  allowed: ['placeHold'],
};

describe('a case on the terminal', () => {
  // Coloured where the machine of CI says so.
  const shown = stripVTControlCharacters(caseLines(view).join('\n'));
  it.each([
    ['whose case it is', 'qa-officer-1, deputy qa-officer-2'],
    ['the recipient', 'Olha Hadana, aunt'],
    ['where the child was born', 'born in        Kherson'],
    ['the nationality', 'nationality    UKR, XXA'],
    ['the mother', 'mother         Mariia Hadana, born Kazkova'],
    ['the father', 'father         Hadanyi'],
    ['the photograph', 'photograph     doc-4'],
    ['the features, on one line', 'features       A scar. A birthmark.'],
    ['the blood group', 'blood group    AB-'],
    ['who has the child now', 'now with       Home no. 4, institution, since 2025-01-01'],
    ['in whose care', 'interim-care, hospital, kyiv, since 2026-11-22 09:00 UTC'],
    ['what its family was told last', '2026-11-20 09:00 UTC  family: agreed, telephone, in uk'],
    ['and the child', '2026-11-20 10:00 UTC  child: agreed, in-person, in ru'],
    ['what the child said', '2026-11-21 09:00 UTC  about recipient-1: unsure'],
    ['who travels along', 'travelling with the child: grandmother'],
    ['the legs', 'moscow to doha, 2026-12-01 06:00 UTC to 2026-12-01 11:00 UTC, sign of life every PT1H'],
    [
      'who attested what, on which papers',
      'attested by ua-official-1, 2026-11-21 09:30 UTC, on doc-3, until 2027-01-01',
    ],
    ['who reviewed it', 'reviewed by qa-reviewer'],
    ['checks that block', 'blocking  document-issued-before-birth doc-2'],
    ['papers', 'doc-3    power-of-attorney of recipient-1, until 2027-01-01'],
  ])('shows %s', (_what, line) => {
    expect(shown).toContain(line);
  });

  it('shows of a recipient what kind it is, and the relation in words', () => {
    const other = { ...view, recipient: { ref: 'recipient-2' } };
    expect(stripVTControlCharacters(caseLines(other).join('\n'))).toContain('Ivan, couple, godparents');
  });

  it('has no section of the child where nothing describes it', () => {
    expect(caseLines({ ...view, dossier: { child: { names: [] } } }).join('\n')).not.toContain('Child');
  });

  it('marks every time as UTC', () => {
    for (const [, after] of shown.matchAll(/\d{4}-\d\d-\d\d \d\d:\d\d(.{0,4})/g)) expect(after).toBe(' UTC');
  });
});

describe('a mistyped word', () => {
  it.each([
    ['HOMEWARD_DTA', 'HOMEWARD_DATA'],
    ['HOMEWARD_PUBLC_URL', 'HOMEWARD_PUBLIC_URL'],
    ['OIDC_ISUER', 'OIDC_ISSUER'],
    ['TEMPORAL_ADRESS', 'TEMPORAL_ADDRESS'],
    ['DATABSE_URL', 'DATABASE_URL'],
  ])('%s is told with what was meant', (name, meant) => {
    expect(unknownSettings({ [name]: 'x' })).toEqual([
      `${name} is not a setting of Homeward; did you mean ${meant}?`,
    ]);
  });

  it('that is another program’s own is not told', () => {
    const others = [
      'OTEL_EXPORTER_OTLP_HEADERS',
      'TEMPORAL_API_KEY',
      'TEMPORAL_TLS',
      'PATH',
      'HOSTNAME',
      'PGDATA',
    ];
    for (const name of others) expect(unknownSettings({ [name]: 'x' })).toEqual([]);
  });

  it('far from everything known suggests nothing', () => {
    expect(nearest('somethingElse', ['placeHold', 'liftHold'])).toBeUndefined();
    expect(nearest('placeHodl', ['placeHold', 'liftHold'])).toBe('placeHold');
  });
});
