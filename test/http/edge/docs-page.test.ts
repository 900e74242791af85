import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
// A machine without a browser can't ask this question; every other test still runs there.
const describeInBrowser = installed === undefined ? describe.skip : describe;

describeInBrowser('the page to try the API', () => {
  let room: ApiRoom;
  let browser: Browser;
  beforeAll(async () => {
    room = await openApiRoom('http-docs-page', { worker: false });
    browser = await chromium.launch({ executablePath: installed!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    await room.close();
  });

  it('signs in by link and answers a request, under a policy that lets nothing else in', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(await room.api.issueSignInLink('qa-officer-1'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${room.api.url}/`);

    const complaints: string[] = [];
    const foreign: string[] = [];
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(room.api.url) && !request.url().startsWith('data:'))
        foreign.push(request.url());
    });

    await page.goto(`${room.api.url}/docs`);
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const signIn = page.locator('.auth-container', { hasText: 'signIn' });
    await signIn.locator('input[type=checkbox]').first().check();
    const popup = page.waitForEvent('popup');
    await signIn.locator('button.authorize').click();
    await popup;
    await signIn.getByText('Logout').waitFor();
    await page.locator('.modal-ux .close-modal').click();

    await page.locator('#operations-returns-getInbox .opblock-summary-control').click();
    await page.locator('#operations-returns-getInbox .try-out__btn').click();
    await page.locator('#operations-returns-getInbox .execute').click();
    const status = page.locator('#operations-returns-getInbox .live-responses-table .response-col_status');
    await status.filter({ hasText: '200' }).waitFor();
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
