/** A real browser, each official in a window of their own, signed in by a link as people are. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

export async function openBrowser(): Promise<Browser> {
  if (!installed) throw new Error('there is no Chromium on this machine: apt-get install chromium');
  return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
}

export type Language = 'en' | 'uk' | 'ru' | 'ar';
export interface Window {
  readonly page: Page;
  /** What the browser complained of: errors of scripts, of the policy, requests to anybody else. */
  readonly complaints: string[];
}

export interface Desk {
  /** The window of an official; signed in when first asked for. */
  of(official: string, options?: BrowserContextOptions): Promise<Window>;
  close(): Promise<void>;
}

export function createDesk(
  browser: Browser,
  { url, issueSignInLink }: { url: string; issueSignInLink: (official: string) => Promise<string> },
  languageOf: (official: string) => Language = () => 'en',
): Desk {
  const windows = new Map<string, Promise<Window>>();
  const open = async (official: string, options: BrowserContextOptions): Promise<Window> => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
    // The language is asked for as a reader would choose it, before the first page is shown.
    await context.addInitScript(`localStorage.setItem('homeward.language', '${languageOf(official)}')`);
    const page = await context.newPage();
    // A machine that does much else at once is no fault of the page.
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // What the API refuses is told on the page; the browser also writes it here.
      if (message.type() === 'error' && !/status of (401|403|404|409|422|428)/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
        complaints.push(`asked somebody else: ${request.url()}`);
    });
    await page.goto(await issueSignInLink(official));
    await page.locator('button').first().click();
    await page.locator('.bar .who').waitFor();
    return { page, complaints };
  };
  return {
    of(official, options = {}) {
      const known = windows.get(official) ?? open(official, options);
      windows.set(official, known);
      return known;
    },
    async close() {
      for (const window of windows.values()) await (await window).page.context().close();
    },
  };
}
