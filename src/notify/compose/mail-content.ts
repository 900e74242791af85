/**
 * What a mail says, before it is text or HTML: short, by case reference only. Mail travels in the clear and is
 * forwarded, so it never says who a child is, where, or what a side wrote.
 */
import type { Instant, LocalDate } from '../../domain/calendar/time';
import { isGroupId } from '../../domain/group/group';
import type { CaseId } from '../../domain/model/ids';
import type { MailTexts, Plural } from './texts/mail-words';

export interface MailLine {
  readonly reference: CaseId;
  readonly text: string;
  /** When: due, overdue since. */
  readonly detail?: string;
  readonly urgency: 'safety' | 'overdue' | 'none';
}
export interface MailSection {
  /** None where the mail is about one thing only. */
  readonly title?: string;
  readonly lines: readonly MailLine[];
  /** `and 12 more`. */
  readonly more?: string;
}
export interface MailContent {
  readonly subject: string;
  readonly heading: string;
  readonly sections: readonly MailSection[];
  readonly action: { readonly label: string; readonly url: string };
  readonly footer: readonly string[];
}
/** Where links lead, and as whom Homeward writes. */
export interface MailFrame {
  /** Sender, `Homeward <homeward@example.org>`. */
  readonly from: string;
  /** Where people sign in: `<publicUrl>/cases/<reference>`, `<publicUrl>/inbox`. */
  readonly publicUrl: string;
}
/** Of a case, or of a group. */
export const urlOf = ({ publicUrl }: MailFrame, reference: string): string =>
  `${publicUrl}/${isGroupId(reference) ? 'groups' : 'cases'}/${reference}`;

/** First strong character decides: a date may have a month's name in it. */
const startIsolate = '\u2068';
const endIsolate = '\u2069';
/** Keeps a reference or an address whole among words that run from right to left. */
export const isolated = (text: string, { direction }: Pick<MailTexts, 'direction'>): string =>
  direction === 'rtl' ? `${startIsolate}${text}${endIsolate}` : text;

/** In the reader's language and zone. */
export const instantText = (at: Instant, { locale }: Pick<MailTexts, 'locale'>, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(at));

/** A day is the same day for every reader. */
export const dateText = (date: LocalDate, { locale }: Pick<MailTexts, 'locale'>): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(date));

export const pluralText = (forms: Plural, count: number, { locale }: Pick<MailTexts, 'locale'>): string =>
  (forms[new Intl.PluralRules(locale).select(count)] ?? forms.other).replace('{n}', `${count}`);
