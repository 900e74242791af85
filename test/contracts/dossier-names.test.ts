import { dossierSchemaAt } from '../../src/contracts/dossier/schema';
import { findMailAddress, mailAddress, notedMailAddress } from '../../src/contracts/mail-address';
import { isGarbled } from '../../src/contracts/dossier/name-faults';
import { sampleDay, sampleWith } from './dossier-sample';
import type { Edits } from './dossier-sample';

const faultsOf = (edits: Edits): string[] =>
  (dossierSchemaAt(() => sampleDay).safeParse(sampleWith(edits)).error?.issues ?? []).map(({ path }) =>
    path.join('.'),
  );
const one = (name: object): Edits => ({
  'child.names.2': { script: 'cyrillic', recordedOn: '2026-10-01', ...name },
});

describe('people with one name', () => {
  it('have it as given or as family name, as their passport does', () => {
    expect(faultsOf(one({ given: 'Айше' }))).toEqual([]);
    expect(faultsOf(one({ family: 'Айше' }))).toEqual([]);
    expect(faultsOf(one({}))).toEqual(['child.names.2']);
  });
  it.each([
    'НН',
    'Н.Н.',
    'NN',
    'unknown',
    'невідомо',
    'Неизвестна',
    'б/н',
    'n/a',
    '-',
    '?',
    '.',
    'XXX',
    'без прізвища',
  ])('are not given %s for the other', (family) => {
    expect(faultsOf(one({ given: 'Айше', family }))).toEqual(['child.names.2.family']);
  });
  it.each(['Ан', 'На', 'Нонна', 'Ли', 'Неизвестный-Петров'])('may be called %s', (family) => {
    expect(faultsOf(one({ given: 'Айше', family }))).toEqual([]);
  });
  it('keep a filler of earlier days as recorded in error', () => {
    const recordedInError = { reason: 'filler', on: '2026-11-01' };
    expect(faultsOf(one({ given: 'Айше', family: 'НН', recordedInError }))).toEqual([]);
  });
  it('keep at least one form that is not', () => {
    const recordedInError = { reason: 'of-another-person', on: '2026-11-01' };
    expect(
      faultsOf({
        'child.names.0.recordedInError': recordedInError,
        'child.names.1.recordedInError': recordedInError,
      }),
    ).toEqual(['child.names']);
  });
});

describe('a name that was garbled on its way', () => {
  const readAs = (encoding: string, text: string): string =>
    new TextDecoder(encoding).decode(Buffer.from(text));
  it.each(['РЎРѕР»РѕРјС–СЏ', readAs('windows-1251', 'Марія'), 'ÐžÐ»ÐµÐ½Ð°', readAs('windows-1252', 'أحمد')])(
    '%s is seen',
    (text) => {
      expect(isGarbled(text)).toBe(true);
    },
  );
  it.each(['Соломія', 'Лі', 'Чі Сі', 'Müller', 'Ñuñez', 'ÁÉÍ', 'أحمد', 'Smith', 'Ґалаґан'])(
    '%s is not',
    (text) => {
      expect(isGarbled(text)).toBe(false);
    },
  );
});

describe('mail addresses', () => {
  it.each([
    'decider@xn--b1ajbvcgk.xn--p1ai',
    'lead@міністерство.укр',
    'lead@мвд.рф',
    'lead@وزارة.قطر',
    'first.last+x@ministry.example',
    'o@xn--80ak6aa92e.com',
  ])('%s can be written to', (address) => {
    expect(mailAddress.safeParse(address).success).toBe(true);
  });
  it('are one in either writing', () => {
    expect(findMailAddress('lead@мвд.рф')).toBe(findMailAddress('lead@xn--b1aew.xn--p1ai'));
  });
  it.each([
    'uncle',
    'a@b',
    '@мвд.рф',
    'a@.рф',
    'a@мвд..рф',
    'a@1.2.3.4',
    'a@[::1]',
    'a b@мвд.рф',
    'a@мв д.рф',
    'a@x.рф/y',
    'a@-x.рф',
    'a.@мвд.рф',
    'a@b%2ecom',
    'a@b.c\u0000om',
    'a@xn--.рф',
  ])('%s is none', (address) => {
    expect(notedMailAddress.safeParse(address).success).toBe(false);
  });
  it('with other letters before the @ are noted, but not written to', () => {
    expect(notedMailAddress.safeParse('оля@мвд.рф').success).toBe(true);
    expect(mailAddress.safeParse('оля@мвд.рф').success).toBe(false);
  });
});
