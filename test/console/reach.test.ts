/**
 * Who reaches what: the keyboard alone, a thumb, a page enlarged four times, a wall, colours chosen by the reader, no
 * motion, paper. On every page of the console.
 */
import type { Page } from 'playwright-core';
import { eventually } from '../workflows/support/process-room';
import { openCases, places, settle } from './support/places';
import type { Cases } from './support/places';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

/** In the page: what can be operated, and is seen. */
const operable = `(() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((each) => each.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !each.closest('[inert]')))()`;

/** Smaller than a fingertip: not a link within a sentence, nor what a whole label or row stands for. */
const small = `(() => {
  const isSmall = ({ width, height }) => width < 44 - 0.5 || height < 44 - 0.5;
  const inSentence = (each) => each.tagName === 'A' && getComputedStyle(each).display === 'inline';
  return ${operable}
    .filter((each) => each.getBoundingClientRect().bottom > 0)
    .filter((each) => !inSentence(each))
    .filter((each) => isSmall((each.closest('label, .task') ?? each).getBoundingClientRect()))
    .map((each) => { const { width, height } = each.getBoundingClientRect(); return Math.round(width) + '×' + Math.round(height) + ' ' + each.outerHTML.slice(0, 120); });
})()`;

/** Without an outline or a shadow that shows where one is. */
const unseen = `(() => {
  const each = document.activeElement;
  if (!each || each === document.body) return '';
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
  const isSeen = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  const { top, bottom } = each.getBoundingClientRect();
  const isInside = bottom > 0 && top < innerHeight;
  return isSeen && isInside ? '' : (isSeen ? 'beside the screen: ' : 'no ring: ') + each.outerHTML.slice(0, 120);
})()`;

const moving = `(() => {
  const moves = (value) => value.split(',').some((time) => parseFloat(time) > 0.011);
  return [...document.querySelectorAll('*')]
    .filter((each) => { const style = getComputedStyle(each); return moves(style.transitionDuration) || (style.animationName !== 'none' && moves(style.animationDuration)); })
    .map((each) => each.outerHTML.slice(0, 100));
})()`;

describe('every page', () => {
  let staged: StagedRoom;
  let cases: Cases;
  beforeAll(async () => {
    staged = await openStagedRoom('console-reach');
    cases = await openCases(staged);
  }, 120_000);
  afterAll(() => staged.close());

  it.each(Object.entries(places))('%s', async (_name, { official, address }) => {
    const { page } = await staged.desk.of(official);
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light', forcedColors: 'none' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(staged.url + address(cases));
    await settle(page);
    expect({ small: await page.evaluate(small), moving: await page.evaluate(moving) }).toEqual({
      small: [],
      moving: [],
    });

    // Enlarged four times: one column, and whatever has the keyboard is in sight.
    await page.setViewportSize({ width: 320, height: 256 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    const stops = await tabThrough(page);
    expect(stops.unseen).toEqual([]);
    expect(stops.missed).toEqual([]);
  });

  it('is done by the keyboard alone: from the inbox to the receipt, with every kind of question', async () => {
    const { page } = await staged.desk.of('ua-official-1');
    await page.setViewportSize({ width: 1360, height: 900 });
    await page.goto(`${staged.url}/cases/${cases.hosted}/do/confirmTravelDocuments`);
    await settle(page);
    const press = (...keys: string[]) =>
      keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve());
    const focused = () =>
      page.evaluate<string>('document.activeElement?.name ?? document.activeElement?.tagName');
    const tabTo = async (name: string) => {
      for (let step = 0; step < 60 && (await focused()) !== name; step += 1) await press('Tab');
      expect(await focused()).toBe(name);
    };
    await tabTo('documents');
    await press('Space');
    await tabTo('validUntil.day');
    await page.keyboard.type('15');
    await tabTo('validUntil.month');
    await page.keyboard.type('D');
    await tabTo('validUntil.year');
    await press('Control+A');
    await page.keyboard.type('2027');
    await press('Enter');
    await page.locator('[role=status] article.paper, main [role=alert]').first().waitFor();
    expect(await page.locator('main [role=alert]').allInnerTexts()).toEqual([]);
  });

  it('goes to a row of the inbox by J, opens it by Enter, and by Tab skips the bar', async () => {
    const { page } = await staged.desk.of('qa-officer-1');
    await page.setViewportSize({ width: 1360, height: 900 });
    await page.goto(`${staged.url}/inbox`);
    await settle(page);
    await page.locator('.task').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.getAttribute('href')`)).toBe('#main');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const to = await page.evaluate<string>(`document.activeElement.getAttribute('href')`);
    expect(to).toBe(await page.locator('.task a').nth(1).getAttribute('href'));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${staged.url}${to.replace(/\?.*/, '')}*`);
  });

  it('is told apart where the reader chose the colours: where the case stands, what is chosen, what is a button', async () => {
    const { page } = await staged.desk.of('qa-lead');
    await page.setViewportSize({ width: 1360, height: 900 });
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(`${staged.url}/cases/${cases.ready}`);
    await settle(page);
    const looks = await page.evaluate<
      string[][]
    >(`['.way [aria-current]', '.way li:not([aria-current])'].map((where) => {
      const mark = document.querySelector(where);
      const { borderColor, borderWidth, fontWeight, backgroundColor } = getComputedStyle(mark);
      const before = getComputedStyle(mark, '::before');
      return [borderColor, borderWidth, fontWeight, backgroundColor, before.backgroundColor, before.borderColor, before.borderWidth];
    })`);
    expect(looks[0]).not.toEqual(looks[1]);
    const borders = await page.evaluate<string[]>(
      `[...document.querySelectorAll('main button, main a.act')].map((each) => getComputedStyle(each).borderStyle + getComputedStyle(each).textDecorationLine)`,
    );
    expect(borders.filter((style) => style === 'nonenone')).toEqual([]);
    await page.emulateMedia({ forcedColors: 'none' });
  });

  /** What stands on the paper if this page is printed now. */
  async function printed(page: Page) {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark', forcedColors: 'none' });
    const seen = await page.evaluate<{ shown: string[]; ink: string; paper: string; text: string }>(`({
      shown: [...document.querySelectorAll('.bar, button, nav, aside, .skip')].filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 80)),
      ink: getComputedStyle(document.querySelector('main p, main dd')).color,
      paper: getComputedStyle(document.body).backgroundColor,
      text: document.querySelector('main').innerText,
    })`);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    const brightness = (color: string) => Math.max(...(color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number));
    expect(seen.shown).toEqual([]);
    expect(brightness(seen.ink)).toBeLessThan(110);
    expect(seen.paper === 'rgba(0, 0, 0, 0)' || brightness(seen.paper) > 240).toBe(true);
    return seen.text;
  }
  it.each(['en', 'ar', 'uk', 'ru'])(
    'what happened prints as a paper: no bar, no button, dark on white (%s)',
    async (lang) => {
      const { page } = await staged.desk.of('qa-lead');
      await page.goto(`${staged.url}/cases/${cases['handed-over']}/timeline?lang=${lang}`);
      await settle(page);
      // Whatever languages the official speaks.
      expect(await page.evaluate('document.documentElement.lang')).toBe(lang);
      expect(await printed(page)).toContain(cases['handed-over']);
    },
  );

  it('so do the paper that is agreed to, and a receipt', async () => {
    const verified = await staged.at('verified');
    await staged.proposePlan(verified, 'road');
    const { page } = await staged.desk.of('ua-decider');
    await page.goto(`${staged.url}/cases/${verified}/decide?lang=en`);
    await settle(page);
    await page.locator('input[name=act][value=approve]').check();
    expect(await printed(page)).toContain(verified);
    const { page: officers } = await staged.desk.of('qa-officer-1');
    const { case: opened } = await staged.recordRoom.open();
    await officers.goto(`${staged.url}/cases/${opened}/do/acknowledgeCase?lang=en`);
    await officers.locator('main form button.act:not([type=button])').click();
    await officers.locator('article.paper').waitFor();
    expect(await printed(officers)).toContain(opened);
  });

  it('reads at a distance: no line of text is longer than 90 letters on a wall', async () => {
    const { page } = await staged.desk.of('qa-lead');
    await page.setViewportSize({ width: 3840, height: 2160 });
    for (const address of [`/cases/${cases.ready}`, `/cases/${cases.ready}/go`, '/inbox']) {
      await page.goto(staged.url + address);
      await settle(page);
      const tooLong = await page.evaluate(`[...document.querySelectorAll('main p, main dd')]
        .filter((each) => each.getBoundingClientRect().width > 95 * parseFloat(getComputedStyle(each).fontSize) * 0.5 && each.textContent.length > 90)
        .map((each) => each.outerHTML.slice(0, 120))`);
      expect([address, tooLong]).toEqual([address, []]);
    }
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.goto(`${staged.url}/cases/${cases.ready}/go`);
    await settle(page);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(1080);
  });
});

/** Every stop of the Tab key, once round. */
async function tabThrough(page: Page): Promise<{ unseen: string[]; missed: string[] }> {
  const hidden: string[] = [];
  await page.evaluate(`(${operable}).forEach((each, index) => { each.dataset.stop = index; }); window.stops = new Set();
    document.activeElement?.blur?.(); scrollTo(0, 0)`);
  const count = await page.evaluate<number>(`(${operable}).length`);
  for (let step = 0; step < count + 6; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<string | undefined>('document.activeElement?.dataset?.stop');
    // What has just come into the page may still be moving it.
    const isSeen = async (): Promise<boolean> => (await page.evaluate<string>(unseen)) === '';
    await eventually(isSeen, 3_000)
      // What came in after the key may have pushed it away for good; a person steps back and looks for it again.
      .catch(async () => {
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Tab');
        await eventually(isSeen, 3_000);
      })
      .catch(async () => hidden.push(await page.evaluate<string>(unseen)));
    await page.evaluate(`window.stops.add(${JSON.stringify(at ?? '')})`);
  }
  // Of radio buttons of one name the keyboard stops at one, and arrows go on; what the page takes away cannot be missed.
  const missed = await page.evaluate<string[]>(`(${operable})
    .filter((each) => each.type !== 'radio' && !each.disabled && each.dataset.stop !== undefined && !window.stops.has(each.dataset.stop))
    .map((each) => each.tabIndex + ' ' + each.outerHTML.slice(0, 120))`);
  return { unseen: [...new Set(hidden)], missed };
}
