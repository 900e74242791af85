/** An official's due dates as iCalendar (RFC 5545), in their language: reference and what is to be done. */
import ical, { ICalCalendarMethod, ICalEventClass, ICalEventTransparency } from 'ical-generator';
import type { WriteCalendar } from '../../contracts/calendar-feed';
import type { Language } from '../../contracts/mechanism/mechanism';
import { obligationText } from './subject-text';
import { mailTexts } from './texts/mail-texts';

const titles = {
  en: 'Homeward: due dates',
  uk: 'Homeward: терміни',
  ru: 'Homeward: сроки',
  ar: 'Homeward: المواعيد',
} as const satisfies Record<Language, string>;

/** How often a calendar may ask again; due dates are days ahead, and what can't wait comes by mail. */
const refreshSeconds = 3600;
/** First strong isolate … pop: a reference keeps its direction within Arabic. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

export const writeCalendar: WriteCalendar = (entries, language, parties) => {
  const texts = mailTexts[language];
  const calendar = ical({
    name: titles[language],
    prodId: { company: 'Homeward', product: 'Homeward', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
  });
  for (const { uid, case: id, kind, subject, due, safety, since, url } of entries) {
    const reference = `${texts.case} ${language === 'ar' ? isolated(id) : id}`;
    calendar.createEvent({
      id: uid,
      start: new Date(due),
      // Neither the moment of asking nor that of whatever happened in the case last, which may not be the reader's.
      stamp: new Date(since),
      lastModified: new Date(since),
      summary: `${safety ? `${texts.urgent}: ` : ''}${reference}: ${obligationText(kind, subject, { texts, parties })}`,
      url,
      class: ICalEventClass.PRIVATE,
      // A date to keep, not a time that is taken.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
};
