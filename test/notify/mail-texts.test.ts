import { languages } from '../../src/contracts/mechanism/mechanism';
import { noticeKinds } from '../../src/domain/model/notice-kinds';
import { obligationKinds } from '../../src/domain/model/obligation-kinds';
import { pluralText } from '../../src/notify/compose/mail-content';
import { previewKinds, previewMail } from '../../src/notify/compose/preview';
import { mailTexts } from '../../src/notify/compose/texts/mail-texts';
import type { MailTexts, Plural } from '../../src/notify/compose/texts/mail-words';

/** Every sentence with the path that leads to it. */
const sentencesOf = (texts: object, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : sentencesOf(value as object, `${path}${key}.`),
  );
const isPlural = (value: unknown): value is Plural =>
  typeof value === 'object' && value !== null && 'other' in value;
const pluralsOf = ({ digest }: MailTexts): [string, Plural][] =>
  Object.entries(digest).filter((entry): entry is [string, Plural] => isPlural(entry[1]));
/** The same in every language, or nobody's language. */
const notTranslated = ['lang', 'locale', 'direction'];
const others = languages.filter((language) => language !== 'en');

describe('the texts of mails', () => {
  it.each(languages)(
    'exist for every kind of notice and every obligation in %s, each its own',
    (language) => {
      const { notices, obligations } = mailTexts[language];
      const texts = [
        ...noticeKinds.map((kind) => notices[kind]),
        ...obligationKinds.map((kind) => obligations[kind]),
      ];
      expect(texts.filter((text) => text.trim() === '')).toEqual([]);
      expect(new Set(texts).size).toBe(texts.length);
    },
  );

  it.each(others)('leave nothing in English in %s, and nothing in another alphabet', (language) => {
    const english = new Map(sentencesOf(mailTexts.en));
    for (const [path, text] of sentencesOf(mailTexts[language])) {
      if (notTranslated.includes(path)) continue;
      expect({ path, text }).not.toEqual({ path, text: english.get(path) });
      // The one Latin word is our name; `{…}` are filled in.
      const words = text.replace(/\{\w+\}|Homeward/g, '');
      expect({ path, latin: /[a-z]/i.exec(words)?.[0] }).toEqual({ path, latin: undefined });
    }
  });

  it.each(languages)('have a form for every number there is in %s', (language) => {
    const texts = mailTexts[language];
    const categories = new Intl.PluralRules(texts.locale).resolvedOptions().pluralCategories;
    for (const [name, forms] of pluralsOf(texts)) {
      expect({ name, forms: Object.keys(forms).sort() }).toEqual({ name, forms: [...categories].sort() });
    }
  });

  it.each(languages)('fill in the same blanks in %s as in English', (language) => {
    const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
    const { stalled, times } = mailTexts[language].digest;
    expect(blanks(stalled)).toEqual(['{obligation}', '{party}', '{since}']);
    expect(blanks(times)).toEqual(['{zone}']);
  });

  it.each([
    ['en', 1, '1 matter waits for you'],
    ['en', 5, '5 matters wait for you'],
    ['uk', 1, 'На вас чекає 1 питання'],
    ['uk', 3, 'На вас чекають 3 питання'],
    ['uk', 11, 'На вас чекають 11 питань'],
    ['uk', 21, 'На вас чекає 21 питання'],
    ['ru', 1, 'Вас ожидает 1 вопрос'],
    ['ru', 4, 'Вас ожидают 4 вопроса'],
    ['ru', 12, 'Вас ожидают 12 вопросов'],
    ['ar', 1, 'بند واحد ينتظركم'],
    ['ar', 2, 'بندان ينتظرانكم'],
    ['ar', 7, '7 بنود تنتظركم'],
    ['ar', 40, '40 بندًا ينتظركم'],
  ] as const)('count in %s: %i', (language, count, text) => {
    const texts = mailTexts[language];
    expect(pluralText(texts.digest.subject, count, texts)).toBe(text);
  });

  it.each(previewKinds)('make a whole mail of “%s” in every language, without a gap', (kind) => {
    for (const language of languages) {
      const { subject, text, html } = previewMail(kind, language);
      for (const part of [subject, text, html]) {
        expect(part).not.toMatch(/undefined|\{\w+\}|NaN|Invalid/);
        expect(part.trim()).not.toBe('');
      }
      // Short enough for a telephone.
      expect(subject.length).toBeLessThan(110);
      expect(html).toContain(`lang="${mailTexts[language].lang}"`);
      expect(html).toContain(`dir="${language === 'ar' ? 'rtl' : 'ltr'}"`);
    }
  });
});
