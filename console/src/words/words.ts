/**
 * What a reader of the console is told. English gives the shape, and the compiler asks each other language for the same.
 * Data only: a name stands only where nothing inflects it (label: value), and no verb agrees with it. `{slot}` is filled
 * in by `fill`.
 */
import type { Vocabulary } from '#words/vocabulary';
import type { own } from './english';
import type { groupWords } from './groups-english';
import type { Language, Plural } from './language';
import type { siteWords } from './sites-english';
import type { tasks } from './tasks-english';

/** A sentence for a sentence; by number, one for each category that the language has. */
type Said<Text, L extends Language> = Text extends string
  ? string
  : Text extends Plural<'en'>
    ? Plural<L>
    : { readonly [Name in keyof Text]: Said<Text[Name], L> };

export type ConsoleWords<L extends Language = Language> = Said<typeof own, L>;
export type TaskWords<L extends Language = Language> = Said<typeof tasks, L>;
export type GroupWords<L extends Language = Language> = Said<typeof groupWords, L>;
export type SiteWords<L extends Language = Language> = Said<typeof siteWords, L>;

/** All that is said in one language, but for the pages of groups and sites, which load their own. */
export type Words = Vocabulary & ConsoleWords & TaskWords;
