/**
 * Text and dates as a dossier takes them: NFC, bounded, without characters that hide or reorder what is read.
 * A name that looks the same must be the same, whoever typed it on whichever keyboard.
 */
import { z } from 'zod';
import type { LocalDate } from '../../domain/calendar/time';
import { telling } from '../field-errors';
import { lostLetters, replacement } from '../utf8';

/**
 * Every control, format, private, unassigned or surrogate code point, line and paragraph separators and the
 * invisible letters. ZWNJ and ZWJ stay: Arabic script needs them.
 */
const hidden = /(?![\u200C\u200D])[\p{C}\u2028\u2029\u034F\u115F\u1160\u3164\uFFA0]/u;
/** In running text the directional marks are harmless; in a name they make two spellings out of one. */
const allowedInText = /[\n\u200E\u200F\u061C]/g;

/** A title of a mechanism. Kept versions are read by it at every start, so it is never narrowed; as `lineOf` else. */
export const titleOf = (maxLength: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !hidden.test(text), {
      error: 'must not contain control, invisible or direction-changing characters',
      ...telling('hidden-characters'),
    })
    .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(text), {
      error: 'must contain a letter or a digit',
      ...telling('no-letter-or-digit'),
    });

const isLegible = (text: string): boolean => !text.includes(replacement);
const illegible = { error: lostLetters, ...telling('not-utf-8') };

/** One line, e.g. a name or an address: no line break, at least one letter or digit, no letter that was lost. */
export const lineOf = (maxLength: number) => titleOf(maxLength).refine(isLegible, illegible);

/** Running text of several lines. */
export const textOf = (maxLength: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !hidden.test(text.replace(allowedInText, '')), {
      error: 'must not contain control, invisible or direction-overriding characters',
      ...telling('hidden-characters'),
    })
    .refine(isLegible, illegible);

/** With a space for every character that running text may not hold. */
export const withoutHidden = (text: string): string =>
  text.replace(new RegExp(`(?!${allowedInText.source})(?:${hidden.source}|\uFFFD)`, 'gu'), ' ');

/** BCP 47 language tag of the plain kind, e.g. `uk`, `ru`, `ar`, `crh-Latn`. */
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, { error: 'must be a language tag such as uk or ru' });

/**
 * The latest date on which it is "today" somewhere (UTC+14). A date is in the future only when it is so
 * everywhere: an official in Kyiv writes tomorrow's UTC date every evening.
 */
export const todayAnywhere = (): LocalDate =>
  new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
