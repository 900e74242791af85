/** Parts that are away for a while: what was typed stays, what was sent counts once, and the page says what to do. */
import type { Page, Route } from 'playwright-core';
import { english } from '../../console/src/words/english';
import type { CaseId } from '../../src/domain/model/ids';
import { createDesk } from './support/browser';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const typed = 'The uncle may come on Friday.';
const refuse = (route: Route): Promise<void> =>
  route.fulfill({
    status: 503,
    contentType: 'application/problem+json',
    headers: { 'retry-after': '5' },
    body: JSON.stringify({ type: 'about:blank', title: 'Away', status: 503, code: 'record-unavailable' }),
  });

describe('when a part is away', () => {
  let staged: StagedRoom;
  let page: Page;
  let id: CaseId;
  const note = (of = page) => of.locator('textarea[name=note]');
  const send = (of = page) => of.locator('main form button.act:not([type=button])').last().click();
  const alert = (of = page) => of.locator('main [role=alert]');
  const receipt = (of = page) => of.locator('[role=status] article.paper');
  const said = async () =>
    (await staged.recordRoom.record.catchUp(id, 0)).events.filter(
      ({ event }) => event.type === 'RecipientUnavailable',
    );
  const write = async (of = page, url = staged.url) => {
    await of.goto(`${url}/cases/${id}/do/reportRecipientUnavailable`);
    await note(of).fill(typed);
  };

  beforeAll(async () => {
    staged = await openStagedRoom('console-away');
    ({ page } = await staged.desk.of('ua-official-1'));
  }, 120_000);
  afterAll(() => staged.close());
  beforeEach(async () => {
    ({ case: id } = await staged.recordRoom.open());
  });

  it('an answer that is lost after the record took the command is given again, and counts once', async () => {
    await write();
    await page.route(
      '**/commands',
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await send();
    await alert().waitFor();
    expect(await alert().innerText()).toContain(english.form.unreachable);
    expect(await said()).toHaveLength(1);
    await send();
    await receipt().waitFor();
    expect(await said()).toHaveLength(1);
  });

  it('an API that is started again takes what was typed before', async () => {
    await write();
    const { port } = new URL(staged.url);
    await staged.room.api.stop();
    await send();
    await alert().waitFor();
    expect(await note().inputValue()).toBe(typed);
    await staged.room.another({ port: Number(port) });
    await send();
    await receipt().waitFor();
    expect(await said()).toHaveLength(1);
  });

  it('a record that is away is told in words, and nothing typed is lost', async () => {
    await write();
    await page.route('**/commands', refuse, { times: 1 });
    await send();
    await alert().waitFor();
    expect(await alert().innerText()).toContain(english.refusals['record-unavailable']);
    expect(await alert().innerText()).toContain(english.form.waitSeconds.other.replace('{n}', '5'));
    expect(await note().inputValue()).toBe(typed);
    await send();
    await receipt().waitFor();
  });

  it('a page that is opened meanwhile says so, and shows its case as soon as it can', async () => {
    await page.route(`**/v1/cases/${id}`, refuse);
    await page.goto(`${staged.url}/cases/${id}`);
    await page.locator('main').getByText(english.shell.away).waitFor();
    await page.unroute(`**/v1/cases/${id}`);
    await page.locator('main h1').waitFor();
    expect(await page.locator('main h1').innerText()).not.toContain(english.shell.broke);
  });

  it('a stream that is refused is asked for again', async () => {
    await page.route('**/v1/inbox/stream*', refuse);
    await page.goto(`${staged.url}/inbox`);
    await page.getByText(english.shell.away).waitFor();
    await page.unroute('**/v1/inbox/stream*');
    await page.getByText(english.shell.live).waitFor();
  });

  it('asking too often is told in words, and what was typed is sent later', async () => {
    const strict = await staged.room.another({ rateLimits: { perOfficial: 60, perAddress: 100_000 } });
    const desk = createDesk(staged.browser, strict);
    const { page: hasty } = await desk.of('ua-official-1');
    await write(hasty, strict.url);
    await hasty.evaluate(
      `Promise.all(Array.from({ length: 80 }, () => fetch('/v1/session').then((answer) => answer.text())))`,
    );
    await send(hasty);
    await alert(hasty).waitFor();
    expect(await alert(hasty).innerText()).toContain(english.refusals['too-many-requests']);
    expect(await note(hasty).inputValue()).toBe(typed);
    await desk.close();
  });

  it('with Temporal away every page works, and a command is recorded', async () => {
    const alone = await staged.room.another({
      temporal: { address: '127.0.0.1:1', namespace: 'default' },
    });
    const desk = createDesk(staged.browser, alone);
    const { page: calm, complaints } = await desk.of('ua-official-1');
    for (const address of ['/inbox', '/cases', `/cases/${id}`, `/cases/${id}/timeline`, '/you']) {
      await calm.goto(alone.url + address);
      await calm.locator('h1').first().waitFor();
    }
    await write(calm, alone.url);
    await send(calm);
    await receipt(calm).waitFor();
    expect(await said()).toHaveLength(1);
    expect(complaints).toEqual([]);
    await desk.close();
  });
});
