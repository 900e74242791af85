import { foldName, foldNumber, nameKey, numberKey, searchWords } from '../../src/contracts/fold';
import { findReference, findReferenceStart } from '../../src/domain/model/reference';

describe('names that are the same however they are typed', () => {
  it.each([
    [
      'apostrophes of every kind, or none',
      ["Солов'йова", 'Солов’йова', 'Соловʼйова', 'Солов`йова', 'Соловйова'],
    ],
    ['ё and е', ['Алёшин', 'Алешин', 'АЛЕШИН']],
    ['і, и, ї and й', ['Марія', 'Мария', 'Марїя']],
    ['a Latin letter in a Cyrillic word', ['Марія', 'Марiя', 'Mарія', 'Мapiя']],
    ['stress marks and composed letters', ['Олена', 'Оле́на', 'Оле\u0301на']],
    [
      'spaces of Excel and of the typesetter',
      ['Анна Марія', 'Анна\u00A0Марія', 'Анна\u202FМарія', 'Анна  Марія'],
    ],
    ['hyphens of every kind', ['Анна-Марія', 'Анна‑Марія', 'Анна–Марія', 'Анна Марія', 'Анна−Марія']],
    ['letters that ICAO writes out', ['Müller', 'Mueller', 'Muller', 'MÜLLER']],
    ['letters that do not decompose', ['Łukasz', 'Lukasz']],
    ['sharp s', ['Groß', 'Gross', 'GROẞ']],
    ['the dotless i', ['Yıldız', 'Yildiz', 'YILDIZ', 'Yıldiz']],
    ['Arabic alefs, yehs and vowel signs', ['أحمد علي', 'احمد علی', 'أَحْمَد علي', 'احـمد علي']],
    ['invisible characters', ['Олена', 'Оле\u00ADна', 'Оле\u200Dна']],
  ])('%s', (_what, [first = '', ...others]) => {
    for (const other of others) expect(foldName(other)).toBe(foldName(first));
  });

  it.each([
    ['twins', 'Анна', 'Ганна'],
    ['brothers', 'Іван', 'Ігор'],
    ['another family', 'Коваль', 'Ковальчук'],
    ['scripts', 'Solomiia', 'Соломія'],
  ])('keeps %s apart', (_what, one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  it('takes given and family name in any order', () => {
    expect(nameKey('Вигадана', 'Соломія')).toBe(nameKey('Соломія', 'Вигадана'));
    expect(nameKey('Соломія', undefined)).toBe(nameKey(undefined, 'Соломія'));
  });

  it('looks for nothing where nothing is left of a text', () => {
    expect(searchWords('ь’')).toEqual([]);
    expect(searchWords('50% _')).toEqual(['50']);
  });

  it.each([
    ['Соловйова', 'Соловьёва'],
    ['Шпаковський', 'Шпаковский'],
    ['Рюміна', 'Рюмина'],
    ['Мельник', 'Мельник'],
  ])('finds %s by the other side’s spelling %s', (uk, ru) => {
    expect(foldName(uk)).toBe(foldName(ru));
  });
});

describe('numbers of papers', () => {
  it.each([
    ['Cyrillic letters that look Latin', 'ЕК123456', 'EK123456'],
    ['the sign and the word for number', 'I-ЖС № 123456', 'I-ЖС N 123456'],
    ['no sign at all', 'I-ЖС №123456', 'I-ЖС 123456'],
    ['spaces and hyphens', '45 03-123456', '4503 123456'],
    ['small letters', 'fx000101', 'FX000101'],
    ['Arabic digits', '١٢٣٤٥٦', '123456'],
  ])('%s', (_what, one, other) => {
    expect(foldNumber(one)).toBe(foldNumber(other));
  });

  it('takes O for 0 and a Roman I for 1 only where a person will look', () => {
    expect(foldNumber('FO123')).not.toBe(foldNumber('F0123'));
    expect(numberKey('FO123')).toBe(numberKey('F0123'));
    expect(numberKey('І-ЖС 123456')).toBe(numberKey('1-ЖС № 123456'));
  });
});

describe('references as people say them', () => {
  it.each([
    '07JD-6QZ4',
    '07jd-6qz4',
    '07JD6QZ4',
    'O7JD-6QZ4',
    '07jd–6qz4',
    ' 07JD 6QZ4 ',
    '٠٧JD-٦QZ۴',
    'o7jd‑6qz4',
    '０７JD-6QZ4',
  ])('%s', (typed) => {
    expect(findReference(typed)).toBe('07JD-6QZ4');
  });
  it('reads I and L as 1, and Cyrillic letters by their look', () => {
    expect(findReference('il23-авек')).toBe('1123-ABEK');
  });
  it('reads a beginning, and nothing that is none', () => {
    expect(findReferenceStart('07jd6')).toBe('07JD-6');
    expect(findReferenceStart('Соломія')).toBeUndefined();
    expect(findReference('07JD-6QZU')).toBeUndefined();
    expect(findReference('07JD-6QZ')).toBeUndefined();
    expect(findReference('../../x')).toBeUndefined();
  });
});
