/** The languages of the console, and how each counts. */
export const languages = ['en', 'uk', 'ru', 'ar'] as const;
export type Language = (typeof languages)[number];
interface Categories {
  en: 'one' | 'other';
  uk: 'one' | 'few' | 'many' | 'other';
  ru: 'one' | 'few' | 'many' | 'other';
  ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
}
/** A sentence for each category of number the language has; `{n}` is the number. */
export type Plural<L extends Language = Language> = [Language] extends [L]
  ? Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>
  : Readonly<Record<Categories[L], string>>;
