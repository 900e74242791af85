/**
 * What counts as the same when people write names, numbers and references: the one place that folds. Search, checks and
 * the look for duplicates compare what these functions give; nothing is shown or kept in folded form. Whoever changes
 * what a fold gives raises `projectionsVersion`, so that what is stored is folded again.
 *
 * Names fold within a script: romanisation and phonetics are no folds.
 */

const tableOf = (rows: string): ReadonlyMap<string, string> =>
  new Map(rows.split(/\s+/).map((row) => [row.slice(0, 1), row.slice(1)]));

const translate = (text: string, table: ReadonlyMap<string, string>): string =>
  Array.from(text, (letter) => table.get(letter) ?? letter).join('');

/** Capital letters of Cyrillic and Greek that are drawn as Latin ones (after UTS 39, confusables). */
const shapes = tableOf(
  'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ҮY ХX ԌG ԚQ ԜW ҺH ӀI ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX',
);

/** Letters that do not come apart into a base and a mark, as names are mostly typed without them. */
const bases = tableOf('ßss ẞss æae œoe øo łl đd ðd þth ħh ŧt ıi ŋn ĸk ѓг ќк ґг єе эе ыи іи ўу ѣе ґг');

/** Spellings of one Arabic word that differ by keyboard and habit. */
const arabic = tableOf('أا إا آا ٱا ىي یي ئي ؤو ةه ۀه کك ـ');

/** Everything that may stand between or above the letters of a name and that readers do not mind. */
const marks = /\p{M}/gu;
const invisible = /\p{Cf}/gu;
const apostrophes = /['’‘ʼʹ′‵´`ʻʽˈ＇"“”«»]/gu;
const softSigns = /[ьъ]/gu;

/**
 * The words of a name as they are compared: no case, apostrophes, stress or accents; ё as е, the several и as one, and
 * letters of two scripts that look alike as one, so that a Latin i in a Cyrillic word makes no other word.
 */
export function foldName(name: string): string {
  const lower = translate(name.normalize('NFKC').toLowerCase(), arabic);
  return lower
    .replace(invisible, '')
    .replace(apostrophes, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(foldWord)
    .filter((word) => word !== '')
    .join(' ');
}

function foldWord(word: string): string {
  const isLatin = /\p{Script=Latin}/u.test(word) && !/\p{Script=Cyrillic}/u.test(word);
  // Before the marks go: йо and ьо are how Ukrainian writes ё.
  const bare = translate(word.replace(/[йь]о/gu, 'е').normalize('NFD').replace(marks, ''), bases);
  // ä, ö and ü are written ae, oe and ue where they can't be typed.
  const plain = isLatin ? bare.replace(/([aou])e/g, '$1') : bare.replace(softSigns, '');
  // и has no Latin shape; as i it is the same as the Latin i that stands for і.
  return shapeOf(plain.replace(/и/gu, 'і')).toLowerCase();
}

const shapeOf = (text: string): string => translate(text.toUpperCase(), shapes);

/** Equal for one name in any order of its words: given and family names are put into one another's fields. */
export const nameKey = (...parts: readonly (string | undefined)[]): string =>
  foldName(parts.filter((part) => part !== undefined).join(' '))
    .split(' ')
    .sort()
    .join(' ');

/** What a search looks for: each of these must stand somewhere in a name. */
export const searchWords = (text: string): string[] =>
  // A word that is still being typed may go on with an о, and йо is another letter than й.
  foldName(text.replace(/(?<=\S)[йь]\s*$/u, ''))
    .split(' ')
    .filter((word) => word !== '');

/** The sign or the word that says "number" before one. */
const numberSign = /№|#|(?<![\p{L}])N[o°ºr]?[.:]?(?=\s*\d)/giu;

/** The number of a paper by its shape: no case, spaces, signs; Cyrillic letters that look Latin as Latin. */
export const foldNumber = (number: string): string =>
  shapeOf(westernDigits(number.replace(numberSign, ' ').normalize('NFKC'))).replace(/[^\p{L}\p{N}]/gu, '');

/** For the look for duplicates, which may ask too often: also O and 0, and I, l and 1, are one. */
export const numberKey = (number: string): string =>
  foldNumber(number).replaceAll('O', '0').replace(/[IL]/g, '1');

const westernDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0x0f));

/** A machine-readable zone as one line without fillers. */
export const foldZone = (lines: readonly string[]): string => lines.join('').replaceAll('<', '');

/** ICAO 9303-3, table 6.A: letters that are written out, where a state may choose the forms it may choose from. */
const icao: Readonly<Record<string, readonly string[]>> = {
  ...{
    Ä: ['AE', 'A'],
    Å: ['AA', 'A'],
    Æ: ['AE'],
    Ö: ['OE', 'O'],
    Ø: ['OE'],
    Œ: ['OE'],
    Ü: ['UE', 'UXX', 'U'],
  },
  ...{ ß: ['SS'], ẞ: ['SS'], Þ: ['TH'], Ð: ['D'], Đ: ['D'], Ł: ['L'], Ñ: ['N', 'NXX'], Ĳ: ['IJ'], Ŋ: ['N'] },
  ...{ Ħ: ['H'], Ŧ: ['T'], ĸ: ['Q'], ı: ['I'], İ: ['I'], Ə: ['E'] },
};
/** So that no name makes thousands of forms. */
const maxForms = 256;

/** Every way in which a Latin name may stand in a machine-readable zone: capitals A–Z, nothing between them. */
export function zoneFormsOf(name: string): string[] {
  let forms = [''];
  for (const written of name.normalize('NFC')) {
    const letter = Object.hasOwn(icao, written) ? written : written.toUpperCase();
    const bare = letter.normalize('NFD').replace(/[^A-Z]/g, '');
    const ways = icao[letter] ?? [bare];
    const usable = forms.length * ways.length > maxForms ? ways.slice(0, 1) : ways;
    forms = forms.flatMap((form) => usable.map((way) => form + way));
  }
  return [...new Set(forms)];
}
