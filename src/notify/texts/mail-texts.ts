/** What a mail says, per language: short, and never about a person. */
import type { NoticeKind } from '../../domain/notices';
import type { ObligationKind } from '../../domain/obligation-kinds';
import type { Language } from '../../contracts/mechanism';
import { arabic } from './ar';
import { english } from './en';
import { russian } from './ru';
import { ukrainian } from './uk';

export interface MailTexts {
  /** For dates; digits are Latin everywhere, as references are read out on the telephone. */
  readonly locale: string;
  readonly case: string;
  readonly due: string;
  /** Put before the subject of what must not wait. */
  readonly urgent: string;
  readonly footer: string;
  readonly notices: Readonly<Record<NoticeKind, string>>;
  /** What is to be done, as a phrase that can follow a colon. */
  readonly obligations: Readonly<Record<ObligationKind, string>>;
}

export const mailTexts = {
  en: english,
  uk: ukrainian,
  ru: russian,
  ar: arabic,
} as const satisfies Record<Language, MailTexts>;
