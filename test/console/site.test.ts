/** The page of a hosting site: for its host, the host's clinician and the mediator; its numbers are the API's. */
import type { Page } from 'playwright-core';
import type { CaseId } from '../../src/domain/model/ids';
import { groupsOf } from '../record/support/group-room';
import { sendByPage } from './support/by-page';
import { settle } from './support/places';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

/** A panel is named by its heading. */
const panel = (id: string): string => `section[aria-labelledby=${id}]`;
const address = '/sites/moscow-residence';

describe('the page of a hosting site', () => {
  let staged: StagedRoom;
  let hosted: CaseId;
  beforeAll(async () => {
    staged = await openStagedRoom('console-site');
    hosted = await staged.at('hosted');
  }, 120_000);
  afterAll(() => staged.close());

  async function at(official: string, to: string): Promise<Page> {
    const { page } = await staged.desk.of(official);
    await page.goto(`${staged.url}${to}`);
    await settle(page);
    return page;
  }

  it('is reached from the page of the day and from a group, and says who is there in which bed', async () => {
    const host = await at('em-host', '/hosting');
    await host.locator(`a[href="${address}"]`).click();
    await host.locator('h1', { hasText: 'Residence of the embassy' }).waitFor();
    await host.locator(`table.folds a[href="/cases/${hosted}"]`).waitFor();
    const row = host.locator('table.folds tr', { hasText: hosted });
    expect(await row.innerText()).toMatch(/Kyrylo[\s\S]*not said yet/);
    const group = await groupsOf(staged.recordRoom).at('drafting', [await staged.at('ready')]);
    const mediator = await at('qa-officer-1', `/groups/${group}`);
    expect(await mediator.locator(`a[href="${address}"]`).count()).toBe(1);
    for (const official of ['qa-officer-1', 'em-clinician'])
      expect(await (await at(official, address)).locator('main').innerText()).toContain(hosted);
    expect(await (await at('ua-decider', address)).locator('main').innerText()).toContain(
      'There is nothing here',
    );
  });

  it('says what a child is to get; what became of it is said from there, and stays between host and mediator', async () => {
    const { page: clinician } = await staged.desk.of('em-clinician');
    const times = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
    const what = 'Syrup, 5 ml';
    await sendByPage(clinician, staged.url, hosted, {
      type: 'setTreatment',
      kind: 'medicine',
      times,
      note: what,
    });
    const day = await at('em-clinician', `/cases/${hosted}`);
    await day.locator(panel('treatments'), { hasText: what }).waitFor();

    const host = await at('em-host', address);
    const doses = host.locator(panel('doses'));
    await doses.waitFor();
    expect(await doses.innerText()).toContain(what);
    // The one that is due within the hour may be given now.
    await doses.locator('a').first().click();
    const form = host.locator('main form');
    await form.waitFor();
    expect(await form.locator('input[name=dose]:checked').count()).toBe(1);
    await form.locator('input[name=outcome][value=refused]').check();
    await form.locator('button.act:not([type=button])').last().click();
    await host.locator('[role=status] article.paper').waitFor();
    await host.goto(`${staged.url}${address}`);
    await host.locator(`${panel('doses')} .state[data-is=late]`, { hasText: 'Refused' }).waitFor();

    for (const official of ['ua-official-1', 'es-dispatcher']) {
      const other = await at(official, `/cases/${hosted}`);
      expect(await other.locator('#treatments').count()).toBe(0);
      expect(await other.locator('main').innerText()).not.toContain('Syrup');
    }
    for (const official of ['em-host', 'em-clinician'])
      expect((await staged.desk.of(official)).complaints).toEqual([]);
  }, 60_000);

  it('the day of a child is noted by a few taps, and stands on its page', async () => {
    const { page } = await staged.desk.of('em-host');
    const day = { ate: 'little', slept: 'well', mood: 'low', health: 'ill' } as const;
    await sendByPage(page, staged.url, hosted, { type: 'writeWelfareNote', wellbeing: 'well', ...day });
    const host = await at('em-host', `/cases/${hosted}`);
    expect(await host.locator(panel('stay')).innerText()).toContain('Eats little · Sleeps well · Sad · Ill');
  });

  it('draws beds by night from the very numbers of its table, and says who waits', async () => {
    const page = await at('em-host', address);
    const { body } = await staged.room.as('em-host').get('/v1/sites/moscow-residence/days');
    const { days } = body as { days: { occupied: number; held: number; free: number }[] };
    const rows = page.locator('.by-night tbody tr');
    expect(await rows.count()).toBe(days.length);
    for (const [index, { occupied, held, free }] of days.slice(0, 3).entries()) {
      const cells = await rows.nth(index).locator('td').allInnerTexts();
      expect(cells.map((cell) => cell.trim())).toEqual([`${occupied}`, `${held}`, `${free}`]);
    }
    expect(days[1]!.occupied).toBeGreaterThan(0);
    expect(await page.locator('main').innerText()).toMatch(/Who waits for a bed/);
    for (const official of ['em-host', 'qa-officer-1'])
      expect((await staged.desk.of(official)).complaints).toEqual([]);
  });
});
