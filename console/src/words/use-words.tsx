/** The reader’s language: its words are loaded when chosen, and the page turns with them. */
import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { pluralRules } from './formats';
import { languages } from './language';
import type { Words } from './words';
import type { Language, Plural } from './language';

const loaders: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => import('./english').then(({ english }) => english),
  uk: () => import('./ukrainian').then(({ ukrainian }) => ukrainian),
  ru: () => import('./russian').then(({ russian }) => russian),
  ar: () => import('./arabic').then(({ arabic }) => arabic),
};
const place = 'homeward.language';
const isLanguage = (word: string | null | undefined): word is Language =>
  languages.some((each) => each === word);

let opened: string | undefined;
/** As the page was opened: its address changes as its reader goes on. */
const openedWith = (): string => (opened ??= location.search);
/** By the address, for as long as the page is open, or on this device. */
function chosenLanguage(): Language | undefined {
  const asked = new URLSearchParams(openedWith()).get('lang');
  return [asked, localStorage.getItem(place)].find(isLanguage);
}
const firstLanguage = (): Language =>
  chosenLanguage() ?? navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
/** Whether somebody chose a language; else the official’s own is taken. */
export const hasChosenLanguage = (): boolean => chosenLanguage() !== undefined;

interface Speech {
  readonly words: Words;
  readonly language: Language;
  /** `chosen`: by the reader, and thus kept on this device. */
  readonly speak: (language: Language, chosen?: boolean) => void;
}
const SpeechContext = createContext<Speech | undefined>(undefined);

export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let current = true;
    void loaders[language]().then((loaded) => {
      if (!current) return;
      document.documentElement.lang = language;
      document.documentElement.dir = loaded.direction;
      setWords(loaded);
    });
    return () => {
      current = false;
    };
  }, [language]);
  const speak = (next: Language, chosen = false) => {
    if (chosen) localStorage.setItem(place, next);
    setLanguage(next);
  };
  return words ? <SpeechContext value={{ words, language, speak }}>{children}</SpeechContext> : null;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('outside WordsProvider');
  return speech;
}
export const useWords = (): Words => useSpeech().words;

/** A sentence by the number in it. */
export const inNumber = (plural: Plural, n: number, locale: string): string =>
  (plural[pluralRules(locale).select(n)] ?? plural.other).replace('{n}', String(n));

/** `{slot}` by what stands for it. */
export const fill = (text: string, slots: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(slots[name] ?? whole));
