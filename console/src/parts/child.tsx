/** Who it is about, in the reader’s script; and how old, as far as the reader may know. */
import { useSpeech, useWords, inNumber, fill } from '../words/use-words';
import type { Language } from '../words/language';
import type { Words } from '../words/words';
import type { Relation } from '#contracts/dossier/dossier';
import { Name } from './parts';

export interface WrittenName {
  readonly script?: string;
  readonly given?: string;
  readonly family?: string;
  readonly recordedInError?: object;
}
const scriptOf: Readonly<Record<Language, string>> = {
  en: 'latin',
  uk: 'cyrillic',
  ru: 'cyrillic',
  ar: 'arabic',
};
export const nameText = ({ given, family }: WrittenName): string =>
  [given, family].filter((part) => part !== undefined && part !== '').join(' ');

/** The form in the reader’s own script first; what was recorded in error is never shown as the name. */
export function bestName(names: readonly WrittenName[], language: Language): WrittenName | undefined {
  const good = names.filter(({ recordedInError }) => !recordedInError);
  const scripts = [scriptOf[language], 'latin', 'cyrillic'];
  for (const script of scripts) {
    const found = good.find((name) => name.script === script);
    if (found) return found;
  }
  return good[0];
}

export function PersonName({ names }: { readonly names: readonly WrittenName[] | undefined }) {
  const { language } = useSpeech();
  const name = names && bestName(names, language);
  return name ? <Name>{nameText(name)}</Name> : null;
}

export interface Kinship {
  readonly relation: Relation;
  readonly words?: string;
}
/** What the recipient is to the child: what the dossier says in words, where no word of the list fits. */
export const relationText = ({ values }: Words, { relation, words }: Kinship): string =>
  words ?? values.relation[relation];
export const RelationText = ({ kinship }: { readonly kinship: Kinship }) => (
  <Name>{relationText(useWords(), kinship)}</Name>
);

/** Whole years, or the year of birth where only that may be read. */
export interface Aged {
  readonly age?: number;
  readonly birthYear?: number | { readonly from: number; readonly to: number };
}
export function Age({ age, birthYear }: Aged) {
  const { case: of, locale } = useWords();
  if (age !== undefined) return <>{inNumber(of.years, age, locale)}</>;
  if (birthYear === undefined) return null;
  const year = typeof birthYear === 'number' ? String(birthYear) : `${birthYear.from}–${birthYear.to}`;
  return <>{fill(of.bornIn, { year })}</>;
}
