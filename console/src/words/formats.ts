/** Formatters of a language: a list asks for the same ones in every row, and each takes long to make. */
const made = new Map<string, unknown>();
function once<Format>(key: string, make: () => Format): Format {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known as Format;
}
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  once(`date ${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));
export const relativeFormat = (locale: string): Intl.RelativeTimeFormat =>
  once(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
export const pluralRules = (locale: string): Intl.PluralRules =>
  once(`plural ${locale}`, () => new Intl.PluralRules(locale));

/** Beside one another, as this language parts them. */
export const listText = (items: readonly string[], locale: string): string =>
  items.join(locale.startsWith('ar') ? '، ' : ', ');
