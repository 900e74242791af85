/**
 * The zone of the Russian internal passport: two lines of 44 as in a travel passport, but with a transliteration of its
 * own that uses digits, no last day, and the fourth figure of the series apart from the number (order of the Ministry
 * of Internal Affairs on the form of the passport, machine-readable record).
 */
const letters = new Map(
  'АA БB ВV ГG ДD ЕE Ё2 ЖJ ЗZ ИI ЙQ КK ЛL МM НN ОO ПP РR СS ТT УU ФF ХH ЦC Ч3 Ш4 ЩW ЪX ЫY Ь9 Э6 Ю7 Я8'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

export const isRussianInternal = (lines: readonly string[]): boolean =>
  lines.length === 2 && lines.every(({ length }) => length === 44) && (lines[0] ?? '').startsWith('PNRUS');

/** A Cyrillic name as this zone writes it. */
export const russianZoneForm = (name: string): string =>
  Array.from(name.toUpperCase(), (letter) => letters.get(letter) ?? '').join('');

export interface RussianInternal {
  readonly digitsHold: boolean;
  /** Series and number as printed, ten figures. */
  readonly number: string;
  readonly birthDate: string;
  readonly sex: 'male' | 'female' | undefined;
  readonly family: string;
  /** With the patronymic behind it. */
  readonly given: string;
}

export function readRussianInternal([first = '', second = '']: readonly string[]): RussianInternal {
  const [family = '', given = ''] = first.slice(5).split('<<');
  const part = (from: number, to: number): string => second.slice(from, to);
  const holds = (text: string, digit: string): boolean =>
    digit === '<' || digit === String(checkDigitOf(text));
  return {
    digitsHold:
      holds(part(0, 9), part(9, 10)) &&
      holds(part(13, 19), part(19, 20)) &&
      holds(part(28, 42), part(42, 43)) &&
      holds(part(0, 10) + part(13, 20) + part(21, 43), part(43, 44)),
    number: part(0, 3) + part(28, 29) + part(3, 9),
    birthDate: part(13, 19),
    sex: ({ M: 'male', F: 'female' } as const)[part(20, 21)],
    family: family.replaceAll('<', ''),
    given: given.replaceAll('<', ''),
  };
}

/** ICAO 9303-3, 4.9: weights 7, 3, 1 over digits, letters from 10 on and fillers as 0. */
const checkDigitOf = (text: string): number =>
  Array.from(text).reduce((sum, letter, at) => sum + valueOf(letter) * ([7, 3, 1][at % 3] ?? 0), 0) % 10;
const valueOf = (letter: string): number => (letter === '<' ? 0 : Number.parseInt(letter, 36));
