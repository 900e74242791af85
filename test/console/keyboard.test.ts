/** By the keyboard alone: where one is after each step, and a whole task from the inbox to its receipt. */
import type { Page } from 'playwright-core';
import { eventually } from '../workflows/support/process-room';
import { settle } from './support/places';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

describe('by keyboard alone', () => {
  let staged: StagedRoom;
  let page: Page;
  let id: string;
  beforeAll(async () => {
    staged = await openStagedRoom('console-keyboard');
    id = (await staged.recordRoom.open()).case;
    ({ page } = await staged.desk.of('ua-official-1'));
  }, 120_000);
  afterAll(() => staged.close());

  const goTo = async (address: string) => {
    await page.goto(`${staged.url}${address}`);
    await settle(page);
  };
  const isOn = (selector: string) =>
    page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
  const comesTo = (selector: string) => eventually(() => isOn(selector));
  const hasRing = () =>
    page.evaluate<boolean>(
      `(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2)(getComputedStyle(document.activeElement))`,
    );
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Tab until something is reached, with a ring at every step. */
  async function tabTo(selector: string): Promise<void> {
    for (let press = 0; press < 80; press += 1) {
      await page.keyboard.press('Tab');
      if (!(await hasRing())) throw new Error(`no ring on the way to ${selector}`);
      if (await isOn(selector)) return;
    }
    throw new Error(`${selector} is not reached by Tab`);
  }

  it('the first page begins at its beginning: nothing has moved the focus there', async () => {
    await goTo('/');
    await page.locator('main h1').waitFor();
    expect(await isOn('body')).toBe(true);
  });

  it('the bar can be skipped', async () => {
    await goTo(`/cases/${id}`);
    await press('Tab');
    expect([await isOn('.skip'), await hasRing()]).toEqual([true, true]);
    await press('Enter');
    await comesTo('#main');
  });

  it('a menu is closed by Escape, and one is where one was', async () => {
    await goTo('/inbox');
    await tabTo('.languages > button');
    await press('Enter', 'Tab', 'Tab');
    expect(await isOn('.languages ul button')).toBe(true);
    await press('Escape');
    await page.locator('.languages ul').waitFor({ state: 'detached' });
    expect(await isOn('.languages > button')).toBe(true);
  });

  it('J and K go from task to task, Enter opens one and its heading is read', async () => {
    const { page: officers } = await staged.desk.of('qa-officer-1');
    const [mine] = [page];
    page = officers;
    try {
      await goTo('/inbox');
      await page.locator('.task a').first().waitFor();
      await press('j', 'j', 'k');
      expect([await isOn('.task a'), await hasRing()]).toEqual([true, true]);
      await press('Enter');
      await comesTo('main h1');
      expect(await hasRing()).toBe(true);
    } finally {
      page = mine;
    }
  });

  it('a form goes to its receipt and to the case', async () => {
    const { case: another } = await staged.recordRoom.open();
    await goTo(`/cases/${another}/do/reportRecipientUnavailable`);
    await tabTo('textarea[name=note]');
    await page.keyboard.type('Her uncle telephoned.');
    await tabTo('main form button.act:not([type=button])');
    await press('Enter');
    await comesTo('[role=status]:has(article.paper)');
    await tabTo('a.act[href^="/cases/"]');
    await press('Enter');
    await comesTo('main h1');
  });

  it('what is refused is where one goes on', async () => {
    const { case: another } = await staged.recordRoom.open();
    await goTo(`/cases/${another}/do/reportRecipientUnavailable`);
    await page.locator('textarea[name=note]').fill('x');
    await page.context().setOffline(true);
    await tabTo('main form button.act:not([type=button])');
    await press('Enter');
    await comesTo('main [role=alert]');
    await page.context().setOffline(false);
    await tabTo('textarea[name=note]');
  });

  it('every kind of field is filled: choices by arrows, months by letters, days by digits', async () => {
    await goTo(`/cases/${id}/do/attestFacet?for=identity`);
    await tabTo('input[type=radio]');
    await tabTo('input[name=finding]');
    await press('Space', 'ArrowDown');
    expect(await isOn('input[name=finding]:checked')).toBe(true);
    await tabTo('.day input, input[name="validUntil.day"]');
    await page.keyboard.type('3');
    await tabTo('select[name="validUntil.month"]');
    await page.keyboard.type('December');
    await tabTo('input[name="validUntil.year"]');
    await page.keyboard.type('2027');
    await tabTo('textarea[name=note]');
    await page.keyboard.type('Seen.');
    expect(await page.locator('select[name="validUntil.month"]').inputValue()).toBe('12');
  });
});
