/**
 * What was typed outlives a reload, somebody else’s act, a lost connection and an ended sign-in; nothing of anybody
 * outlives the sign-out.
 */
import type { Page } from 'playwright-core';
import { english } from '../../console/src/words/english';
import type { CaseId } from '../../src/domain/model/ids';
import { eventually } from '../workflows/support/process-room';
import { kept } from './support/kept';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const typed = 'Her uncle telephoned: she may stay until Friday.';

describe('what is typed', () => {
  let staged: StagedRoom;
  let page: Page;
  let id: CaseId;
  const note = () => page.locator('textarea[name=note]');
  const send = () => page.locator('main form button.act').first().click();
  const alert = () => page.locator('main [role=alert]');
  const recorded = () => page.locator('[role=status] article.paper').waitFor();

  beforeAll(async () => {
    staged = await openStagedRoom('console-signed-in');
    ({ page } = await staged.desk.of('ua-official-1'));
  }, 120_000);
  afterAll(() => staged.close());
  beforeEach(async () => {
    ({ case: id } = await staged.recordRoom.open());
    await page.goto(`${staged.url}/cases/${id}/do/reportRecipientUnavailable`);
    await note().fill(typed);
  });

  /** Until it lies sealed in this tab. */
  const isKept = () =>
    eventually(async () => Object.keys((await kept(page)).session).some((place) => place.includes(id)));

  it('outlives a reload, and cannot be read where it is kept', async () => {
    await isKept();
    expect((await kept(page)).readable).not.toContain('uncle');
    await page.reload();
    await note().waitFor();
    expect(await note().inputValue()).toBe(typed);
  });

  it('outlives what somebody else did meanwhile, which is shown; then it is sent', async () => {
    await staged.recordRoom.act('qa-officer-1', id, { type: 'acceptFile' });
    await send();
    await alert().waitFor();
    await alert().locator('li').first().waitFor();
    expect(await note().inputValue()).toBe(typed);
    await send();
    await recorded();
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    expect(events.filter(({ event }) => event.type === 'RecipientUnavailable')).toHaveLength(1);
  });

  it('outlives a refusal, and another try is not the same command', async () => {
    await page.route('**/commands', (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'about:blank', title: 'No', status: 422, code: 'not-permitted' }),
      }),
    );
    await send();
    await alert().waitFor();
    expect(await note().inputValue()).toBe(typed);
    await page.unroute('**/commands');
  });

  it('outlives a lost connection, and counts once', async () => {
    await page.context().setOffline(true);
    await send();
    await alert().waitFor();
    expect(await note().inputValue()).toBe(typed);
    await page.context().setOffline(false);
    await send();
    await recorded();
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    expect(events.filter(({ event }) => event.type === 'RecipientUnavailable')).toHaveLength(1);
  });

  it('outlives an ended sign-in: the page stays, and goes on when signed in beside it', async () => {
    await isKept();
    const ended = await staged.room.as('ua-official-1').delete('/v1/sessions');
    expect(ended.status).toBe(204);
    await send();
    const link = page.locator('[role=alert] a[href^="/session/start"]');
    await link.first().waitFor();
    expect(await note().inputValue()).toBe(typed);
    const [beside] = await Promise.all([page.context().waitForEvent('page'), link.first().click()]);
    await beside.waitForLoadState();
    await beside.locator('input[name=link]').fill(await staged.room.api.issueSignInLink('ua-official-1'));
    await beside.locator('button').first().click();
    await beside.waitForURL(/session\/done/);
    await beside.locator('h1').waitFor();
    expect(await beside.locator('body').innerText()).not.toContain('"status"');
    await beside.close();
    await page.bringToFront();
    await note().waitFor();
    expect(await note().inputValue()).toBe(typed);
    await send();
    await recorded();
  });

  async function signInBeside(official: string): Promise<void> {
    const beside = await page.context().newPage();
    await beside.goto(await staged.room.api.issueSignInLink(official));
    await beside.locator('button').first().click();
    await beside.locator('.bar .who').waitFor();
    await beside.close();
    await page.bringToFront();
  }

  /** Without a look at another tab: looking back, the page would notice before anything is sent. */
  async function signInUnseen(official: string): Promise<void> {
    const link = await staged.room.api.issueSignInLink(official);
    const headers = { accept: 'text/html', origin: staged.url };
    const answer = await page.context().request.post(link, { headers, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
  }

  it('is not sent as that of another who signed in beside, and the page says why it was opened anew', async () => {
    await isKept();
    await signInUnseen('ua-decider');
    await send();
    await page.getByText(english.shell.anotherPerson).waitFor();
    expect(await note().inputValue()).toBe('');
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    expect(events.filter(({ event }) => event.type === 'RecipientUnavailable')).toEqual([]);
    // Left first: it would open itself anew for the one who comes back, and break off where the next test goes.
    await page.goto('about:blank');
    await signInUnseen('ua-official-1');
  });

  it('of one person is nothing to another who signs in beside', async () => {
    await isKept();
    const before = await page.locator('.bar .who b').innerText();
    await signInBeside('ua-decider');
    // As the browser does when the tab is looked at again.
    await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
    await eventually(async () => {
      const who = await page
        .locator('.bar .who')
        .innerText({ timeout: 1000 })
        .catch(() => undefined);
      return who !== undefined && !who.includes(before);
    });
    await note().waitFor();
    expect(await note().inputValue()).toBe('');
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    expect(events.filter(({ event }) => event.type === 'RecipientUnavailable')).toEqual([]);
    await page.reload();
    await page.locator('.bar .who').waitFor();
    expect(await page.content()).not.toContain('uncle');
    expect((await kept(page)).readable).not.toContain('uncle');
  });

  it('leaves nothing of anybody after signing out', async () => {
    await page.goto(`${staged.url}/you`);
    const out = page.locator('section[aria-labelledby=session] > .row button').first();
    await out.click();
    await page.waitForURL(/session\/start/, { timeout: 3000 }).catch(() => out.click());
    await page.waitForURL(/session\/start/);
    const on = await kept(page);
    expect([on.session, on.caches, on.stores]).toEqual([{}, [], []]);
    expect(Object.keys(on.local)).toEqual(['homeward.language']);
    await page.goBack();
    await page.waitForURL(/session\/start/);
    expect(await page.locator('body').innerText()).not.toMatch(/Hadanyi|Гаданий/);
  });
});
