import fc from 'fast-check';
import { checkDossier } from '../../activities/verification/check-dossier';
import { descriptionCodes } from '../../src/contracts/dossier/description-codes';
import { checkCodes } from '../../src/contracts/dossier/check-codes';
import type { CheckCodeName } from '../../src/contracts/dossier/check-codes';
import { checkDigitOf } from '../../src/examples/dated-as-of';
import { dossierSchemaAt } from '../../src/contracts/dossier/schema';
import type { Dossier } from '../../src/contracts/dossier/dossier';
import { loadTheEleven } from '../../src/examples/the-eleven';
import type { CheckFinding } from '../../src/domain/model/commands';
import { borderCodes } from '../../src/domain/model/border';
import { caseIn, settle, termsOf } from '../support/factories';
import { hostingRules } from '../support/mechanism-rules';
import { edited, sampleDay, sampleDossier, sampleWith } from '../contracts/dossier-sample';
import type { Edits } from '../contracts/dossier-sample';
import { propertyRuns } from '../support/property-runs';

const today = sampleDay;
const window = { from: '2026-12-01', to: '2026-12-20' };
const check = (dossier: Dossier, more: { window?: typeof window } = { window }): CheckFinding[] =>
  checkDossier(dossier, { recipient: 'recipient-1', today, ...more });
const codesOf = (findings: readonly CheckFinding[]): string[] => findings.map(({ code }) => code);

const names = 'P<UKRVYHADANYI<<BOHDAN<<<<<<<<<<<<<<<<<<<<<<';
const zone = 'FX000101<8UKR8804178M3103153<<<<<<<<<<<<<<00';
/** A zone with parts put in and every check digit right again. */
function zoneWith({ number = 'FX000101<', birth = '880417', sex = 'M', expiry = '310315' }): string {
  const body = `${number}${checkDigitOf(number)}UKR${birth}${checkDigitOf(birth)}${sex}${expiry}${checkDigitOf(expiry)}${'<'.repeat(14)}0`;
  return body + checkDigitOf(body.slice(0, 10) + body.slice(13, 20) + body.slice(21, 43));
}
const passport = (second: string, first = names): Edits => ({
  'documents.1.mrz': [first.padEnd(44, '<').slice(0, 44), second],
});
const childsPassport = {
  id: 'doc-7',
  kind: 'passport',
  holder: 'child',
  number: 'FX000102',
  mrz: [
    'P<UKRVYHADANA<<SOLOMIIA<<<<<<<<<<<<<<<<<<<<<',
    zoneWith({ number: 'FX000102<', birth: '180709', sex: 'M' }),
  ],
  issuedBy: 'X',
};
const recipient = 'recipient-1';
const parent: Edits = {
  'recipients.0.kinship.relation': 'mother',
  'recipients.0.custody.0.relation': 'mother',
};
const expired: Edits = { 'recipients.0.custody.0.validUntil': '2026-11-21' };

describe('the checks of a dossier', () => {
  test('find nothing in one that is in order', () => {
    expect(dossierSchemaAt(() => today).safeParse(sampleDossier()).success).toBe(true);
    expect(check(sampleDossier())).toEqual([]);
    expect(check(sampleDossier(), {})).toEqual([]);
  });

  const rows: [CheckCodeName, string, Edits, Partial<CheckFinding>?][] = [
    [
      'recipient-unavailable',
      'the recipient is away',
      { 'recipients.0.unavailable': { since: '2026-11-01' } },
      { recipient },
    ],
    [
      'document-expired',
      'the passport ended yesterday',
      { 'documents.1.expiresOn': '2026-11-21', ...passport(zoneWith({ expiry: '261121' })) },
      { document: 'doc-2' },
    ],
    [
      'document-expires-in-window',
      'the passport ends a day early',
      { 'documents.1.expiresOn': '2026-12-19', ...passport(zoneWith({ expiry: '261219' })) },
      { document: 'doc-2' },
    ],
    [
      'document-issued-before-birth',
      'the certificate is older than the child',
      { 'documents.0.issuedOn': '2018-07-08' },
      { document: 'doc-1' },
    ],
    [
      'document-number-shared',
      'one certificate is listed twice, once with a space',
      { 'documents.0.number': 'I-FP 7', 'documents.4.number': 'ifp7' },
      { document: 'doc-5' },
    ],
    ['mrz-unreadable', 'a character is missing', passport(zone.slice(1)), { document: 'doc-2' }],
    [
      'mrz-misread',
      'the letter O was typed for a zero of the number',
      passport(zone.replace('FX000101', 'FXO00101')),
      { document: 'doc-2' },
    ],
    [
      'mrz-misread',
      'the letter I was typed for a one of the number, which the library’s autocorrect misses',
      passport(zone.replace('FX000101', 'FX000I01')),
      { document: 'doc-2' },
    ],
    [
      'mrz-misread',
      'the letter B was typed for an eight of the birth date',
      passport(zone.replace('880417', '8B0417')),
      { document: 'doc-2' },
    ],
    [
      'mrz-misread',
      'a letter stands alone between digits of a number that is not listed',
      { ...passport(zone.replace('FX000101', 'FX00O101')), 'documents.1.number': undefined },
      { document: 'doc-2' },
    ],
    [
      'mrz-check-digit',
      'a zero could be a letter, but no number is listed to say so',
      { ...passport(zone.replace('FX000101', 'FX001001')), 'documents.1.number': undefined },
      { document: 'doc-2' },
    ],
    [
      'mrz-check-digit',
      'two digits of the number changed places',
      passport(zone.replace('FX000101', 'FX001001')),
      { document: 'doc-2' },
    ],
    [
      'mrz-check-digit',
      'the last digit alone is wrong',
      passport(zone.slice(0, 43) + '7'),
      { document: 'doc-2' },
    ],
    [
      'mrz-field-invalid',
      'there is a thirteenth month',
      {
        ...passport(zoneWith({ birth: '881317' })),
        'recipients.0.birthDate': { estimated: { from: '1988-01-01', to: '1989-12-31' } },
      },
      { document: 'doc-2' },
    ],
    [
      'mrz-number-differs',
      'another number is listed',
      { 'documents.1.number': 'FX000111' },
      { document: 'doc-2' },
    ],
    [
      'mrz-birth-date-differs',
      'the zone makes the recipient a day younger',
      passport(zoneWith({ birth: '880418' })),
      { document: 'doc-2' },
    ],
    [
      'mrz-birth-date-differs',
      'the zone’s birth date lies outside the estimate',
      { 'recipients.0.birthDate': { estimated: { from: '1990-01-01', to: '1991-12-31' } } },
      { document: 'doc-2' },
    ],
    [
      'mrz-expiry-differs',
      'the zone ends a year later',
      passport(zoneWith({ expiry: '320315' })),
      { document: 'doc-2' },
    ],
    [
      'mrz-sex-differs',
      'the child’s passport names the other sex',
      { 'documents.6': childsPassport },
      { document: 'doc-7' },
    ],
    [
      'mrz-name-differs',
      'the passport is another Bohdan’s',
      passport(zone, 'P<UKRVYHADENKO<<BOHDAN<<<<<<<<<<<<<<<<<<<<<'),
      { document: 'doc-2' },
    ],
    [
      'name-one-script',
      'the child’s name is in Cyrillic only',
      { 'child.names.1': { ...sampleDossier().child.names[0], given: 'Соломея' } },
    ],
    [
      'name-mixed-script',
      'a Latin o stands in the child’s Cyrillic name',
      { 'child.names.0.given': 'Сoломія' },
      { form: 1 },
    ],
    [
      'name-mixed-script',
      'a Latin a stands in the recipient’s Cyrillic name',
      { 'recipients.0.names.0.family': 'Вигaданий' },
      { recipient, form: 1 },
    ],
    [
      'name-wrong-script',
      'a Latin form is listed as Arabic',
      { 'child.names.2': { ...sampleDossier().child.names[1], script: 'arabic' } },
      { form: 3 },
    ],
    [
      'name-garbled',
      'the child’s name is UTF-8 that was read as windows-1251',
      { 'child.names.0.given': 'РЎРѕР»РѕРјС–СЏ' },
      { form: 1 },
    ],
    [
      'name-garbled',
      'the recipient’s name is UTF-8 that was read as windows-1252',
      { 'recipients.0.names.0.family': 'ÐžÐ»ÐµÐ½Ð°' },
      { recipient, form: 1 },
    ],
    [
      'name-single',
      'the recipient’s passport has one name',
      {
        'recipients.0.names': [{ script: 'cyrillic', family: 'Вигаданий', recordedOn: '2026-10-01' }],
      },
      { recipient },
    ],
    [
      'mrz-layout-unknown',
      'the zone is of lines as no standard has them',
      { 'documents.1.mrz': [names.slice(0, 40), zone.slice(0, 40)] },
      { document: 'doc-2' },
    ],
    [
      'mrz-layout-unknown',
      'the zone is of a kind of document that the standard does not name',
      passport(zone, names.replace('P<', 'R<')),
      { document: 'doc-2' },
    ],
    [
      'document-expired',
      'another passport is listed, whose last day nobody knows',
      {
        'documents.1.expiresOn': '2026-11-21',
        ...passport(zoneWith({ expiry: '261121' })),
        'documents.6': { id: 'doc-9', kind: 'passport', holder: recipient, issuedBy: 'X' },
      },
      { document: 'doc-2' },
    ],
    [
      'name-without-document',
      'no form was copied from a paper',
      { 'child.names.0.sourceDocument': undefined },
    ],
    [
      'birth-date-estimated',
      'nobody knows the birthday',
      { 'child.birthDate': { estimated: { from: '2018-01-01', to: '2018-12-31' } } },
    ],
    [
      'child-of-age',
      'the child turned 18 yesterday',
      { 'child.birthDate.exact': '2008-11-21', 'documents.0.issuedOn': undefined },
    ],
    [
      'child-of-age-in-window',
      'the child turns 18 on the last day',
      { 'child.birthDate.exact': '2008-12-20', 'documents.0.issuedOn': undefined },
    ],
    [
      'recipient-minor',
      'the brother is 17',
      {
        'recipients.0.birthDate.exact': '2009-11-01',
        'recipients.0.kinship.relation': 'brother',
        'recipients.0.custody.0.relation': 'brother',
        'documents.1.mrz': undefined,
      },
      { recipient },
    ],
    [
      'recipient-birth-date-missing',
      'nobody asked the recipient’s age',
      { 'recipients.0.birthDate': undefined },
      { recipient },
    ],
    [
      'parent-too-young',
      'the mother was 11 at birth',
      { ...parent, 'recipients.0.birthDate.exact': '2006-07-10', 'documents.1.mrz': undefined },
      { recipient },
    ],
    [
      'mother-too-old',
      'the mother was 56 at birth',
      { ...parent, 'recipients.0.birthDate.exact': '1962-07-09', 'documents.1.mrz': undefined },
      { recipient },
    ],
    [
      'grandparent-too-young',
      'the grandfather is 23 years older',
      {
        'recipients.0.kinship.relation': 'grandfather',
        'recipients.0.custody.0.relation': 'grandfather',
        'recipients.0.birthDate.exact': '1994-07-10',
        'documents.1.mrz': undefined,
      },
      { recipient },
    ],
    [
      'kinship-unevidenced',
      'nothing shows the relation',
      { 'recipients.0.kinship.evidence': [] },
      { recipient },
    ],
    [
      'kinship-evidence-unfit',
      'a medical paper is to show the relation',
      { 'recipients.0.kinship.evidence': ['doc-4'] },
      { recipient },
    ],
    [
      'kinship-chain-short',
      'one birth certificate is to show an uncle',
      { 'recipients.0.kinship.evidence': ['doc-1'] },
      { recipient },
    ],
    ['custody-missing', 'the recipient has no custody', { 'recipients.0.custody': [] }, { recipient }],
    [
      'custody-unevidenced',
      'no paper shows the custody',
      { 'recipients.0.custody.0.evidence': [] },
      { recipient },
    ],
    [
      'custody-evidence-unfit',
      'a passport is to show the custody',
      { 'recipients.0.custody.0.evidence': ['doc-2'] },
      { recipient },
    ],
    [
      'custody-of-another',
      'the order was made out to somebody else',
      {
        'recipients.1': { ...sampleDossier().recipients[0], id: 'recipient-2' },
        'documents.2.holder': 'recipient-2',
      },
      { recipient, document: 'doc-3' },
    ],
    [
      'custody-relation-differs',
      'the order calls the uncle a grandfather',
      { 'recipients.0.custody.0.relation': 'grandfather' },
      { recipient },
    ],
    [
      'custody-right-not-parental',
      'an uncle claims a parent’s right',
      { 'recipients.0.custody.0.basis': 'parental-right', 'recipients.0.custody.0.evidence': ['doc-1'] },
      { recipient },
    ],
    [
      'custody-not-yet-valid',
      'the order takes effect a day late',
      { 'recipients.0.custody.0.validFrom': '2026-12-02' },
      { recipient },
    ],
    ['custody-expired', 'the order ended yesterday', expired, { recipient }],
    [
      'custody-expired',
      'the order has no end, but its paper had',
      { 'recipients.0.custody.0.validUntil': undefined, 'documents.2.expiresOn': '2026-11-21' },
      { recipient },
    ],
    [
      'custody-expires-in-window',
      'the order ends a day early',
      { 'recipients.0.custody.0.validUntil': '2026-12-19' },
      { recipient },
    ],
    ['whereabouts-unknown', 'there is a plan, but no place', { 'child.whereabouts': { known: false } }],
    [
      'whereabouts-before-birth',
      'the child is there since before its birth',
      { 'child.whereabouts.since': '2018-07-08' },
    ],
    ['childs-view-missing', 'a child of eight was not asked', { 'child.view': undefined }],
    ['childs-view-old', 'the child was asked last spring', { 'child.view.recordedOn': '2026-05-25' }],
    ['photograph-missing', 'there is no photograph', { 'child.photograph': undefined }],
    ['place-of-birth-missing', 'nobody knows where the child was born', { 'child.placeOfBirth': undefined }],
    ['nationality-missing', 'nobody knows the nationality', { 'child.nationality': undefined }],
    ['parents-missing', 'no parent is named', { 'child.parents': undefined }],
    ['features-missing', 'nothing tells the child from others', { 'child.features': undefined }],
    ['blood-group-missing', 'nobody knows the blood group', { 'child.bloodGroup': undefined }],
    ['present-carer-missing', 'nobody knows who has the child', { 'child.presentCarer': undefined }],
    ['parents-missing', 'the parents are an empty place', { 'child.parents': {} }],
    [
      'photograph-unfit',
      'a medical paper is to be the photograph',
      { 'child.photograph': 'doc-4' },
      { document: 'doc-4' },
    ],
    [
      'photograph-unfit',
      'the photograph is the recipient’s',
      { 'documents.5.holder': recipient },
      { document: 'doc-6' },
    ],
    [
      'grandparent-too-young',
      'the great-grandmother is 35 years older',
      {
        'recipients.0.kinship.relation': 'great-grandparent',
        'recipients.0.custody.0.relation': 'great-grandparent',
        'recipients.0.birthDate.exact': '1982-07-10',
        'documents.1.mrz': undefined,
      },
      { recipient },
    ],
    [
      'kinship-chain-short',
      'one birth certificate is to show a half-sister',
      {
        'recipients.0.kinship': { relation: 'half-sibling', evidence: ['doc-1'] },
        'recipients.0.custody.0.relation': 'half-sibling',
      },
      { recipient },
    ],
    [
      'kinship-evidence-unfit',
      'a medical paper is to show an adoption',
      {
        'recipients.0.kinship': { relation: 'adoptive-parent', evidence: ['doc-4'] },
        'recipients.0.custody.0.relation': 'adoptive-parent',
      },
      { recipient },
    ],
    [
      'custody-evidence-unfit',
      'a power of attorney is to place the child in an institution',
      { 'documents.2.kind': 'power-of-attorney', 'recipients.0.custody.0.basis': 'institution' },
      { recipient },
    ],
    [
      'custody-relation-differs',
      'an institution’s paper calls the uncle a foster parent',
      {
        'recipients.0.custody.0.basis': 'institution',
        'recipients.0.custody.0.relation': 'foster-parent',
      },
      { recipient },
    ],
    ['example-data', 'the names are invented', { invented: ['child.names'] }],
  ];
  test.each(rows)('report %s when %s', (code, _when, edits, about = {}) => {
    const dossier = sampleWith(edits);
    expect(dossierSchemaAt(() => today).safeParse(dossier).error).toBeUndefined();
    expect(check(dossier)).toEqual([{ code, severity: checkCodes[code].severity, ...about }]);
  });

  test('report that this version of the dossier does not list the recipient', () => {
    expect(checkDossier(sampleDossier(), { recipient: 'recipient-2', today })).toEqual([
      { code: 'recipient-unlisted', severity: 'blocking', recipient: 'recipient-2' },
    ]);
  });

  test('every code has its row above', () => {
    // Those of a plan stand below, those of the border in `test/domain/facts/border.test.ts`.
    expect(
      new Set([
        ...rows.map(([code]) => code),
        'recipient-unlisted',
        'alternate-unverified',
        ...Object.keys(borderCodes),
      ]),
    ).toEqual(new Set(Object.keys(checkCodes)));
  });

  test('name whom the plan names in the recipient’s place, until everything is found of them', () => {
    const play = caseIn('agreement', hostingRules);
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { alternates: ['recipient-2'] }) });
    const named = () =>
      checkDossier(sampleDossier(), {
        recipient,
        today,
        way: { state: play.state, rules: play.rules },
      }).filter(({ code }) => code === 'alternate-unverified');
    expect(named()).toEqual([
      { code: 'alternate-unverified', severity: 'warning', recipient: 'recipient-2' },
    ]);
    for (const facet of ['kinship', 'custody', 'willingness', 'childs-view'] as const)
      settle(play, facet, { recipient: 'recipient-2' });
    expect(named()).toEqual([]);
  });

  test('report what the border asks for, of a case that has a plan', () => {
    const { state, rules } = caseIn('preparation', {
      ...hostingRules,
      border: [
        {
          crossing: 'border',
          direction: { from: 'south', to: 'north' },
          from: '2026-01-01',
          travellers: ['child'],
          papers: [{ kind: 'return-certificate' }],
        },
      ],
    });
    // Of the plan's own days.
    const circumstances = { recipient, today: '2026-03-01', way: { state, rules } };
    const atBorder = (dossier: Dossier) =>
      checkDossier(dossier, circumstances).filter(({ code }) => code.startsWith('border-'));
    expect(atBorder(sampleDossier())).toEqual([
      { code: 'border-paper-missing', severity: 'warning', paper: 'return-certificate', place: 'border' },
    ]);
    const certificate = {
      kind: 'return-certificate',
      holder: 'child',
      issuedBy: 'X',
      expiresOn: '2030-01-01',
    };
    expect(atBorder(sampleWith({ 'documents.6': { id: 'doc-7', ...certificate } }))).toEqual([]);
  });

  const silent: [string, Edits][] = [
    [
      'an old passport that a new one replaces',
      {
        'documents.6': {
          id: 'doc-7',
          kind: 'passport',
          holder: recipient,
          issuedBy: 'X',
          expiresOn: '2024-01-01',
        },
      },
    ],
    [
      'an expired paper of another recipient',
      {
        'recipients.1': { ...sampleDossier().recipients[0], id: 'recipient-2' },
        'documents.6': {
          id: 'doc-7',
          kind: 'id-card',
          holder: 'recipient-2',
          issuedBy: 'X',
          expiresOn: '2024-01-01',
        },
      },
    ],
    [
      'an expired basis that another covers',
      {
        'recipients.0.custody.1': { ...sampleDossier().recipients[0]?.custody[0], validUntil: '2026-01-01' },
      },
    ],
    [
      'papers that end on the very last day',
      { 'recipients.0.custody.0.validUntil': '2026-12-20', 'documents.2.expiresOn': '2026-12-20' },
    ],
    [
      'a court order for the kinship instead of two certificates',
      { 'recipients.0.kinship.evidence': ['doc-1', 'doc-3'] },
    ],
    [
      'guardianship that calls an uncle guardian',
      {
        'documents.2.kind': 'guardianship',
        'recipients.0.custody.0.basis': 'guardianship',
        'recipients.0.custody.0.relation': 'guardian',
      },
    ],
    ...(
      [
        ['temporary-placement', 'foster-parent'],
        ['foster-agreement', 'foster-parent'],
        ['guardianship-by-authority', 'guardian'],
        ['adoption', 'adoptive-parent'],
        ['institution', 'authority'],
      ] as const
    ).map(([basis, relation]): [string, Edits] => [
      `${basis} whose order calls the uncle ${relation}`,
      { 'recipients.0.custody.0.basis': basis, 'recipients.0.custody.0.relation': relation },
    ]),
    [
      'an adoptive parent with a parental right',
      {
        'recipients.0.kinship.relation': 'adoptive-parent',
        'recipients.0.custody.0': {
          basis: 'parental-right',
          relation: 'adoptive-parent',
          evidence: ['doc-1'],
        },
      },
    ],
    [
      'an authority, which has one name and no birthday',
      {
        'recipients.0.kind': 'authority',
        'recipients.0.names': [
          { script: 'cyrillic', family: 'Служба у справах дітей', recordedOn: '2026-10-01' },
        ],
        'recipients.0.birthDate': undefined,
        'recipients.0.kinship': { relation: 'authority', evidence: ['doc-3'] },
        'recipients.0.custody.0': {
          basis: 'guardianship-by-authority',
          relation: 'authority',
          evidence: ['doc-3'],
        },
        'documents.1.mrz': undefined,
      },
    ],
    [
      'a child of whom one parent is known',
      { 'child.parents': { mother: sampleDossier().child.parents?.mother } },
    ],
    [
      'a name of two words with a hyphen and an apostrophe',
      { 'child.names.0.family': 'Вигадана-Лук’яненко' },
    ],
    [
      'a long name cut off at the end of the line',
      {
        'recipients.0.names.1.given': 'Bohdan Maksymilian Oleksandr Sviatoslav',
        ...passport(zone, 'P<UKRVYHADANYI<<BOHDAN<MAKSYMILIAN<OLEKSANDR'),
      },
    ],
    [
      'a child too young to be asked',
      {
        'child.view': undefined,
        'child.birthDate.exact': '2022-01-01',
        'documents.0.issuedOn': undefined,
        'child.whereabouts.since': undefined,
      },
    ],
    ['a passport that leaves its holder’s day of birth open', passport(zoneWith({ birth: '8804<<' }))],
    [
      'a parent of an estimated age that could be right',
      { ...parent, 'recipients.0.birthDate': { estimated: { from: '1984-01-01', to: '2010-12-31' } } },
    ],
  ];
  test.each(silent)('say nothing of %s', (_what, edits) => {
    const dossier = sampleWith(edits);
    expect(dossierSchemaAt(() => today).safeParse(dossier).error).toBeUndefined();
    expect(codesOf(check(dossier))).toEqual([]);
  });

  test('without a plan reckon with today only', () => {
    const soon = sampleWith({ 'recipients.0.custody.0.validUntil': '2026-12-01' });
    expect(codesOf(check(soon, {}))).toEqual([]);
    expect(codesOf(check(soon))).toEqual(['custody-expires-in-window']);
    expect(codesOf(check(sampleWith({ 'child.whereabouts': { known: false } }), {}))).toEqual([]);
  });

  test('with a window in the past still reckon with today', () => {
    expect(codesOf(check(sampleWith(expired), { window: { from: '2026-01-01', to: '2026-02-01' } }))).toEqual(
      ['custody-expired'],
    );
  });

  test('when every basis has run out, judge the one that lasted longest', () => {
    const dossier = sampleWith({
      ...expired,
      'recipients.0.custody.1': {
        basis: 'power-of-attorney',
        relation: 'uncle',
        validUntil: '2026-12-10',
        evidence: [],
      },
    });
    expect(codesOf(check(dossier))).toEqual(['custody-unevidenced', 'custody-expires-in-window']);
  });

  test('put the gravest first, and each finding once', () => {
    const findings = check(
      sampleWith({
        ...expired,
        'child.names.0.given': 'Сoломія',
        'child.names.2': { ...sampleDossier().child.names[0], given: 'Сoля' },
        invented: ['child.names'],
      }),
    );
    expect(codesOf(findings)).toEqual([
      'custody-expired',
      'name-mixed-script',
      'name-mixed-script',
      'example-data',
    ]);
    expect(findings.map(({ form }) => form)).toEqual([undefined, 1, 3, undefined]);
  });
});

describe('the checks find nothing', () => {
  const latin = (given: string | undefined, family: string | undefined) => ({
    'recipients.0.names.1.given': given,
    'recipients.0.names.1.family': family,
  });
  const rows: [string, Edits][] = [
    [
      'against a series typed in Cyrillic',
      { 'documents.1.number': 'ЕХ 000101', ...passport(zoneWith({ number: 'EX000101<' })) },
    ],
    ['against a number with its sign', { 'documents.1.number': '№ FX-000101' }],
    ['against umlauts written out', { ...latin('Jörg', 'Müller'), ...passport(zone, 'P<UKRMUELLER<<JOERG') }],
    [
      'against umlauts without their dots',
      { ...latin('Jörg', 'Müller'), ...passport(zone, 'P<UKRMULLER<<JORG') },
    ],
    ['against Łukasz', { ...latin('Łukasz', 'Søreß'), ...passport(zone, 'P<UKRSOERESS<<LUKASZ') }],
    [
      'against Icelandic letters',
      { ...latin('Þórður', 'Æsisdóttir'), ...passport(zone, 'P<UKRAESISDOTTIR<<THORDUR') },
    ],
    [
      'against a dotless i and an ñ',
      { ...latin('Yıldız', 'Núñez'), ...passport(zone, 'P<UKRNUNXXEZ<<YILDIZ') },
    ],
    [
      'against a name cut off within a letter written out',
      { ...latin('Bohdan', 'Müller'), ...passport(zone, 'P<UKRMU<<BOHDAN') },
    ],
    [
      'in a form that was recorded in error',
      {
        'child.names.2': {
          ...sampleDossier().child.names[0],
          given: 'Сoломія',
          recordedInError: { reason: 'typed-wrongly', on: '2026-11-01' },
        },
      },
    ],
  ];
  test.each(rows)('%s', (_what, edits) => {
    const dossier = sampleWith(edits);
    expect(dossierSchemaAt(() => today).safeParse(dossier).error).toBeUndefined();
    expect(check(dossier)).toEqual([]);
  });

  test('in a passport of one name, but that it is one', () => {
    const dossier = sampleWith({
      'recipients.0.names': [{ script: 'latin', given: 'Aishe', recordedOn: '2026-10-01' }],
      ...passport(zone, 'P<UKRAISHE'),
    });
    expect(codesOf(check(dossier))).toEqual(['name-single']);
  });

  const internal = (number = '450123456') => {
    const body = `${number}${checkDigitOf(number)}RUS880417${checkDigitOf('880417')}M<<<<<<<3080101770001<`;
    const optional = body.slice(28, 42);
    const withOptional = body.slice(0, 42) + checkDigitOf(optional);
    const digit = checkDigitOf(
      withOptional.slice(0, 10) + withOptional.slice(13, 20) + withOptional.slice(21, 43),
    );
    return ['PNRUSVYGADANNYQ<<BOGDAN<AL9BERTOVI3'.padEnd(44, '<'), withOptional + digit];
  };
  const russian: Edits = {
    'documents.1.number': '4503 123456',
    'documents.1.expiresOn': undefined,
    'documents.1.mrz': internal(),
    'recipients.0.names': [
      {
        script: 'cyrillic',
        given: 'Богдан',
        family: 'Выгаданный',
        patronymic: 'Альбертович',
        recordedOn: '2026-10-01',
      },
      { script: 'latin', given: 'Bogdan', family: 'Vygadannyi', recordedOn: '2026-10-01' },
    ],
  };
  test('against an internal passport of Russia, whose zone has letters of its own and no last day', () => {
    expect(internal().map(({ length }) => length)).toEqual([44, 44]);
    expect(check(sampleWith(russian))).toEqual([]);
  });
  test('but another number or name in one is found', () => {
    expect(codesOf(check(sampleWith({ ...russian, 'documents.1.number': '4503 123457' })))).toEqual([
      'mrz-number-differs',
    ]);
    expect(codesOf(check(sampleWith({ ...russian, 'recipients.0.names.0.family': 'Другой' })))).toEqual([
      'mrz-name-differs',
    ]);
    const [first = '', second = ''] = internal();
    const altered = { ...russian, 'documents.1.mrz': [first, second.replace('123456', '123465')] };
    expect(codesOf(check(sampleWith(altered)))).toEqual(['mrz-check-digit']);
  });
});

describe('what the checks report', () => {
  const anyEdits = fc
    .subarray([
      { 'child.names.0.given': 'Сoломія' },
      { 'child.birthDate.exact': '2008-01-01', 'documents.0.issuedOn': undefined },
      { 'recipients.0.unavailable': { since: '2026-11-01', reason: 'Hospital' } },
      passport(zone.replace('FX000101', 'FXO00101')),
      { 'documents.1.number': 'SECRET99' },
      { 'recipients.0.custody': [] },
      { 'child.whereabouts': { known: false, place: 'Nowhere' } },
      { 'recipients.0.kinship.evidence': [] },
    ] satisfies Edits[])
    .map((edits) => edits.reduce<Dossier>((dossier, edit) => edited(dossier, edit), sampleDossier()));

  test('is made of codes and references, never of personal data', () => {
    fc.assert(
      fc.property(anyEdits, (dossier) => {
        for (const finding of check(dossier)) {
          expect(Object.keys(checkCodes)).toContain(finding.code);
          expect(Object.keys(finding).sort()).toEqual(expect.not.arrayContaining(['name', 'value', 'note']));
          for (const [field, value] of Object.entries(finding))
            if (field === 'document') expect(value).toMatch(/^doc-\d+$/);
            else if (field === 'recipient') expect(value).toMatch(/^recipient-\d+$/);
            else if (field === 'form') expect(value).toEqual(expect.any(Number));
            else expect(['code', 'severity']).toContain(field);
        }
      }),
      propertyRuns(),
    );
  });

  test('is the same for the same dossier, and leaves the dossier alone', () => {
    fc.assert(
      fc.property(anyEdits, (dossier) => {
        const before = structuredClone(dossier);
        expect(check(dossier)).toEqual(check(structuredClone(dossier)));
        expect(dossier).toEqual(before);
      }),
      propertyRuns(),
    );
  });

  test('does not fail on any machine-readable zone that a dossier may hold', () => {
    const line = (length: number) =>
      fc.string({
        unit: fc.constantFrom(...Array.from('ABIOSZ01258<')),
        minLength: length,
        maxLength: length,
      });
    fc.assert(
      fc.property(
        fc
          .constantFrom(30, 36, 44, 9, 7)
          .chain((length) => fc.array(line(length), { minLength: 2, maxLength: 3 })),
        (mrz) => {
          const findings = check(sampleWith({ 'documents.1.mrz': mrz }));
          expect(codesOf(findings).filter((code) => code.startsWith('mrz-')).length).toBeGreaterThan(0);
        },
      ),
      propertyRuns(50),
    );
  });

  test('every code tells a person what to look at, in a sentence', () => {
    for (const { advice } of Object.values(checkCodes)) expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});

describe('of the eleven', () => {
  const day = '2026-11-22';
  const soon = { from: day, to: '2026-11-30' };
  const found = loadTheEleven(day).map((file): [string, string[]] => [
    file.name,
    codesOf(checkDossier(file.dossier, { recipient: file.opening.recipient, window: soon, today: day })),
  ]);

  test('only the mother back from captivity lacks custody for the whole window', () => {
    const grave = found
      .filter(([, codes]) => codes.includes('custody-expires-in-window'))
      .map(([name]) => name);
    expect(grave).toEqual(['09-boy-of-14']);
  });

  test('nothing but that, and what was not reported, is found', () => {
    const expected = new Set([
      'custody-expires-in-window',
      'whereabouts-unknown',
      'childs-view-missing',
      'example-data',
      ...Object.keys(descriptionCodes).filter((code) => code.endsWith('-missing')),
    ]);
    for (const [name, codes] of found)
      expect([name, codes.filter((code) => !expected.has(code))]).toEqual([name, []]);
  });

  test('each is marked as example data', () => {
    for (const [, codes] of found) expect(codes).toContain('example-data');
  });
});
