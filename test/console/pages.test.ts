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
type Scheme = (typeof schemes)[number];
const height = 900;

interface Size {
  readonly width: number;
  /** What axe-core looks for there; a phone's page is that of 320 pixels with more room. */
  readonly looks: readonly Scheme[];
}
/** Scripts with two directions everywhere; the two others, whose words are only longer, at one. */
const sizesOf = (language: Language): readonly Size[] =>
  language === 'en' || language === 'ar'
    ? [
        { width: 1360, looks: schemes },
        { width: 390, looks: [] },
        { width: 320, looks: schemes },
      ]
    : [{ width: 320, looks: ['light'] }];

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
        for (const { width, looks } of sizesOf(language)) {
          await page.setViewportSize({ width, height });
          for (const fault of await shapeFaultsOf(page, language))
            faults.push([`${language} ${width}`, fault]);
          for (const scheme of looks) {
            await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
            for (const fault of await barriersOn(page, scheme))
              faults.push([`${language} ${scheme} ${width}`, fault]);
          }
        }
      }
      expect({ faults, complaints }).toEqual({ faults: [], complaints: [] });
    },
    120_000,
  );
});

/** The scheme changes colours and nothing else. */
const rules: Readonly<Record<Scheme, RunOptions>> = {
  light: {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  },
  dark: { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] },
};

async function barriersOn(page: Page, scheme: Scheme): Promise<unknown[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(rules[scheme])})`,
  );
  return violations.map(({ id, nodes }) => [
    id,
    ...nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  ]);
}

async function shapeFaultsOf(page: Page, language: Language): Promise<unknown[]> {
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
  return [
    ...(seen.lang === language ? [] : [`lang ${seen.lang}`]),
    ...(seen.dir === (language === 'ar' ? 'rtl' : 'ltr') ? [] : [`dir ${seen.dir}`]),
    ...(/\S+.*Homeward/.test(seen.title) ? [] : [`title ${seen.title}`]),
    ...(seen.beside.length === 0 ? [] : [seen.beside]),
  ];
}
