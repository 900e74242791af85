/** Four languages that say the same: complete by the compiler, and here by their slots, plurals and letters. */
import { vocabularies } from '../../src/words/words';
import { arabic } from '../../console/src/words/arabic';
import { english } from '../../console/src/words/english';
import { russian } from '../../console/src/words/russian';
import { ukrainian } from '../../console/src/words/ukrainian';

const consoles = { en: english, uk: ukrainian, ru: russian, ar: arabic } as const;
type Language = keyof typeof consoles;
const others = ['uk', 'ru', 'ar'] as const;

function leavesOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, `${path}/${key}`));
}
const slotsOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const isPlural = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && 'other' in value && 'one' in value;
function pluralsOf(value: unknown, path = ''): [string, Record<string, string>][] {
  if (isPlural(value)) return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => pluralsOf(each, `${path}/${key}`));
}
const isForm = (path: string): boolean => /\/(zero|one|two|few|many|other)$/.test(path);

describe.each(Object.keys(consoles) as Language[])('what is said in %s', (language) => {
  const words = consoles[language];
  const leaves = leavesOf(words);

  it('has every plural form the language has, and no other', () => {
    const { pluralCategories } = new Intl.PluralRules(words.locale).resolvedOptions();
    const plurals = pluralsOf(words);
    expect(plurals.length).toBeGreaterThan(5);
    for (const [path, forms] of plurals)
      expect([path, Object.keys(forms).sort()]).toEqual([path, [...pluralCategories].sort()]);
  });

  it('leaves nothing empty, and quotes as it is written', () => {
    for (const [path, text] of leaves) {
      expect([path, text.trim()]).toEqual([path, text]);
      expect([path, text]).not.toEqual([path, '']);
      expect([path, /["']/.test(text)]).toEqual([path, false]);
    }
  });
});

describe.each(others)('%s beside English', (language) => {
  const english_ = new Map(leavesOf(consoles.en));
  const theirs = leavesOf(consoles[language]);

  it('fills in the same', () => {
    for (const [path, text] of theirs)
      // A form for none, one or two may say the number in words.
      if (!isForm(path)) expect([path, slotsOf(text)]).toEqual([path, slotsOf(english_.get(path) ?? '')]);
  });

  it('is said in its own letters', () => {
    const own = language === 'ar' ? /\p{Script=Arabic}/u : /\p{Script=Cyrillic}/u;
    const neutral = ['/locale', '/lang', '/direction', '/shell/homeward', '/case/homeward'];
    for (const [path, text] of theirs)
      if (!neutral.includes(path)) expect([path, text, own.test(text)]).toEqual([path, text, true]);
  });
});

it('mails and pages take the same words', () => {
  for (const language of Object.keys(consoles) as Language[])
    expect(consoles[language].obligations).toBe(vocabularies[language].obligations);
});
