/** What an official's calendar is written from. No name, no place: a calendar lies on servers of others. */
import type { CaseId } from '../domain/model/ids';
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { Instant } from '../domain/calendar/time';
import type { Language, Mechanism } from './mechanism/mechanism';

export interface CalendarEntry {
  /** The same for the same obligation due at the same instant for ever, and nothing can be read from it. */
  readonly uid: string;
  readonly case: CaseId;
  readonly kind: ObligationKind;
  /** The facet, hold, visit … it is about. */
  readonly subject: string | null;
  readonly due: Instant;
  readonly safety: boolean;
  /** Since when it has been owed. */
  readonly since: Instant;
  /** Leads to sign-in. */
  readonly url: string;
}
/** The same entries give the same text, byte by byte. */
export type WriteCalendar = (
  entries: readonly CalendarEntry[],
  language: Language,
  parties: Mechanism['parties'],
) => string;
