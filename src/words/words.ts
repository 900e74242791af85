/** Every language's words at once: for the server. The console loads the one that is read. */
import type { Language } from '../contracts/mechanism';
import { arabic } from './arabic';
import { english } from './english';
import { russian } from './russian';
import { ukrainian } from './ukrainian';
import type { Vocabulary } from './vocabulary';

export const vocabularies = {
  en: english,
  uk: ukrainian,
  ru: russian,
  ar: arabic,
} as const satisfies Record<Language, Vocabulary>;
