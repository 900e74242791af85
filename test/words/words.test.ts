import { arabic } from '../../console/src/words/arabic';
import { english } from '../../console/src/words/english';
import { russian } from '../../console/src/words/russian';
import { ukrainian } from '../../console/src/words/ukrainian';
import { groupWords as arabicGroups } from '../../console/src/words/groups-arabic';
import { groupWords as englishGroups } from '../../console/src/words/groups-english';
import { groupWords as russianGroups } from '../../console/src/words/groups-russian';
import { groupWords as ukrainianGroups } from '../../console/src/words/groups-ukrainian';
import { languages } from '../../console/src/words/language';
import { languages as languagesOfMechanisms } from '../../src/contracts/mechanism/mechanism';

/** What mails and console share, and what the console says besides. */
const words = {
  en: { ...english, ...englishGroups },
  uk: { ...ukrainian, ...ukrainianGroups },
  ru: { ...russian, ...russianGroups },
  ar: { ...arabic, ...arabicGroups },
};
const others = languages.filter((language) => language !== 'en');

/** They name a language to machines. */
const codes = ['locale', 'lang', 'direction'];
/** The same in every language. */
const untranslated = ['shell.homeward', 'case.homeward'];
const keyNames: Readonly<Record<string, RegExp>> = { 'shell.keys': /\b(J|K|Enter)\b/g };

const categories = ['zero', 'one', 'two', 'few', 'many', 'other'];
/** Lists have a value `other` too, but never such values alone. */
const isPlural = (value: object): boolean => Object.keys(value).every((key) => categories.includes(key));

type Node = readonly [path: string, value: unknown];
const nodesOf = (value: unknown, path = ''): Node[] =>
  typeof value === 'object' && value !== null
    ? [
        [path, value],
        ...Object.entries(value).flatMap(([key, below]) => nodesOf(below, path ? `${path}.${key}` : key)),
      ]
    : [[path, value]];
type Forms = Readonly<Record<string, string>>;
const pluralsOf = (language: keyof typeof words): [string, Forms][] =>
  nodesOf(words[language]).filter(
    (node): node is [string, Forms] => typeof node[1] === 'object' && node[1] !== null && isPlural(node[1]),
  );
const sentencesOf = (language: keyof typeof words): (readonly [string, string])[] =>
  nodesOf(words[language]).flatMap(([path, value]) =>
    typeof value !== 'string' || codes.includes(path) ? [] : [[path, value] as const],
  );
/** All but the forms of plurals: each language has its own of these. */
const plainOf = (language: keyof typeof words): Map<string, string> => {
  const forms = new Set(
    pluralsOf(language).flatMap(([path, plural]) => Object.keys(plural).map((form) => `${path}.${form}`)),
  );
  return new Map(sentencesOf(language).filter(([path]) => !forms.has(path)));
};

const slotsOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort();
/** Without what is filled in, our name, and names of keys. */
const own = (path: string, text: string): string =>
  text.replace(/\{\w+\}|Homeward/g, '').replace(keyNames[path] ?? /$^/, '');
/** Paths with what is wrong there: one look shows all. */
const found = (language: keyof typeof words, wrong: RegExp): string[] =>
  sentencesOf(language).flatMap(([path, text]) => {
    const [hit] = wrong.exec(own(path, text)) ?? [];
    return hit === undefined ? [] : [`${path}: ${hit}`];
  });

describe('the words of the console and of the vocabulary', () => {
  it('are there for every language a mechanism may name', () => {
    expect([...languages].sort()).toEqual([...languagesOfMechanisms].sort());
    for (const language of languages) expect(words[language].lang).toBe(language);
  });

  it.each(others)('say the same things in %s as in English', (language) => {
    expect([...plainOf(language).keys()].sort()).toEqual([...plainOf('en').keys()].sort());
    const plurals = (each: keyof typeof words): string[] => pluralsOf(each).map(([path]) => path);
    expect(plurals(language)).toEqual(plurals('en'));
  });

  it.each(others)('have the same slots in %s as in English', (language) => {
    const inEnglish = plainOf('en');
    const different = [...plainOf(language)]
      .filter(([path, text]) => String(slotsOf(text)) !== String(slotsOf(inEnglish.get(path) ?? '')))
      .map(([path]) => path);
    expect(different).toEqual([]);
  });

  it.each(languages)('have a form for each category of number in %s, and the number in it', (language) => {
    const rules = new Intl.PluralRules(words[language].locale);
    const expected = [...rules.resolvedOptions().pluralCategories].sort();
    const numbers = Array.from({ length: 201 }, (_, number) => number);
    /** Only a form for one number alone may put it into a word: “two matters”. */
    const mayLeaveOut = (category: string): boolean =>
      numbers.filter((number) => rules.select(number) === category).length === 1;
    expect(pluralsOf(language).length).toBeGreaterThan(0);
    for (const [path, forms] of pluralsOf(language)) {
      expect({ path, forms: Object.keys(forms).sort() }).toEqual({ path, forms: expected });
      for (const [category, text] of Object.entries(forms)) {
        const slots = slotsOf(text);
        const missing = slots.length === 0 && mayLeaveOut(category);
        expect({ path, category, slots }).toEqual({ path, category, slots: missing ? [] : ['{n}'] });
      }
    }
  });

  it.each(languages)('leave nothing empty in %s', (language) => {
    const empty = sentencesOf(language).filter(([, text]) => text.trim() === '' || text !== text.trim());
    expect(empty).toEqual([]);
  });

  it.each(others)('leave nothing in English in %s', (language) => {
    const inEnglish = new Map(sentencesOf('en'));
    const same = sentencesOf(language)
      .filter(([path, text]) => !untranslated.includes(path) && text === inEnglish.get(path))
      .map(([path]) => path);
    expect(same).toEqual([]);
  });

  it.each([
    ['en', /[^\p{Script=Latin}\p{Script=Common}]/u],
    // Letters of the one Cyrillic alphabet that the other does not have are slips.
    ['uk', /[^\p{Script=Cyrillic}\p{Script=Common}]|[ыэъё]/iu],
    ['ru', /[^\p{Script=Cyrillic}\p{Script=Common}]|[іїєґ]/iu],
    // Harakat are “inherited”.
    ['ar', /[^\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]|[,;?]/u],
  ] as const)('keep to one alphabet in %s', (language, foreign) => {
    expect(found(language, foreign)).toEqual([]);
  });

  it.each(languages)('have digits Latin and quotes and apostrophes typographic in %s', (language) => {
    expect(found(language, /["'`]|(?![0-9])\p{Nd}/u)).toEqual([]);
  });

  it.each([
    ['en', /deport|evacuat|abduct|homeland|motherland|enem(y|ies)|occup/i],
    ['uk', /депорт|евакуа|викрад|батьківщин|вітчизн|ворог|ворож|окуп/i],
    ['ru', /депорт|эвакуа|похи[тщ]|родин[аыуе]|отечеств|отчизн|враг|враж|оккуп/i],
    ['ar', /ترحيل|إجلاء|اختطاف|خطف|وطن|عدو|احتلال/],
  ] as const)('take no side in %s', (language, taking) => {
    expect(found(language, taking)).toEqual([]);
  });
});
