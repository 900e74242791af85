/** What only a mail says, per language, beside the shared vocabulary: short, and never about a person. */
import type { Language } from '../../../contracts/mechanism/mechanism';
import { arabic } from './ar';
import { english } from './en';
import { russian } from './ru';
import { ukrainian } from './uk';
import type { MailTexts } from './mail-words';

export const mailTexts = {
  en: english,
  uk: ukrainian,
  ru: russian,
  ar: arabic,
} as const satisfies Record<Language, MailTexts>;
