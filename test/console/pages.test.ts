/**
 * Every page of the console, in four languages, light and dark, on a wide screen, a phone and at 320 pixels: nothing
 * that axe-core knows as a barrier, nothing beside the screen, no complaint of the browser, nobody else asked.
 */
import { source as axeSource } from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Language } from './support/browser';
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

type Stage = 'opened' | 'verified' | 'agreed' | 'hosted' | 'ready' | 'departed' | 'handed-over';
type Cases = Readonly<Record<Stage, string>>;
interface Place {
  readonly official: string;
  readonly address: (cases: Cases) => string;
}
const place = (official: string, address: Place['address'] | string): Place => ({
  official,
  address: typeof address === 'string' ? () => address : address,
});

const places: Readonly<Record<string, Place>> = {
  'inbox of the mediator': place('qa-officer-1', '/inbox'),
  'inbox of a side': place('ru-official-1', '/inbox?scope=party'),
  cases: place('qa-officer-1', '/cases'),
  'cases of nobody': place('qa-officer-1', '/cases?stage=reunited&safety=true'),
  'cases/new': place('ua-official-1', '/cases/new'),
  'a new case': place('qa-officer-1', ({ opened }) => `/cases/${opened}`),
  'a verified case': place('qa-officer-1', ({ verified }) => `/cases/${verified}`),
  'an agreed case, to the other side': place('ru-official-1', ({ agreed }) => `/cases/${agreed}`),
  'a case ready to go': place('qa-lead', ({ ready }) => `/cases/${ready}`),
  'a case on the road': place('es-dispatcher', ({ departed }) => `/cases/${departed}`),
  'a case handed over': place('re-receiver', (cases) => `/cases/${cases['handed-over']}`),
  timeline: place('qa-officer-1', (cases) => `/cases/${cases['handed-over']}/timeline`),
  plan: place('qa-officer-1', ({ verified }) => `/cases/${verified}/plan`),
  decide: place('ua-decider', ({ agreed }) => `/cases/${agreed}/decide`),
  relay: place('qa-officer-1', ({ verified }) => `/cases/${verified}/relay`),
  legs: place('es-dispatcher', ({ ready }) => `/cases/${ready}/legs`),
  go: place('qa-lead', ({ ready }) => `/cases/${ready}/go`),
  handover: place('re-receiver', ({ departed }) => `/cases/${departed}/handover`),
  file: place('ua-official-1', ({ opened }) => `/cases/${opened}/file`),
  hosting: place('em-host', '/hosting'),
  journeys: place('es-dispatcher', '/journeys'),
  road: place('es-escort-1', '/road'),
  figures: place('ob-observer', '/figures'),
  you: place('qa-lead', '/you'),
  'signed in beside': place('qa-lead', '/session/done'),
  'a light form': place('qa-officer-1', ({ opened }) => `/cases/${opened}/do/acknowledgeCase`),
  'a plain form': place('ua-official-1', ({ opened }) => `/cases/${opened}/do/attestFacet?for=identity`),
  'a form with days': place('ua-official-1', ({ hosted }) => `/cases/${hosted}/do/confirmTravelDocuments`),
  'a grave form': place('qa-lead', ({ opened }) => `/cases/${opened}/do/closeCase`),
  'a form that stops': place('qa-lead', ({ ready }) => `/cases/${ready}/do/placeHold`),
  'no case': place('qa-lead', '/cases/0000-0000'),
  'no form': place('qa-lead', ({ opened }) => `/cases/${opened}/do/nothing`),
  'to sign in': place('qa-lead', '/session/start'),
  'a spent link': place('qa-lead', '/sign-in/spent'),
};

describe('every page', () => {
  let staged: StagedRoom;
  let cases: Cases;
  beforeAll(async () => {
    staged = await openStagedRoom('console-pages');
    const { at, record } = staged;
    cases = {
      opened: (await record.open()).case,
      verified: await at('verified'),
      agreed: await at('agreed'),
      hosted: await at('hosted'),
      ready: await at('ready'),
      departed: await at('departed'),
      'handed-over': await at('handed-over'),
    };
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

/** Until it has its heading, and nothing is being asked for. */
async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

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
