/**
 * The console in a browser: an inbox of 200 rows on a slow telephone, and a list of 20,000 cases that is scrolled. The
 * network is throttled to 1.6 Mbit/s and 150 ms, the processor to a quarter.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { layOwing } from '../load/lay-inbox';
import type { Servers } from '../servers';
import { median } from '../statistics';
import { openInboxGround } from './inbox-ground';

export interface ConsolePlan {
  readonly cases: number;
  readonly times: number;
}
export interface ConsoleFigures {
  /** Milliseconds from the request of the page to the first row, medians. */
  readonly slow: { readonly first: number; readonly again: number };
  readonly inboxRows: number;
  readonly cases: number;
  readonly list: ListFigures;
  readonly listSlow: ListFigures;
}
interface ListFigures {
  readonly firstRowMs: number;
  readonly rowsSeen: number;
  /** Of the main thread while it was scrolled. */
  readonly longestTaskMs: number;
  readonly nodes: number;
  /** From a choice in the filter to the first row of what is found, and the longest task meanwhile. */
  readonly filteredMs: number;
  readonly filteringTaskMs: number;
}

/** The mediator owes every second case something. */
const inboxRows = 200;
const slowNetwork = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const slowProcessor = 4;
const scrolls = { quick: 240, slow: 60 };
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** In the page: when the first row was there, and how long the longest task was since it was last asked. */
const watch = `
  window.homeward = { first: 0, longest: 0 };
  new MutationObserver(() => {
    if (window.homeward.first === 0 && document.querySelector('.task, tbody tr')) window.homeward.first = performance.now();
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.homeward.longest = Math.max(window.homeward.longest, duration);
  }).observe({ entryTypes: ['longtask'] });
`;

export async function measureConsole(
  root: string,
  servers: Servers,
  { cases, times }: ConsolePlan,
  say: (line: string) => void,
): Promise<ConsoleFigures> {
  const executablePath = browsers.find(existsSync);
  if (!executablePath) throw new Error('there is no Chromium on this machine: apt-get install chromium');
  const ground = await openInboxGround(root, servers);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const look = async (isSlow: boolean): Promise<Page> =>
    openPage(browser, ground.url, await ground.issueSignInLink('qa-officer-1'), isSlow);
  try {
    say(`Console: an inbox of ${inboxRows} rows on a slow telephone`);
    await layOwing(ground.pool, 1, inboxRows * 2);
    const first: number[] = [];
    const again: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const page = await look(true);
      first.push(await firstRow(page, `${ground.url}/inbox`));
      again.push(await firstRow(page, `${ground.url}/inbox`));
      await page.context().close();
    }
    say(`Console: a list of ${cases} cases`);
    await layOwing(ground.pool, inboxRows * 2 + 1, cases);
    return {
      slow: { first: median(first), again: median(again) },
      ...{ inboxRows, cases },
      list: await scroll(await look(false), ground.url, scrolls.quick),
      listSlow: await scroll(await look(true), ground.url, scrolls.slow),
    };
  } finally {
    await browser.close();
    await ground.close();
  }
}

/** Signed in, with nothing in its caches. */
async function openPage(browser: Browser, url: string, link: string, isSlow: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
  const answer = await context.request.post(link, {
    headers: { accept: 'text/html', origin: url },
    maxRedirects: 0,
  });
  if (answer.status() !== 303) throw new Error(`the link was answered ${answer.status()}`);
  await context.addInitScript(watch);
  const page = await context.newPage();
  if (isSlow) {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slowNetwork);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowProcessor });
  }
  return page;
}

async function firstRow(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('.task, tbody tr').first().waitFor({ timeout: 60_000 });
  return page.evaluate<number>('window.homeward.first');
}

async function scroll(page: Page, url: string, steps: number): Promise<ListFigures> {
  const firstRowMs = await firstRow(page, `${url}/cases`);
  await page.evaluate('window.homeward.longest = 0');
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, 2_000);
    await page.waitForTimeout(100);
  }
  const found = await page.evaluate<Pick<ListFigures, 'rowsSeen' | 'longestTaskMs' | 'nodes'>>(`({
    rowsSeen: document.querySelectorAll('tbody tr').length,
    longestTaskMs: window.homeward.longest,
    nodes: document.querySelectorAll('*').length,
  })`);
  await page.evaluate('window.homeward.longest = 0; window.homeward.first = 0');
  const began = Date.now();
  await page.locator('.filters select').first().selectOption('intake');
  await page.waitForURL(/stage=intake/);
  await page
    .locator('tbody tr')
    .nth(found.rowsSeen - 1)
    .waitFor({ state: 'detached' });
  await page.locator('tbody tr').first().waitFor();
  const filteredMs = Date.now() - began;
  const filteringTaskMs = await page.evaluate<number>('window.homeward.longest');
  await page.context().close();
  return { firstRowMs, ...found, filteredMs, filteringTaskMs };
}
