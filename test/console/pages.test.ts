/**
 * Every page of the console, in four languages, light and dark, on a wide screen, a phone and at 320 pixels: nothing
 * that axe-core knows as a barrier, nothing beside the screen, no complaint of the browser, nobody else asked.
 */
import { source as axeSource } from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Language } from './support/browser';
import { openCases, places, settle } from './support/places';
import type { Cases } from './support/places';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const languages = ['en', 'ar', 'uk', 'ru'] as const satisfies readonly Language[];
const schemes = ['light', 'dark'] as const;
const widths = [1360, 390, 320] as const;
const height = 900;

/** Scripts with two directions everywhere; the two others, whose words are only longer, at one. */
const sizesOf = (language: Language) =>
  language === 'en' || language === 'ar'
    ? schemes.flatMap((scheme) => widths.map((width) => ({ scheme, width })))
    : [{ scheme: 'light' as const, width: 320 as const }];

describe('every page', () => {
  let staged: StagedRoom;
  let cases: Cases;
  beforeAll(async () => {
    staged = await openStagedRoom('console-pages');
    cases = await openCases(staged);
  }, 120_000);
  afterAll(() => staged.close());

  it.each(Object.entries(places))(
    '%s',
    async (_name, { official, address }) => {
      const { page, complaints } = await staged.desk.of(official);
      complaints.length = 0;
      const faults: unknown[] = [];
      for (const language of languages) {
        const to = new URL(address(cases), staged.url);
        to.searchParams.set('lang', language);
        await page.goto(to.href);
        await settle(page);
        for (const { scheme, width } of sizesOf(language)) {
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
          await page.setViewportSize({ width, height });
          for (const fault of await faultsOf(page, language, scheme))
            faults.push([`${language} ${scheme} ${width}`, fault]);
        }
      }
      expect({ faults, complaints }).toEqual({ faults: [], complaints: [] });
    },
    120_000,
  );
});

/** The scheme changes colours and nothing else. */
const rules: Readonly<Record<(typeof schemes)[number], RunOptions>> = {
  light: {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  },
  dark: { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] },
};

async function faultsOf(
  page: Page,
  language: Language,
  scheme: (typeof schemes)[number],
): Promise<unknown[]> {
  const seen = await page.evaluate<{
    readonly lang: string;
    readonly dir: string;
    readonly title: string;
    readonly beside: string[];
  }>(`(() => {
    const { lang, dir, scrollWidth } = document.documentElement;
    const isBeside = ({ left, right, width }) => width > 0 && (right > innerWidth + 1 || left < -1);
    const beside = scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
      .filter((each) => isBeside(each.getBoundingClientRect()))
      .slice(-4)
      .map((each) => each.outerHTML.slice(0, 160));
    return { lang, dir, title: document.title, beside: scrollWidth <= innerWidth ? [] : [scrollWidth + ' px', ...beside] };
  })()`);
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(rules[scheme])})`,
  );
  return [
    ...(seen.lang === language ? [] : [`lang ${seen.lang}`]),
    ...(seen.dir === (language === 'ar' ? 'rtl' : 'ltr') ? [] : [`dir ${seen.dir}`]),
    ...(/\S+.*Homeward/.test(seen.title) ? [] : [`title ${seen.title}`]),
    ...(seen.beside.length === 0 ? [] : [seen.beside]),
    ...violations.map(({ id, nodes }) => [
      id,
      ...nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
    ]),
  ];
}
