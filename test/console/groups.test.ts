/** A group of children by pages alone, from who could travel together to the departure; and what is nobody else's to see. */
import type { Page } from 'playwright-core';
import type { CaseId } from '../../src/domain/model/ids';
import { groupsOf, inHours } from '../record/support/group-room';
import { english } from '../../console/src/words/english';
import { groupWords } from '../../console/src/words/groups-english';
import { settle } from './support/places';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

describe('children who travel together', () => {
  let staged: StagedRoom;
  beforeAll(async () => {
    staged = await openStagedRoom('console-groups');
  }, 120_000);
  afterAll(() => staged.close());

  async function at(official: string, address: string): Promise<Page> {
    const { page } = await staged.desk.of(official);
    await page.goto(`${staged.url}${address}`);
    await settle(page);
    return page;
  }
  const button = (page: Page) => page.locator('main form button.act:not([type=button])');
  const receipt = (page: Page) => page.locator('[role=status] article.paper');
  /** Opens the form of a command, fills it in, sends it. */
  async function does(
    official: string,
    group: string,
    command: string,
    fill: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<string> {
    const page = await at(official, `/groups/${group}/do/${command}`);
    await button(page).waitFor();
    await fill(page);
    await button(page).click();
    await receipt(page).or(page.locator('main [role=alert]')).first().waitFor();
    if ((await receipt(page).count()) === 0) throw new Error(await page.locator('main').innerText());
    return receipt(page).innerText();
  }
  const tick =
    (...terms: string[]) =>
    async (page: Page) => {
      expect(await page.locator('input[name=terms]:checked').count()).toBe(0);
      for (const term of terms) await page.locator(`input[name=terms][value=${term}]`).check();
    };
  const suffix = (group: string) => (page: Page) => page.locator('input[name=suffix]').fill(group.slice(-4));
  const mainOf = async (official: string, group: string): Promise<string> =>
    (await at(official, `/groups/${group}`)).locator('main').innerText();

  async function fillHour(page: Page, hours: number): Promise<void> {
    const hour = new Date(inHours(hours));
    const two = (n: number): string => String(n).padStart(2, '0');
    await page.locator('[name="departAt.day"]').fill(String(hour.getDate()));
    await page.locator('[name="departAt.month"]').selectOption(String(hour.getMonth() + 1));
    await page.locator('[name="departAt.year"]').fill(String(hour.getFullYear()));
    await page.locator('[name="departAt.time"]').fill(`${two(hour.getHours())}:${two(hour.getMinutes())}`);
  }

  it('set out by pages: chosen, proposed, disputed, changed, confirmed term by term, and one of them stays', async () => {
    const first = await staged.at('ready');
    const other = await staged.at('ready');
    const page = await at('qa-officer-1', '/groups');
    await page.locator('a[href="/groups/new"]').click();
    await button(page).waitFor();
    await page.getByRole('button', { name: 'Take this list' }).first().click();
    expect(await membersIn(page)).toEqual(expect.arrayContaining([first, other]));
    // Whoever was last goes first, and the keyboard stays on the button.
    const [last] = (await membersIn(page)).slice(-1);
    await page.locator(`#move--1-${last}`).click();
    expect((await membersIn(page))[0]).toBe(last);
    expect(await page.evaluate('document.activeElement.id')).toBe(`move--1-${last}`);
    await fillHour(page, 1);
    await page.locator('select[name=place]').selectOption('kyiv');
    await page.locator('input[name=route][value=road]').check();

    // Meanwhile a sibling becomes known: the refusal names it, and it can be added.
    const sibling = await staged.at('ready', { siblings: [first] });
    await button(page).click();
    const refusal = page.locator('main [role=alert]');
    await refusal.locator(`a[href="/cases/${sibling}"]`).waitFor();
    expect(await refusal.innerText()).toContain('Siblings travel together');
    await page.getByRole('button', { name: 'Add them to the list' }).click();
    expect(await membersIn(page)).toContain(sibling);
    await button(page).click();
    await receipt(page).waitFor();
    const group = (await page.locator('a[href^="/groups/G-"]').getAttribute('href'))!.slice(
      '/groups/'.length,
    );

    // A draft is for nobody else.
    expect(await mainOf('ua-decider', group)).toContain('There is nothing here');
    await does('qa-officer-1', group, 'proposeList');
    await does('qa-officer-1', group, 'freezeList');
    expect(await mainOf('ua-decider', group)).toMatch(
      /Nothing is published[\s\S]*Waits for you[\s\S]*Confirm terms/,
    );

    await does('ru-decider', group, 'confirmTerms', tick('names', 'date', 'order', 'route'));
    expect(await mainOf('ua-decider', group)).toContain('all but: Place');
    await does('ru-decider', group, 'disputeTerms', tick('place'));
    expect(await mainOf('qa-officer-1', group)).toMatch(/settle the terms[\s\S]*disputes: Place/);
    await does('qa-officer-1', group, 'changeList', async (form) => {
      await form.locator('select[name=place]').selectOption('moscow');
      const changes = form.locator('.message', { hasText: 'What changes' });
      expect(await changes.innerText()).toMatch(/Place: Moscow \(was: Kyiv\)/);
      expect(await changes.innerText()).not.toContain('Day and hour');
    });
    for (const official of ['ua-decider', 'ru-decider', 'em-host', 'es-dispatcher'])
      await does(official, group, 'confirmTerms', tick('names', 'date', 'place', 'order', 'route'));
    for (const official of ['ua-decider', 'ru-decider', 'qa-lead'])
      await does(official, group, 'sayGo', suffix(group));

    await staged.room.as('ua-official-1').does(other, {
      ...{ type: 'placeHold', hold: 'hold-1', reason: 'safety' },
    } as never);
    const form = await at('qa-lead', `/groups/${group}/do/departGroup`);
    await button(form).waitFor();
    const foreseen = await form.locator('main form').innerText();
    expect(foreseen).toMatch(/Would set out now: 2[\s\S]*Would stay now: 1[\s\S]*A hold stands/);
    await form.locator('input[name=suffix]').fill('ZZZZ');
    await button(form).click();
    await form.locator('main [role=alert]').waitFor();
    expect((await staged.recordRoom.record.load(first))?.state.stage).toBe('hosting');
    await suffix(group)(form);
    await button(form).click();
    await receipt(form).waitFor();
    expect(await receipt(form).innerText()).toMatch(/Set out: 2[\s\S]*Stayed behind: 1/);
    expect(await receipt(form).locator('ol a').count()).toBe(2);
    for (const id of [first, sibling])
      expect((await staged.recordRoom.record.load(id))?.state.stage).toBe('transit');
    expect((await staged.recordRoom.record.load(other))?.state.stage).toBe('hosting');

    expect(await mainOf('ua-decider', group)).toMatch(/On the way[\s\S]*Stayed behind[\s\S]*A hold stands/);
    const ofChild = await at('ua-decider', `/cases/${first}`);
    expect(await ofChild.locator(`a[href="/groups/${group}"]`).innerText()).toBe(group);
    await does('ua-decider', group, 'reportBreach');
    expect(await mainOf('ru-decider', group)).toMatch(/Somebody has published\s+Reported: Ukraine/);
    for (const official of ['qa-officer-1', 'ua-decider', 'ru-decider', 'qa-lead'])
      expect([official, (await staged.desk.of(official)).complaints]).toEqual([official, []]);
  }, 240_000);

  it('stand in the inbox of who owes them, and every open page follows each step at once', async () => {
    // Less than the fifteen seconds after which a page asks by itself.
    const atOnce = { timeout: 8_000 };
    const groups = groupsOf(staged.recordRoom);
    const child = await staged.at('ready');
    const group = await groups.at('drafting', [child]);
    const host = await at('em-host', '/inbox');
    const side = await at('ua-decider', `/cases/${child}`);
    await host.locator('p .state[data-is=done]').last().waitFor();
    expect(await side.locator(`a[href="/groups/${group}"]`).count()).toBe(0);
    const count = async () => Number(await host.locator('nav .count').innerText());
    const before = await count();

    await groups.act('qa-officer-1', group, { type: 'proposeList' });
    await side.locator(`a[href="/groups/${group}"]`).first().waitFor(atOnce);
    await side.locator(`a[href="/groups/${group}"]`).first().click();
    await side.locator('main h1 + .state', { hasText: 'Proposed' }).waitFor();
    await groups.act('qa-officer-1', group, { type: 'freezeList', version: 1 });
    await side.locator('main h1 + .state', { hasText: 'List frozen' }).waitFor(atOnce);
    const task = host.locator(`.task:has(a[href="/groups/${group}"])`);
    await task.waitFor(atOnce);
    expect(await task.innerText()).toMatch(/say yes or no[\s\S]*1 child[\s\S]*Sets out/i);
    expect(await count()).toBe(before + 1);
    await task.locator('a').click();
    await host.locator('main h1', { hasText: group }).waitFor();
    expect(await host.locator('main').innerText()).toMatch(/Waits for you[\s\S]*Confirm terms/);

    await host.goto(`${staged.url}/inbox`);
    await task.waitFor();
    const list = await groups.listOf(group);
    const terms = ['names', 'date', 'place', 'order', 'route'] as const;
    await groups.act('em-host', group, { type: 'confirmTerms', ...list, terms });
    await task.waitFor({ state: 'detached', ...atOnce });
    expect(await count()).toBe(before);
  }, 120_000);

  it('are nowhere in the window of a party that has no child in the group, nor a child that is not theirs', async () => {
    const groups = groupsOf(staged.recordRoom);
    const sides = await staged.at('verified');
    const theirs = await groups.at('proposed', [sides]);
    const shared = await staged.at('ready');
    const mixed = await groups.at('proposed', [shared, await staged.at('verified')]);
    const [, hidden = ''] = (await staged.recordRoom.record.groups.load(mixed))!.group.list.members;
    const { page } = await staged.desk.of('em-host');
    let told = '';
    page.on('response', (response) => {
      if (!/stream|assets/.test(response.url()))
        void response.text().then(
          (text) => (told += text),
          () => undefined,
        );
    });
    for (const address of [
      '/groups',
      `/groups/${mixed}`,
      `/groups/${mixed}/do/refuseMember`,
      `/cases/${shared}`,
    ]) {
      await at('em-host', address);
      told += await page.content();
    }
    expect([told.includes(mixed), told.includes(shared)]).toEqual([true, true]);
    expect([told.includes(theirs), told.includes(sides), told.includes(hidden)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(await mainOf('em-host', theirs)).toContain('There is nothing here');
    expect(await mainOf('ua-decider', theirs)).toContain(sides);
  }, 120_000);

  it('go the same way: the legs of one stand in the form of the next', async () => {
    const planned = await staged.at('ready');
    const next = await staged.at('hosted');
    await staged.recordRoom.act({ system: 'process' }, next, { type: 'requestEscort', planVersion: 1 });
    await staged.recordRoom.act('es-dispatcher', next, { type: 'assignEscort', escort: 'es-escort-1' });
    await groupsOf(staged.recordRoom).at('proposed', [planned, next]);
    const page = await at('es-dispatcher', `/cases/${next}/legs`);
    const { legs } = (await staged.recordRoom.record.load(planned))!.state;
    expect(await page.locator('select[name$=".from"]').count()).toBe(legs.length);
    expect(await page.locator('select[name="leg-0.from"]').inputValue()).toBe(legs[0]!.from);
    await button(page).click();
    await receipt(page).waitFor();
    expect((await staged.recordRoom.record.load(next))!.state.legs).toMatchObject(
      legs.map(({ from, to }) => ({ from, to })),
    );
  });

  it('go the same way: it is typed once for all of them, but for whom it is not', async () => {
    const members = [await staged.at('ready'), await staged.at('ready'), await staged.at('ready')];
    const group = await groupsOf(staged.recordRoom).at('proposed', members);
    const page = await at('es-dispatcher', `/groups/${group}`);
    await page.getByText(groupWords.groups.commands.sayForAll.act).click();
    const legsNow = () =>
      Promise.all(members.map(async (id) => (await staged.recordRoom.record.load(id))!.state.legs));
    const [before] = await legsNow();
    await page.locator('select[name="leg-0.to"]').waitFor();
    expect(await page.locator('select[name="leg-0.to"]').inputValue()).toBe(before![0]!.to);
    // A leg that was added and taken away again is not sent.
    await page.getByText(english.legs.add).click();
    await page.locator('select[name="leg-1.from"]').waitFor();
    await page.getByText(english.legs.remove).click();
    await page.locator('select[name="leg-0.checkInEvery"]').selectOption('PT30M');
    await page.locator(`input[name=except][value="${members[2]!}"]`).check();
    await button(page).click();
    await receipt(page).waitFor();
    expect((await legsNow()).map((legs) => legs.map(({ checkInEvery }) => checkInEvery))).toEqual([
      ['PT30M'],
      ['PT30M'],
      [undefined],
    ]);
  });
});

const membersIn = (page: Page): Promise<CaseId[]> =>
  page
    .locator('input[name=members]')
    .evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: CaseId }).value));
