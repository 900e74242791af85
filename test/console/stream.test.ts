/** Eight tabs of one official on one stream: all hear, also when the one that listens is closed or the API restarts. */
import type { BrowserContext, Page } from 'playwright-core';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const within = 3000;
const tabs = 8;

describe('eight tabs of one official', () => {
  let staged: StagedRoom;
  let context: BrowserContext;
  let pages: Page[];
  beforeAll(async () => {
    staged = await openStagedRoom('console-stream');
    const { page } = await staged.desk.of('qa-officer-1');
    context = page.context();
    pages = [page];
    while (pages.length < tabs) pages.push(await context.newPage());
    for (const each of pages) {
      await each.goto(`${staged.url}/inbox`);
      await each.locator('.state[data-is=done]').last().waitFor();
    }
  }, 120_000);
  afterAll(() => staged.close());

  /** A new case is told by its reference, wherever somebody waits. */
  async function heardOfANewCase(): Promise<number[]> {
    const id = await staged.room.open();
    const began = Date.now();
    return Promise.all(
      pages.map(async (page) => {
        await page.locator('.task .ref', { hasText: id }).first().waitFor({ timeout: within });
        return Date.now() - began;
      }),
    );
  }

  it('are told within three seconds of what the other side does', async () => {
    expect(await heardOfANewCase()).toHaveLength(tabs);
  });

  it('hold one stream', async () => {
    const held = await pages[0]!.evaluate<string[]>(
      `navigator.locks.query().then(({ held, pending }) => [String(held.length), String(pending.length)])`,
    );
    expect(held).toEqual(['1', String(tabs - 1)]);
  });

  it('hear also when the one that listens is closed', async () => {
    // The first to ask has the lock.
    await pages.shift()!.close();
    expect(await heardOfANewCase()).toHaveLength(tabs - 1);
  });

  it('come back by themselves when the API was away', async () => {
    const { port } = new URL(staged.url);
    await staged.room.api.stop();
    await pages[0]!.locator('.state[data-is=late]').last().waitFor();
    await staged.room.another({ port: Number(port) });
    for (const page of pages)
      await page.locator('p .state[data-is=done]').last().waitFor({ timeout: 30_000 });
    const id = await staged.recordRoom.open();
    await Promise.all(
      pages.map((page) =>
        page.locator('.task .ref', { hasText: id.case }).first().waitFor({ timeout: 15_000 }),
      ),
    );
  }, 90_000);
});
